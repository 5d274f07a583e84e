import type { listedWebhookSchema } from '@lead/contract/console'
import { type EventType, mostCounted } from '@lead/contract/console-names'
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { audit } from '../database/audit.ts'
import { inTransaction, one, type Database, type Queryable } from '../database/pool.ts'

type Listed = z.infer<typeof listedWebhookSchema>

/** With what waits for each, what failed for good, and how the newest delivery went. Secrets are not among it. */
export async function listWebhooks(db: Queryable): Promise<Listed[]> {
  const { rows } = await db.query<Listed>(
    `select w.id, w.url, w.events, w.created_at as "createdAt", w.created_by as "createdBy", w.stopped_reason as "stoppedReason",
       (select count(*)::int from (select from webhook_deliveries d
          where d.webhook_id = w.id and d.state in ('pending', 'sending') limit $1) waits) as waiting,
       (select count(*)::int from (select from webhook_deliveries d where d.webhook_id = w.id and d.state = 'dead' limit $1) died) as dead,
       newest.last_error as "lastError", newest.finished_at as "lastSentAt"
     from webhooks w
     left join lateral (select case when d.state <> 'sent' then d.last_error end as last_error,
         case when d.state = 'sent' then d.finished_at end as finished_at
       from webhook_deliveries d where d.webhook_id = w.id order by d.id desc limit 1) newest on true
     order by w.id`,
    [mostCounted + 1],
  )
  return rows
}

/** As Standard Webhooks writes them. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`

/** @returns the secret that what is sent there is signed with: shown to who made it, and to nobody after */
export async function addWebhook(
  db: Database,
  { url, events }: { url: string; events: EventType[] },
  by: string,
): Promise<{ id: number; secret: string }> {
  const secret = newWebhookSecret()
  return inTransaction(db, async (tx) => {
    const { id } = one(
      await tx.query<{ id: number }>(
        'insert into webhooks (url, events, secret, created_by) values ($1, $2, $3, $4) returning id',
        [url, events, secret, by],
      ),
    )
    await audit(tx, {
      actor: by,
      action: 'webhook.added',
      details: { webhook: id, host: new URL(url).host, events },
    })
    return { id, secret }
  })
}

/** Forgets it, and what waits for it. False when it is not there. */
export async function dropWebhook(db: Database, id: number, by: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query('delete from webhooks where id = $1', [id])
    if (rowCount) await audit(tx, { actor: by, action: 'webhook.dropped', details: { webhook: id } })
    return rowCount === 1
  })
}

/** Sends a `test` event there. False when it is not there. */
export async function testWebhook(db: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into webhook_deliveries (webhook_id, lead_id, type, data) select id, null, 'test', '{}' from webhooks where id = $1`,
    [id],
  )
  return rowCount === 1
}

/** One that was stopped goes on, and what failed for good is sent again. False when it is not there. */
export async function resumeWebhook(db: Database, id: number, by: string): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query(
      'update webhooks set stopped_at = null, stopped_reason = null where id = $1',
      [id],
    )
    if (!rowCount) return false
    await tx.query(
      `update webhook_deliveries set state = 'pending', attempts = 0, run_at = now(), finished_at = null
       where webhook_id = $1 and state = 'dead'`,
      [id],
    )
    await audit(tx, { actor: by, action: 'webhook.resumed', details: { webhook: id } })
    return true
  })
}
