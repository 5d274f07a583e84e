import type { Ports } from '../app.ts'
import { clip, errorText } from '../text/storable.ts'
import { sendWebhook, WebhookGone } from './send-webhook.ts'

type Row = {
  id: number
  webhook_id: number
  url: string
  secret: string
  type: string
  data: Record<string, unknown>
  created_at: Date
  attempts: number
}

const leaseSec = 60
const atOnce = 50
/** A day or so, in all. */
const mostAttempts = 20
const delaySec = (attempts: number) => Math.min(7200, 5 * 2 ** (attempts - 1))

/** Tells the events that are due, side by side: a webhook that hangs holds up no other. @returns how many there were */
export async function deliverEvents(app: Ports<'db' | 'log'>): Promise<number> {
  const { rows } = await app.db.query<Row>(
    `with due as (
       select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook_id
       where d.state in ('pending', 'sending') and coalesce(d.lease_until, d.run_at) <= now() and w.stopped_at is null
       order by coalesce(d.lease_until, d.run_at), d.id limit $1 for update of d skip locked
     )
     update webhook_deliveries d set state = 'sending', attempts = attempts + 1, lease_until = now() + make_interval(secs => $2)
     from due, webhooks w where d.id = due.id and w.id = d.webhook_id
     returning d.id, d.webhook_id, w.url, w.secret, d.type, d.data, d.created_at, d.attempts`,
    [atOnce, leaseSec],
  )
  await Promise.all(rows.map((row) => tellOne(app, row)))
  return rows.length
}

async function tellOne(app: Ports<'db' | 'log'>, row: Row): Promise<void> {
  try {
    await sendWebhook(row, {
      id: `event-${row.id}`,
      body: { type: row.type, timestamp: row.created_at.toISOString(), data: row.data },
    })
    await settle(app, row, { state: 'sent', reason: null })
  } catch (error) {
    const reason = clip(errorText(error), 500)
    app.log.warn({ webhook: row.webhook_id, delivery: row.id, reason }, 'A webhook was not reached')
    if (error instanceof WebhookGone) await stop(app, row.webhook_id, reason)
    await settle(app, row, { state: row.attempts < mostAttempts ? 'pending' : 'dead', reason })
  }
}

async function settle(
  app: Ports<'db'>,
  { id, attempts }: Row,
  { state, reason }: { state: 'sent' | 'pending' | 'dead'; reason: string | null },
): Promise<void> {
  await app.db.query(
    `update webhook_deliveries set state = $2, lease_until = null, last_error = $3,
       run_at = now() + make_interval(secs => $4), finished_at = case when $2 <> 'pending' then now() end
     where id = $1 and state = 'sending'`,
    [id, state, reason, state === 'pending' ? delaySec(attempts) : 0],
  )
}

async function stop(app: Ports<'db'>, webhookId: number, reason: string): Promise<void> {
  await app.db.query(
    'update webhooks set stopped_at = now(), stopped_reason = $2 where id = $1 and stopped_at is null',
    [webhookId, reason],
  )
}
