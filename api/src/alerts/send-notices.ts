import type { Ports } from '../app.ts'
import type { Alert, AlertChannel } from './alert.ts'
import { plainReason, tell } from './tell.ts'

type Told = Ports<'business' | 'config' | 'db' | 'log'>
type Row = Alert & {
  notice_id: number
  channel: AlertChannel
  event: 'raised' | 'resolved'
  attempts: number
}

const leaseSec = 60
const atOnce = 100
/** Two hours or so, in all. */
const mostAttempts = 30
const delaySec = (attempts: number) => Math.min(300, 2 ** attempts)

/** Tells what is due, each channel by itself: one that is away holds up no other. @returns how many notices there were */
export async function sendNotices(app: Told): Promise<number> {
  const rows = await claimDue(app)
  const byChannel = Map.groupBy(rows, ({ channel }) => channel)
  await Promise.all(
    [...byChannel].map(async ([channel, due]) => {
      try {
        await tell[channel](
          app,
          due.map((row) => ({
            key: `alert-notice-${row.notice_id}`,
            event: row.event,
            at: row.event === 'raised' ? row.raised_at : (row.resolved_at ?? row.raised_at),
            alert: row,
          })),
        )
        await settle(app, due, null)
      } catch (error) {
        await settle(app, due, plainReason(app, error))
      }
    }),
  )
  return rows.length
}

async function claimDue(app: Told): Promise<Row[]> {
  const { rows } = await app.db.query<Row>(
    `with due as (
       select id from alert_notices
       where state in ('pending', 'sending') and coalesce(lease_until, run_at) <= now()
       order by coalesce(lease_until, run_at), id limit $1 for update skip locked
     ), claimed as (
       update alert_notices n set state = 'sending', attempts = attempts + 1, lease_until = now() + make_interval(secs => $2)
       from due where n.id = due.id returning n.id as notice_id, n.alert_id, n.channel, n.event, n.attempts
     )
     select c.notice_id, c.channel, c.event, c.attempts, a.* from claimed c join alerts a on a.id = c.alert_id order by c.notice_id`,
    [atOnce, leaseSec],
  )
  return rows
}

/** `reason`: why it failed; tried again, later and later. */
async function settle(app: Told, rows: Row[], reason: string | null): Promise<void> {
  for (const { notice_id: id, attempts, channel } of rows) {
    const isOver = reason === null || attempts >= mostAttempts
    await app.db.query(
      `update alert_notices set state = $2, lease_until = null, last_error = $3,
         run_at = now() + make_interval(secs => $4), finished_at = case when $5 then now() end
       where id = $1 and state = 'sending'`,
      [
        id,
        isOver ? (reason === null ? 'sent' : 'dead') : 'pending',
        reason,
        isOver ? 0 : delaySec(attempts),
        isOver,
      ],
    )
    if (reason !== null) app.log.warn({ notice: id, channel, reason }, 'An alert could not be told')
  }
}
