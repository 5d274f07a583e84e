import { Client } from 'pg'
import type { Query } from './stored-workflows.ts'

/** Calls `work` with n8n's own database, as n8n's environment names it. */
export async function withN8nDatabase<Result>(
  environment: Record<string, string>,
  work: (query: Query) => Promise<Result>,
): Promise<Result> {
  const client = new Client({
    host: environment.DB_POSTGRESDB_HOST,
    port: Number(environment.DB_POSTGRESDB_PORT),
    database: environment.DB_POSTGRESDB_DATABASE,
    user: environment.DB_POSTGRESDB_USER,
    password: environment.DB_POSTGRESDB_PASSWORD,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return await work((sql, values) => client.query(sql, values))
  } finally {
    await client.end().catch(() => {})
  }
}
