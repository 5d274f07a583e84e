import type { Config } from '../settings/config.ts'

/** Where the database listens, without a login. */
export function databaseServer({ externalDatabaseUrl, settings }: Config): string {
  if (!externalDatabaseUrl) return `postgres://127.0.0.1:${settings.DB_PORT}`
  return `postgres://${new URL(externalDatabaseUrl).host}`
}
