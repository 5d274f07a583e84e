import { Client, Pool, type PoolClient, types } from 'pg'

/** bigint columns are ids and counters far below 2^53; numbers read better than texts. */
types.setTypeParser(types.builtins.INT8, Number)

/** A connection costs more than most statements: those of a burst stay for the next one, and are given back in a quiet hour. */
const keepIdleMs = 600_000

export type Database = Pool
/** A pool, or a client inside a transaction. */
export type Queryable = Pick<Pool, 'query'>

export function openDatabase(url: string, max = 20): Database {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: keepIdleMs,
    statement_timeout: 15_000,
    application_name: 'lead-api',
  })
  // A connection that breaks while it is lent out says so itself, beside the query that fails; unheard, it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** A connection of its own to the same database, on which a statement may wait for as long as it likes. Not connected yet. */
export const clientBeside = (db: Database): Client => new Client({ ...db.options, statement_timeout: 0 })

/** Runs `work` in one transaction; whatever it throws rolls everything back and is thrown on. */
export async function inTransaction<Result>(
  db: Database,
  work: (tx: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await db.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    client.release(broken)
    throw error
  }
}

/** The one row of an answer. @throws when there is none */
export function one<Row>(result: { rows: Row[] }): Row {
  const row = result.rows[0]
  if (row === undefined) throw new Error('A row was expected and none came')
  return row
}
