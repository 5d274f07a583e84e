import pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from '../database/pool.ts'

/**
 * Waits until this process alone holds the account: two connections with one login make Telegram end the login for good.
 * The lock lives as long as its database connection.
 * @returns a function that gives the account up
 */
export async function holdAccount(db: Database, accountId: string, log: Logger): Promise<() => Promise<void>> {
  const holder = new pg.Client(db.options as pg.ClientConfig)
  holder.on('error', (error) => log.error({ err: error, account: accountId }, 'The connection that holds the account broke'))
  await holder.connect()
  await holder.query('set statement_timeout = 0')
  await holder.query(`select pg_advisory_lock(hashtextextended('telegram account ' || $1, 0))`, [accountId])
  return () => holder.end()
}
