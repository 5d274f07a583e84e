import type { Ports } from '../../app.ts'
import { audit } from '../../database/audit.ts'
import type { Queryable } from '../../database/pool.ts'
import { MessengerError } from '../messenger-error.ts'

/**
 * What an account does at Telegram, as far as one may be forbidden and another not. `send`: to people who wrote to it, and to its
 * contacts; `stranger`: to all others; `signs`: typing, and what was read.
 */
export type LimitKind = 'send' | 'stranger' | 'lookup' | 'history' | 'files' | 'signs'
export type Limit = { until: Date; reason: string }
/** What is to be done, and with whom. */
export type Deed = { accountId: string; kind: LimitKind; peerId?: number }

/** Telegram names no time for PEER_FLOOD, and trying again is how accounts get banned. */
const peerFloodMs = 24 * 3_600_000

/** The limit that keeps an account from something now, the one that ends last; null: it may. */
export async function limitOn(
  db: Queryable,
  { accountId, kind, peerId }: Deed,
  now: Date,
): Promise<Limit | null> {
  const kinds = kind === 'stranger' ? ['stranger', 'send'] : [kind]
  const { rows } = await db.query<Limit>(
    `select until, reason from telegram_limits
     where account_id = $1 and kind = any($2) and peer_id in (0, $3) and until > $4
     order by until desc limit 1`,
    [accountId, kinds, peerId ?? 0, now],
  )
  return rows[0] ?? null
}

/**
 * The one way to Telegram for whatever may be limited: nothing is asked while a limit holds, and a limit that Telegram names is kept
 * for all processes, whichever path heard of it.
 * @throws MessengerError `flood-wait` with what is left of the limit, else what `call` throws
 */
export async function withinLimits<Value>(
  app: Ports<'db' | 'log' | 'now'>,
  deed: Deed,
  call: () => Promise<Value>,
): Promise<Value> {
  const limit = await limitOn(app.db, deed, app.now())
  if (limit)
    throw new MessengerError('flood-wait', limit.reason, {
      retryAfterMs: limit.until.getTime() - app.now().getTime(),
    })
  try {
    return await call()
  } catch (error) {
    if (error instanceof MessengerError) await keepLimit(app, deed, error)
    throw error
  }
}

/** Notes what a refusal says about the account; nothing when it says nothing. */
async function keepLimit(
  app: Ports<'db' | 'log' | 'now'>,
  { accountId, kind, peerId }: Deed,
  { code, message: reason, retryAfterMs = 0 }: MessengerError,
): Promise<void> {
  const now = app.now().getTime()
  if (code === 'flood-wait') {
    const until = new Date(now + retryAfterMs + 1000)
    app.log.warn({ account: accountId, kind, until, reason }, 'Telegram asked the account to wait')
    // Telegram counts messages, not whom they are for.
    await writeLimit(app.db, { accountId, kind: kind === 'stranger' ? 'send' : kind }, { until, reason })
  }
  if (code !== 'peer-flood') return
  const limit = { until: new Date(now + peerFloodMs), reason }
  if (kind !== 'stranger') await writeLimit(app.db, { accountId, kind, ...(peerId && { peerId }) }, limit)
  await writeLimit(app.db, { accountId, kind: 'stranger' }, limit)
  const details = { account: accountId, until: limit.until }
  app.log.error(details, 'A Telegram account needs a human: it may write to nobody new')
  await audit(app.db, { actor: 'system', action: 'telegram.limited', details })
}

/** The only writer of limits. A later end stays. An account that is not in the list has none. */
const writeLimit = (db: Queryable, { accountId, kind, peerId }: Deed, { until, reason }: Limit) =>
  db.query(
    `insert into telegram_limits (account_id, kind, peer_id, until, reason)
     select id, $2, $3, $4, $5 from telegram_accounts where id = $1
     on conflict (account_id, kind, peer_id) do update set reason = excluded.reason,
       until = greatest(telegram_limits.until, excluded.until),
       since = case when telegram_limits.until > now() then telegram_limits.since else now() end`,
    [accountId, kind, peerId ?? 0, until, reason],
  )
