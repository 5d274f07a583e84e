import { execFile } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Config } from '../settings/config.ts'

/**
 * n8n's database by pg_dump, whose major version must not be below the server's: what n8n's tables are is n8n's business. `pg_restore
 * --clean --if-exists` brings it back.
 * @returns the file
 * @throws with what to install
 */
export async function dumpN8n({ settings }: Config, databaseUrl: string, folder: string): Promise<string> {
  const url = new URL(databaseUrl)
  const file = join(folder, `n8n-${new Date().toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z.dump`)
  try {
    await promisify(execFile)(
      'pg_dump',
      [
        '-Fc',
        '-h',
        url.hostname,
        '-p',
        url.port || '5432',
        '-U',
        settings.N8N_DB_USER,
        '-f',
        file,
        settings.N8N_DB_NAME,
      ],
      { env: { ...process.env, PGPASSWORD: settings.N8N_DB_PASSWORD } },
    )
    chmodSync(file, 0o600)
    return file
  } catch (error) {
    const { code, stderr = '', message } = error as { code?: unknown; stderr?: string; message: string }
    if (code === 'ENOENT' || /server version mismatch/.test(stderr))
      throw new Error(
        "n8n's database needs pg_dump of PostgreSQL 18 or newer. Debian, Ubuntu: apt install postgresql-client-18 (apt.postgresql.org); macOS: brew install libpq. " +
          'The backup of the leads is made; workflows that people changed can also be kept by npm run n8n -- export NAME',
        { cause: error },
      )
    throw new Error(`n8n's database was not backed up: ${stderr.trim() || message}`, { cause: error })
  }
}
