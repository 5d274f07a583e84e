import { join } from 'node:path'
import type { Config } from '../settings/config.ts'
import { repository } from '../settings/config.ts'
import { findRunningSystem, lockSystem } from '../system/system-lock.ts'
import { startPostgres } from './postgres.ts'
import { runInitSql } from './run-init-sql.ts'

export type OpenServer = {
  /** The address of leads_db, as the API has it. */
  databaseUrl: string
  /** Of a role that may make databases, where there is one. */
  adminUrl: string
  /** Ends what was started. */
  close: () => Promise<void>
}

/**
 * The PostgreSQL of the settings, whether a system runs on it or not: the user's own, the one that runs, or the embedded one, which is
 * started for as long as it is needed, with its roles and databases.
 * @throws when it cannot be reached or started
 */
export async function openServer(config: Config): Promise<OpenServer> {
  const { settings, externalDatabaseUrl, dataDir } = config
  if (externalDatabaseUrl) {
    const adminUrl = new URL(externalDatabaseUrl)
    adminUrl.pathname = '/postgres'
    return { databaseUrl: externalDatabaseUrl, adminUrl: adminUrl.href, close: async () => {} }
  }
  const urlOf = (server: string, user: string, password: string, database: string) => {
    const url = new URL(server)
    url.username = encodeURIComponent(user)
    url.password = encodeURIComponent(password)
    url.pathname = `/${encodeURIComponent(database)}`
    return url.href
  }
  const urlsOn = (server: string) => ({
    databaseUrl: urlOf(server, settings.DB_USER, settings.DB_PASSWORD, settings.DB_NAME),
    adminUrl: urlOf(server, 'postgres', config.superuserPassword, 'postgres'),
  })
  const running = findRunningSystem(dataDir)
  if (running?.database) return { ...urlsOn(running.database), close: async () => {} }
  const unlock = lockSystem(dataDir, 'nowhere: a backup or a restore')
  try {
    const postgres = await startPostgres({ dataDir, port: 0, superuserPassword: config.superuserPassword })
    const server = urlsOn(`postgres://127.0.0.1:${postgres.port}`)
    const close = async () => {
      await postgres.service.stop()
      unlock()
    }
    try {
      await runInitSql({
        file: join(repository, 'db/init.sql'),
        databaseUrl: server.adminUrl,
        variables: {
          DB_NAME: settings.DB_NAME,
          DB_USER: settings.DB_USER,
          DB_PASSWORD: settings.DB_PASSWORD,
          N8N_DB_NAME: settings.N8N_DB_NAME,
          N8N_DB_USER: settings.N8N_DB_USER,
          N8N_DB_PASSWORD: settings.N8N_DB_PASSWORD,
        },
      })
      return { ...server, close }
    } catch (error) {
      await close()
      throw error
    }
  } catch (error) {
    unlock()
    throw error
  }
}
