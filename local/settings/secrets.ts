import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const makers = {
  API_TOKEN: () => randomBytes(24).toString('hex'),
  DISPATCH_SECRET: () => randomBytes(24).toString('hex'),
  APP_KEY: () => randomBytes(32).toString('base64'),
  AMOCRM_WEBHOOK_SECRET: () => randomBytes(16).toString('hex'),
  N8N_ENCRYPTION_KEY: () => randomBytes(24).toString('hex'),
  N8N_BASIC_AUTH_PASSWORD: () => randomBytes(18).toString('base64url'),
  DB_PASSWORD: () => randomBytes(24).toString('hex'),
  N8N_DB_PASSWORD: () => randomBytes(24).toString('hex'),
  POSTGRES_SUPERUSER_PASSWORD: () => randomBytes(24).toString('hex'),
}

export type Secrets = Record<keyof typeof makers, string>

const fileSchema = z.record(z.string(), z.string())

/**
 * The secrets that nobody gave, made once and kept in secrets.json of the data folder, readable by its owner only.
 * @throws when the file is broken: made anew, n8n could not read its stored credentials any more
 */
export function keepSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json')
  const kept = existsSync(file) ? readSecrets(file) : {}
  const secrets = Object.fromEntries(
    Object.entries(makers).map(([name, make]) => [name, kept[name] ?? make()]),
  ) as Secrets
  if (Object.keys(makers).some((name) => !kept[name])) {
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  }
  return secrets
}

function readSecrets(file: string): Record<string, string> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`${file} is broken. Put it back, or start over with \`npm run reset\`.`, { cause: error })
  }
}
