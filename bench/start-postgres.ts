import { randomBytes } from 'node:crypto'
import { startDatabase } from '../local/postgres/database.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'

/** A PostgreSQL of a benchmark's own, migrated, with fsync: what is measured is what would be kept. */
export async function startBenchPostgres() {
  const folder = makeTemporaryDataFolder()
  const password = randomBytes(12).toString('hex')
  const names = {
    DB_NAME: 'leads_db',
    DB_USER: 'leads',
    DB_PASSWORD: password,
    N8N_DB_NAME: 'n8n_db',
    N8N_DB_USER: 'n8n',
    N8N_DB_PASSWORD: password,
  }
  const superuserPassword = randomBytes(12).toString('hex')
  const { databaseUrl, port, service } = await startDatabase({
    dataDir: folder,
    port: 0,
    superuserPassword,
    durable: true,
    names,
  })
  return {
    databaseUrl,
    folder,
    pid: () => service.pid() ?? 0,
    /** How a client logs in to our own database, and to n8n's. */
    own: { host: '127.0.0.1', port: String(port), database: names.DB_NAME, user: names.DB_USER, password },
    n8n: {
      host: '127.0.0.1',
      port: String(port),
      database: names.N8N_DB_NAME,
      user: names.N8N_DB_USER,
      password,
    },
    stop: async () => {
      await service.stop()
      removeDataFolder(folder)
    },
  }
}
