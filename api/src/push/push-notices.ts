import type { Role } from '@lead/contract/console'
import type { Alert, AlertKind } from '../alerts/alert.ts'
import { sayAlert } from '../alerts/say-alert.ts'
import type { Ports } from '../app.ts'
import { scopeOf, visibleLeads } from '../console/visible-lead.ts'
import type { Queryable } from '../database/pool.ts'
import type { Language } from '../leads/lead.ts'
import { errorText } from '../text/storable.ts'
import { sendPush, type Subscription, SubscriptionGone } from './send-push.ts'

type Told = Ports<'business' | 'config' | 'db' | 'log'>
type Row = Subscription &
  Pick<Alert, 'kind' | 'lead_id' | 'subject' | 'detail' | 'count'> & {
    notice_id: number
    alert_id: number
    subscription_id: number
    attempts: number
    is_over: boolean
    language: Language
    user_id: number
    email: string
    name: string
    role: Role
    seller_id: string | null
  }

const leaseSec = 60
const atOnce = 100
/** Half an hour or so, in all: older news is read in the console. */
const mostAttempts = 10
const delaySec = (attempts: number) => Math.min(300, 2 ** attempts)

/** An alert goes to the devices of those who may act on it: of a hand-over sellers, too. */
export async function queuePushes(
  tx: Queryable,
  { id, kind, delayMs }: { id: number; kind: AlertKind; delayMs: number },
): Promise<void> {
  await tx.query(
    `insert into push_notices (alert_id, subscription_id, run_at)
     select $1, s.id, now() + make_interval(secs => $3::float8 / 1000)
     from push_subscriptions s join console_users u on u.id = s.user_id
     where u.disabled_at is null and (u.role in ('owner', 'manager') or (u.role = 'seller' and $2::text = 'hand_off'))
     on conflict do nothing`,
    [id, kind, delayMs],
  )
}

/** Tells what is due, each device by itself. @returns how many notices there were */
export async function sendPushes(app: Told): Promise<number> {
  const rows = await claimDue(app)
  await Promise.all(
    rows.map(async (row) => {
      try {
        if (row.is_over || !(await maySee(app, row))) return await settle(app, row, 'dropped', null)
        await sendPush(app, row, messageOf(app, row))
        await settle(app, row, 'sent', null)
      } catch (error) {
        const reason = errorText(error)
        if (error instanceof SubscriptionGone)
          return void (await app.db.query('delete from push_subscriptions where id = $1', [
            row.subscription_id,
          ]))
        app.log.warn({ notice: row.notice_id, reason }, 'A device could not be told')
        await settle(app, row, row.attempts >= mostAttempts ? 'dead' : 'pending', reason)
      }
    }),
  )
  return rows.length
}

async function claimDue(app: Told): Promise<Row[]> {
  const { rows } = await app.db.query<Row>(
    `with due as (
       select id from push_notices
       where state in ('pending', 'sending') and coalesce(lease_until, run_at) <= now()
       order by coalesce(lease_until, run_at), id limit $1 for update skip locked
     ), claimed as (
       update push_notices n set state = 'sending', attempts = attempts + 1, lease_until = now() + make_interval(secs => $2)
       from due where n.id = due.id returning n.id as notice_id, n.alert_id, n.subscription_id, n.attempts
     )
     select c.*, s.endpoint, s.p256dh, s.auth, s.language, u.id as user_id, u.email, u.name, u.role, u.seller_id,
       a.kind, a.lead_id, a.subject, a.detail, a.count,
       a.resolved_at is not null or a.acknowledged_at is not null or u.disabled_at is not null as is_over
     from claimed c join alerts a on a.id = c.alert_id join push_subscriptions s on s.id = c.subscription_id
       join console_users u on u.id = s.user_id`,
    [atOnce, leaseSec],
  )
  return rows
}

async function maySee(app: Told, row: Row): Promise<boolean> {
  if (row.lead_id === null) return true
  const { user_id: id, email, name, role, seller_id: sellerId } = row
  const scope = scopeOf(app, { id, email, name, role, sellerId })
  return (await visibleLeads(app.db, scope, [row.lead_id])).has(row.lead_id)
}

function messageOf(app: Told, row: Row) {
  const { business, config } = app
  // Each device in the language of its page.
  const alerts = { ...business.alerts, language: row.language }
  const said = sayAlert({ config, business: { ...business, alerts } }, row, 'raised')
  return {
    title: said.title,
    body: said.detail ?? '',
    url: row.lead_id === null ? '/app/alerts' : `/app/inbox/attention?lead=${row.lead_id}`,
    tag: `alert-${row.alert_id}`,
  }
}

const settle = (
  app: Told,
  { notice_id: id, attempts }: Row,
  state: 'sent' | 'dropped' | 'dead' | 'pending',
  reason: string | null,
) =>
  app.db.query(
    `update push_notices set state = $2, lease_until = null, last_error = $3,
       run_at = now() + make_interval(secs => $4), finished_at = case when $2 = 'pending' then null else now() end
     where id = $1 and state = 'sending'`,
    [id, state, reason, state === 'pending' ? delaySec(attempts) : 0],
  )
