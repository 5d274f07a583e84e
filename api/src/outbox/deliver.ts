import type { App, Ports } from '../app.ts'
import { faultPoint } from '../process/fault-point.ts'
import type { Queryable } from '../database/pool.ts'
import { readSql } from '../database/read-sql.ts'
import { whyOnlyThought } from '../leads/only-thought.ts'
import { clip, errorText, storable } from '../text/storable.ts'
import type { AmocrmPayload, TelegramPayload } from './enqueue.ts'

const claim = readSql(import.meta.dirname, 'claim-outbox')

export type OutboxRow<Payload> = {
  id: number
  lead_id: number
  turn_id: number | null
  payload: Payload
  fencing: number
  attempts: number
}
export type Channels = { telegram: TelegramPayload; amocrm: AmocrmPayload }

/** What a delivery came to. `later` is tried again, `never` is a dead letter with its reason. */
export type Delivery =
  | { outcome: 'done'; result?: Record<string, unknown> }
  | { outcome: 'cancelled'; reason: string }
  /** `unsent`: nothing left this machine, so it was no try. */
  | { outcome: 'later'; reason: string; delayMs?: number | undefined; unsent?: boolean }
  /** It is not the time yet; no try either. */
  | { outcome: 'wait'; reason: string; until: Date }
  | { outcome: 'never'; reason: string }

const maxAttempts = 12
const leaseMs = 60_000
/** Writes to amoCRM share requests of up to 50. */
const atOnce: Record<keyof Channels, number> = { telegram: 20, amocrm: 50 }

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
  const rows = await claimDue(app, channel, atOnce[channel], accounts)
  const settled = await Promise.allSettled(
    rows.map(async (row) => settle(app, channel, row, await attempt(app, channel, deliver, row))),
  )
  // A row whose end could not be written is delivered again when its lease lapses; the others are not held up by it.
  for (const end of settled) if (end.status === 'rejected') throw end.reason
  return rows.length > 0
}

/**
 * The same for deliveries that take their time, such as typing: what comes meanwhile begins at once, up to `atOnce` of them.
 * `step` begins what is due and says whether there was anything; `ended` waits for all that began.
 */
export function deliverAsItComes<Channel extends keyof Channels>(
  app: App,
  channel: Channel,
  deliver: (row: OutboxRow<Channels[Channel]>) => Promise<Delivery>,
): { step: (accounts: string[]) => Promise<boolean>; ended: () => Promise<unknown> } {
  const running = new Set<Promise<void>>()
  const begin = (row: OutboxRow<Channels[Channel]>) => {
    const one = attempt(app, channel, deliver, row)
      .then((delivery) => settle(app, channel, row, delivery))
      .catch((error: unknown) =>
        app.log.error(
          { err: error, outbox: row.id },
          'The end of a delivery was not written; its lease lapses',
        ),
      )
      .finally(() => running.delete(one))
    running.add(one)
  }
  return {
    ended: () => Promise.all(running),
    async step(accounts) {
      if (running.size >= atOnce[channel]) await Promise.race(running)
      const rows = await claimDue(app, channel, atOnce[channel] - running.size, accounts)
      for (const row of rows) begin(row)
      return rows.length > 0
    },
  }
}

async function claimDue<Channel extends keyof Channels>(
  app: Ports<'db' | 'process'>,
  channel: Channel,
  most: number,
  accounts: string[],
): Promise<OutboxRow<Channels[Channel]>[]> {
  const { rows } = await app.db.query<OutboxRow<Channels[Channel]>>({
    ...claim,
    values: [channel, most, leaseMs, app.process, accounts],
  })
  if (rows.length > 0) faultPoint('outbox.claimed')
  return rows
}

async function attempt<Payload>(
  app: Ports<'business' | 'db' | 'mode'>,
  channel: keyof Channels,
  deliver: (row: OutboxRow<Payload>) => Promise<Delivery>,
  row: OutboxRow<Payload>,
): Promise<Delivery> {
  try {
    const why = await whyOnlyThought(app, app.db, row.lead_id)
    if (why && !(app.mode === 'guests' && (await isOfAHuman(app.db, channel, row.id))))
      return { outcome: 'cancelled', reason: why }
    return await deliver(row)
  } catch (error) {
    return { outcome: 'later', reason: errorText(error) }
  }
}

/** What a human of ours writes from the console goes to whomever they write to. */
async function isOfAHuman(db: Queryable, channel: keyof Channels, id: number): Promise<boolean> {
  if (channel !== 'telegram') return false
  const { rowCount } = await db.query(
    `select from outbox o join messages m on m.id = o.message_id where o.id = $1 and m.author = 'human'`,
    [id],
  )
  return rowCount === 1
}

async function settle(
  app: Pick<App, 'db' | 'log' | 'wake' | 'now'>,
  channel: keyof Channels,
  row: OutboxRow<unknown>,
  delivery: Delivery,
): Promise<void> {
  const reason = 'reason' in delivery ? clip(delivery.reason, 2000) : null
  if (delivery.outcome === 'wait') {
    await app.db.query(
      // What is due is told by the database's clock, which may differ from ours.
      `update outbox set state = 'pending', lease_until = null, last_error = $3,
         run_at = now() + make_interval(secs => $4::float8 / 1000), attempts = greatest(attempts - 1, 0)
       where id = $1 and fencing = $2 and state = 'sending'`,
      [row.id, row.fencing, reason, delivery.until.getTime() - app.now().getTime()],
    )
    return
  }
  const unsent = delivery.outcome === 'later' && delivery.unsent === true
  if (delivery.outcome === 'later' && (unsent || row.attempts < maxAttempts)) {
    const delay = delivery.delayMs ?? Math.min(300_000, 1000 * 2 ** row.attempts)
    await app.db.query(
      `update outbox set state = 'pending', lease_until = null, last_error = $3, attempts = attempts - $5::int,
         run_at = now() + make_interval(secs => $4::float8 / 1000)
       where id = $1 and fencing = $2 and state = 'sending'`,
      [row.id, row.fencing, reason, delay, unsent ? 1 : 0],
    )
    return
  }
  const state = { done: 'done', cancelled: 'cancelled', later: 'dead', never: 'dead' }[delivery.outcome]
  await app.db.query(
    `update outbox set state = $3, lease_until = null, finished_at = now(), result = $4, last_error = coalesce($5, last_error)
     where id = $1 and fencing = $2 and state = 'sending'`,
    [row.id, row.fencing, state, ('result' in delivery && storable(delivery.result)) || null, reason],
  )
  if (state === 'dead')
    app.log.error({ outbox: row.id, lead: row.lead_id, reason }, 'An outbox row is a dead letter')
  faultPoint('outbox.settled')
  app.wake.up(channel)
}
