import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'

const mostTries = 60

/** One question to a database that may be killed at any moment: what it refuses then is asked again. */
export async function askDatabase<Row extends object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  for (let tried = 1; ; tried += 1) {
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.query<Row>(sql, values)).rows
    } catch (error) {
      if (tried === mostTries) throw error
      await sleep(500)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
