import { Client } from 'pg'
import type { System } from '../../local/system/system.ts'

/** n8n's own database, with n8n's login. The caller ends it. */
export async function openN8nDatabase({ databaseUrl, config }: System): Promise<Client> {
  const url = new URL(databaseUrl)
  const { N8N_DB_NAME, N8N_DB_USER, N8N_DB_PASSWORD } = config.settings
  const database = new Client({
    host: url.hostname,
    port: Number(url.port),
    database: N8N_DB_NAME,
    user: N8N_DB_USER,
    password: N8N_DB_PASSWORD,
  })
  await database.connect()
  return database
}

/** Every row of every table, as text. */
export async function dumpDatabase(database: Client): Promise<string> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await database.query<{ line: string }>(`select t::text as line from ${name} t`)
    parts.push(...rows.map(({ line }) => line))
  }
  return parts.join('\n')
}
