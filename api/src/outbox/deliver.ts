import type { App } from '../app.ts'
import { faultPoint } from '../fault-point.ts'
import { readSql } from '../database/read-sql.ts'
import type { AmocrmPayload, TelegramPayload } from './enqueue.ts'

const claim = readSql(import.meta.dirname, 'claim-outbox')

export type OutboxRow<Payload> = {
  id: number
  lead_id: number
  turn_id: number | null
  payload: Payload
  lease: number
  attempts: number
}
export type Channels = { telegram: TelegramPayload; amocrm: AmocrmPayload }

/** What a delivery came to. `later` is tried again, `never` is a dead letter with its reason. */
export type Delivery =
  | { outcome: 'done'; result?: Record<string, unknown> }
  | { outcome: 'cancelled'; reason: string }
  /** Nothing was tried: it is not the time yet. Does not count as a try. */
  | { outcome: 'wait'; reason: string; until: Date }
  | { outcome: 'later'; reason: string; delayMs?: number }
  | { outcome: 'never'; reason: string }

const maxAttempts = 12
const leaseMs = 60_000

/**
 * Delivers what is due in one channel, each lead's rows one after another, different leads side by side.
 * `accounts`: the Telegram accounts that this process can send with; leads of others are left to theirs.
 * @returns whether there was anything
 */
export async function deliverDue<Channel extends keyof Channels>(
  app: App,
  channel: Channel,
  deliver: (row: OutboxRow<Channels[Channel]>) => Promise<Delivery>,
  accounts: string[] = [],
): Promise<boolean> {
  const { rows } = await app.db.query<OutboxRow<Channels[Channel]>>({
    ...claim,
    values: [channel, 20, leaseMs, app.process, accounts],
  })
  if (rows.length > 0) faultPoint('outbox.claimed')
  await Promise.all(rows.map(async (row) => settle(app, channel, row, await attempt(deliver, row))))
  return rows.length > 0
}

async function attempt<Payload>(
  deliver: (row: OutboxRow<Payload>) => Promise<Delivery>,
  row: OutboxRow<Payload>,
): Promise<Delivery> {
  try {
    return await deliver(row)
  } catch (error) {
    return { outcome: 'later', reason: error instanceof Error ? error.message : String(error) }
  }
}

async function settle(
  app: App,
  channel: keyof Channels,
  row: OutboxRow<unknown>,
  delivery: Delivery,
): Promise<void> {
  if (delivery.outcome === 'wait') {
    await app.db.query(
      `update outbox set state = 'pending', lease_until = null, last_error = $3, run_at = $4,
         attempts = greatest(attempts - 1, 0)
       where id = $1 and lease = $2 and state = 'sending'`,
      [row.id, row.lease, delivery.reason, delivery.until],
    )
    return
  }
  if (delivery.outcome === 'later' && row.attempts < maxAttempts) {
    const delay = delivery.delayMs ?? Math.min(300_000, 1000 * 2 ** row.attempts)
    await app.db.query(
      `update outbox set state = 'pending', lease_until = null, last_error = $3,
         run_at = now() + make_interval(secs => $4::float8 / 1000)
       where id = $1 and lease = $2 and state = 'sending'`,
      [row.id, row.lease, delivery.reason, delay],
    )
    return
  }
  const state = { done: 'done', cancelled: 'cancelled', later: 'dead', never: 'dead' }[delivery.outcome]
  const reason = 'reason' in delivery ? delivery.reason : null
  await app.db.query(
    `update outbox set state = $3, lease_until = null, finished_at = now(), result = $4, last_error = coalesce($5, last_error)
     where id = $1 and lease = $2 and state = 'sending'`,
    [row.id, row.lease, state, ('result' in delivery && delivery.result) || null, reason],
  )
  if (state === 'dead')
    app.log.error({ outbox: row.id, lead: row.lead_id, reason }, 'An outbox row is a dead letter')
  faultPoint('outbox.settled')
  app.wake.up(channel)
}
