import { Client } from 'pg'
import { migrationsFolder } from '../../api/src/database/migrate.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { copyPrepared } from '../settings/prepared-folder.ts'
import { initSql, startDatabase } from './database.ts'
import type { Postgres } from './postgres.ts'

export type TestDatabase = {
  url: string
  /** The superuser's address of the database `postgres`. */
  adminUrl: string
  /** Drops this database. */
  drop: () => Promise<void>
  /** Stops the server of this process and removes its folder; for all databases of the process. */
  stop: () => Promise<void>
}

const template = 'template_migrated'
let server: ReturnType<typeof startServer> | undefined
let count = 0

/**
 * A fresh, migrated database on a real PostgreSQL server of this process: about 0.5 s for the first, 0.1 s for each
 * further one. Call `stop` in an `after` of the test file.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  server ??= startServer()
  const { postgres, stop } = await server
  count += 1
  const name = `test_${count}`
  await asSuperuser(postgres, `create database ${name} template ${template} strategy file_copy owner leads`)
  const url = new URL(postgres.databaseUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    adminUrl: postgres.superuserUrl('postgres'),
    drop: () => asSuperuser(postgres, `drop database if exists ${name} with (force)`),
    stop,
  }
}

async function startServer() {
  const dataDir = makeTemporaryDataFolder()
  await copyPrepared({
    name: 'database',
    depends: [initSql, migrationsFolder],
    make: async (folder) => (await startIn(folder)).service.stop(),
    to: dataDir,
  })
  const postgres = await startIn(dataDir)
  const stop = async () => {
    server = undefined
    await postgres.service.kill('SIGQUIT')
    removeDataFolder(dataDir)
  }
  return { postgres, stop }
}

const startIn = (dataDir: string) =>
  startDatabase({
    dataDir,
    port: 0,
    // The folder is copied for many tests, so it cannot be another each time. It listens on this machine only, while a test runs.
    superuserPassword: 'superuser-of-tests',
    durable: false,
    names: {
      DB_NAME: template,
      DB_USER: 'leads',
      DB_PASSWORD: 'leads',
      N8N_DB_NAME: 'n8n_db',
      N8N_DB_USER: 'n8n',
      N8N_DB_PASSWORD: 'n8n',
    },
  })

async function asSuperuser(postgres: Postgres, statement: string): Promise<void> {
  const client = new Client({ connectionString: postgres.superuserUrl('postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
