import { Client } from 'pg'
import { migrate } from '../../api/src/database/migrate.ts'

/**
 * Checks a PostgreSQL server of the user's own and brings its leads database up to date.
 * @throws with what to do when a database cannot be opened
 */
export async function prepareExternalDatabase(
  databaseUrl: string,
  n8n: { N8N_DB_NAME: string; N8N_DB_USER: string; N8N_DB_PASSWORD: string },
  log: (line: string) => void,
): Promise<void> {
  const n8nUrl = new URL(databaseUrl)
  n8nUrl.pathname = `/${encodeURIComponent(n8n.N8N_DB_NAME)}`
  n8nUrl.username = encodeURIComponent(n8n.N8N_DB_USER)
  n8nUrl.password = encodeURIComponent(n8n.N8N_DB_PASSWORD)
  for (const url of [databaseUrl, n8nUrl.href]) await requireDatabase(url)
  await migrate(databaseUrl, { log })
}

async function requireDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    const { hostname, port, pathname } = new URL(url)
    throw new Error(
      `The database ${pathname.slice(1)} on ${hostname}:${port || 5432} cannot be opened: ${(error as Error).message}. ` +
        'Check DATABASE_URL or DB_*, and N8N_DB_*; db/init.sql makes the roles and databases and says at its head how to run it. ' +
        'DB_HOST=postgres and an empty DATABASE_URL bring an own server.',
      { cause: error },
    )
  } finally {
    await client.end().catch(() => {})
  }
}
