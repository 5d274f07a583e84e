import { randomBytes } from 'node:crypto'
import { basename } from 'node:path'

export type Variables = Record<string, string | undefined>

export const isMock = (value: string | undefined) => value?.startsWith('mock_') ?? false
export const simulator = (given: Variables, port: string | undefined) => `http://${given.SIM_HOST}:${port}`

/**
 * What n8n's environment needs beyond docker-compose.yml, because it takes more than filling in a variable. `npm start`
 * works the same things out in local/n8n/n8n.ts; checks/compose-environments.test.ts holds the two together.
 */
export function deriveN8nVariables(
  given: Variables,
  hashPassword: (password: string) => string,
): Record<string, string> {
  const user = given.N8N_BASIC_AUTH_USER ?? ''
  return {
    N8N_INSTANCE_OWNER_EMAIL: user.includes('@') ? user : `${user}@example.com`,
    N8N_INSTANCE_OWNER_PASSWORD_HASH: hashPassword(given.N8N_BASIC_AUTH_PASSWORD ?? ''),
    // Over plain http a browser would throw the cookie away.
    N8N_SECURE_COOKIE: String(given.N8N_EDITOR_BASE_URL?.startsWith('https://') ?? false),
    N8N_RUNNERS_AUTH_TOKEN: randomBytes(16).toString('hex'),
    ...(given.DATABASE_URL ? readDatabaseUrl(given.DATABASE_URL) : {}),
    ...overwriteGoogle(given),
  }
}

/** n8n's own database is another one on the same server, with a role of its own. */
function readDatabaseUrl(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl)
  return {
    DB_POSTGRESDB_HOST: url.hostname,
    DB_POSTGRESDB_PORT: url.port || '5432',
  }
}

/**
 * Whether Google is simulated. n8n never sees the key of a service account, only the name of its file, which begins with mock_ for
 * a simulated one.
 */
export const isGoogleMock = ({ GOOGLE_SERVICE_ACCOUNT_FILE: file, GOOGLE_CLIENT_ID: client }: Variables) =>
  isMock(file ? basename(file) : client)

/** The one way to send the token requests of n8n's Google credentials to the API, for a service account, or to the simulator. */
function overwriteGoogle(given: Variables): Record<string, string> {
  const byAccount = !!given.GOOGLE_SERVICE_ACCOUNT_FILE
  if (!byAccount && !isGoogleMock(given)) return {}
  const accessTokenUrl = byAccount
    ? `${given.API_URL}/google/token`
    : `${simulator(given, given.SIM_GOOGLE_PORT)}/token`
  return {
    CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
      googleOAuth2Api: { accessTokenUrl },
      googleCalendarOAuth2Api: { accessTokenUrl },
    }),
  }
}
