import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { clientBeside, type Database } from '../database/pool.ts'

/** How long a holder that died without a word is given to be cut off from Telegram as well. */
const graceMs = 2000
/** A holder that is not answered for so long has lost it. */
const silentMs = 6000
const pingEveryMs = 5000

export type Hold = {
  /** Gives the account up, after its connection to Telegram has ended. */
  release: () => Promise<void>
}

/**
 * Waits until this process alone holds the account: two connections with one login make Telegram end the login for good.
 * The lock lives as long as its database connection; both sides notice within seconds when that breaks, and a successor of a
 * holder that did not give up in order waits a moment longer.
 * `onWait`: another process has it. `onLost`: the lock is gone, so the Telegram connection must end at once.
 * @returns null when `signal` aborted first
 */
export async function holdAccount(
  db: Database,
  accountId: string,
  {
    process,
    log,
    signal,
    onWait,
    onLost,
  }: { process: string; log: Logger; signal: AbortSignal; onWait: () => void; onLost: () => void },
): Promise<Hold | null> {
  if (signal.aborted) return null
  const holder = clientBeside(db)
  let connected = false
  let ended = false
  let held = false
  const end = async () => {
    ended = true
    clearInterval(pings)
    signal.removeEventListener('abort', giveUpWaiting)
    await holder.end().catch(() => {})
  }
  const lost = () => {
    if (ended) return
    void end()
    if (held) onLost()
  }
  // A wait for the lock ends only with its connection. The driver never answers who ends a connection that is still being made.
  const giveUpWaiting = () => void (held || !connected || end())
  let answered = Date.now()
  let asked = answered
  const pings = setInterval(() => {
    if (!held) return
    const now = Date.now()
    if (now - answered > silentMs) return lost()
    if (now - asked < pingEveryMs) return
    asked = now
    holder.query('select 1').then(
      () => (answered = Date.now()),
      () => {},
    )
  }, 250)
  holder.on('error', (error) =>
    log.error({ err: error, account: accountId }, 'The connection that holds the account broke'),
  )
  holder.on('end', lost)
  signal.addEventListener('abort', giveUpWaiting)
  try {
    await holder.connect()
    connected = true
    signal.throwIfAborted()
    // The server lets go of a holder whose machine is gone.
    await holder.query(
      'set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3',
    )
    const lock = `advisory_lock(hashtextextended('telegram account ' || $1, 0)) as locked`
    const { rows: tried } = await holder.query<{ locked: boolean }>(`select pg_try_${lock}`, [accountId])
    if (!tried[0]?.locked) {
      onWait()
      await holder.query(`select pg_${lock}`, [accountId])
    }
    const { rows } = await holder.query<{ held_by: string | null }>(
      'select held_by from telegram_accounts where id = $1',
      [accountId],
    )
    if (rows[0]?.held_by && rows[0].held_by !== process) await sleep(graceMs, undefined, { signal })
    await holder.query('update telegram_accounts set held_by = $2 where id = $1', [accountId, process])
    if (ended || signal.aborted) throw new Error('The lock on the account was lost')
    answered = Date.now()
    held = true
  } catch (error) {
    await end()
    if (signal.aborted) return null
    throw error
  }
  return {
    release: async () => {
      if (!ended)
        await holder
          .query('update telegram_accounts set held_by = null where id = $1 and held_by = $2', [
            accountId,
            process,
          ])
          .catch(() => {})
      await end()
    },
  }
}
