import { join } from 'node:path'
import { migrate } from '../../api/src/database/migrate.ts'
import { type Postgres, type PostgresOptions, startPostgres } from './postgres.ts'
import { runInitSql } from './run-init-sql.ts'

/** Roles, databases and extensions. */
export const initSql = join(import.meta.dirname, '../../db/init.sql')

export type DatabaseNames = Record<
  'DB_NAME' | 'DB_USER' | 'DB_PASSWORD' | 'N8N_DB_NAME' | 'N8N_DB_USER' | 'N8N_DB_PASSWORD',
  string
>

/** The embedded server with the system's roles, databases, extensions and tables. */
export async function startDatabase(
  options: PostgresOptions & { names: DatabaseNames; log?: (line: string) => void },
): Promise<Postgres & { databaseUrl: string }> {
  const { names, log } = options
  const postgres = await startPostgres(options)
  try {
    await runInitSql({ file: initSql, databaseUrl: postgres.superuserUrl('postgres'), variables: names })
    const login = `${encodeURIComponent(names.DB_USER)}:${encodeURIComponent(names.DB_PASSWORD)}`
    const databaseUrl = `postgres://${login}@127.0.0.1:${postgres.port}/${encodeURIComponent(names.DB_NAME)}`
    await migrate(databaseUrl, log ? { log } : {})
    return { ...postgres, databaseUrl }
  } catch (error) {
    await postgres.service.stop()
    throw error
  }
}
