import { Client, type ClientConfig } from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../../database/pool.ts'

/**
 * Waits until this process alone holds the account: two connections with one login make Telegram end the login for good.
 * The lock lives as long as its database connection.
 * `onLost`: the lock is gone (the database went away), so the Telegram connection must end at once.
 * @returns a function that gives the account up
 */
export async function holdAccount(
  db: Database,
  accountId: string,
  { log, onLost }: { log: Logger; onLost: () => void },
): Promise<() => Promise<void>> {
  const holder = new Client(db.options as ClientConfig)
  let givenUp = false
  holder.on('error', (error) =>
    log.error({ err: error, account: accountId }, 'The connection that holds the account broke'),
  )
  holder.on('end', () => {
    if (!givenUp) onLost()
  })
  await holder.connect()
  await holder.query('set statement_timeout = 0')
  await holder.query(`select pg_advisory_lock(hashtextextended('telegram account ' || $1, 0))`, [accountId])
  return () => {
    givenUp = true
    return holder.end()
  }
}
