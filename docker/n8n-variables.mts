import { randomBytes } from 'node:crypto'

export type Variables = Record<string, string | undefined>

const isMock = (value: string | undefined) => value?.startsWith('mock_') ?? false
const simulator = (given: Variables, port: string | undefined) => `http://${given.SIM_HOST}:${port}`

/**
 * What n8n's environment needs beyond docker-compose.yml, because it takes more than filling in a variable. `npm start`
 * works the same things out in local/n8n.ts; e2e/compose-environments.test.ts holds the two together.
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
    ...(isMock(given.GOOGLE_CLIENT_ID) ? overwriteGoogle(simulator(given, given.SIM_GOOGLE_PORT)) : {}),
  }
}

/** What the templates of n8n/credentials ask for: the given variables, with the simulators' addresses where a key is a mock. */
export function credentialVariables(given: Variables): Record<string, string> {
  const own = Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => !!entry[1]),
  )
  const n8nKey = given.N8N_AI_OPENAI_API_KEY
  const openaiKey =
    (!n8nKey || (isMock(n8nKey) && !isMock(given.OPENAI_API_KEY)) ? given.OPENAI_API_KEY : n8nKey) ?? ''
  const llm = simulator(given, given.SIM_LLM_PORT)
  return {
    ...own,
    N8N_AI_OPENAI_API_KEY: openaiKey,
    OPENAI_BASE_URL: isMock(openaiKey) ? `${llm}/v1` : given.OPENAI_BASE_URL || 'https://api.openai.com/v1',
    ANTHROPIC_BASE_URL: isMock(given.ANTHROPIC_API_KEY)
      ? llm
      : given.ANTHROPIC_BASE_URL || 'https://api.anthropic.com',
  }
}

/** n8n's own database is another one on the same server. */
function readDatabaseUrl(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl)
  return {
    DB_POSTGRESDB_HOST: url.hostname,
    DB_POSTGRESDB_PORT: url.port || '5432',
    DB_POSTGRESDB_USER: decodeURIComponent(url.username),
    DB_POSTGRESDB_PASSWORD: decodeURIComponent(url.password),
  }
}

/** The one way to send the token requests of n8n's Google credentials to the simulator. */
function overwriteGoogle(google: string): Record<string, string> {
  const accessTokenUrl = `${google}/token`
  return {
    CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
      googleOAuth2Api: { accessTokenUrl },
      googleCalendarOAuth2Api: { accessTokenUrl },
    }),
  }
}
