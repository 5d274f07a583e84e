import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import type { Config } from '../settings/config.ts'
import { hostEnvironment, proxyVariables } from '../processes/host-environment.ts'
import { n8nRuntime } from './n8n-install.ts'
import { hashOwnerPassword } from './owner-password.ts'
import { withN8nDatabase } from './n8n-database.ts'
import { readPublications } from './stored-workflows.ts'
import { createWithBrokerPort } from './broker-port.ts'
import { answersOk, type Service } from '../processes/processes.ts'
import { findUrls } from '../settings/service-environments.ts'

export const n8nCommand = join(n8nRuntime, 'node_modules/n8n/bin/n8n')
export const n8nUserFolder = (config: Config) => join(config.dataDir, 'n8n')

/** The e-mail address that the owner of n8n logs in with: n8n takes nothing else as a user name. */
export function ownerEmail(config: Config): string {
  const user = config.settings.N8N_BASIC_AUTH_USER
  return user.includes('@') ? user : `${user}@example.com`
}

/** n8n's own database. `databaseUrl`: any database on its server. */
export function n8nDatabase({ settings }: Config, databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl)
  return {
    DB_POSTGRESDB_HOST: hostname,
    DB_POSTGRESDB_PORT: port || '5432',
    DB_POSTGRESDB_DATABASE: settings.N8N_DB_NAME,
    // A role of its own: n8n cannot read what the API stores, nor the other way round.
    DB_POSTGRESDB_USER: settings.N8N_DB_USER,
    DB_POSTGRESDB_PASSWORD: settings.N8N_DB_PASSWORD,
  }
}

/** The environment of n8n's server and of its command line. `databaseUrl`: any database on the server of n8n_db. */
export function n8nEnvironment(config: Config, databaseUrl: string): Record<string, string> {
  const { settings } = config
  const urls = findUrls(config)
  return {
    ...hostEnvironment(),
    ...proxyVariables(settings),
    NODE_ENV: 'production',
    DB_TYPE: 'postgresdb',
    ...n8nDatabase(config, databaseUrl),
    // The default of 2 makes a dozen executions at once time out.
    DB_POSTGRESDB_POOL_SIZE: '10',
    EXECUTIONS_MODE: 'regular',
    EXECUTIONS_TIMEOUT: '120',
    EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
    EXECUTIONS_DATA_PRUNE: 'true',
    EXECUTIONS_DATA_MAX_AGE: String(settings.EXECUTIONS_DATA_MAX_AGE),
    EXECUTIONS_DATA_PRUNE_MAX_COUNT: '10000',
    GENERIC_TIMEZONE: 'UTC',
    N8N_USER_FOLDER: n8nUserFolder(config),
    N8N_ENCRYPTION_KEY: settings.N8N_ENCRYPTION_KEY,
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    N8N_PORT: String(settings.N8N_PORT),
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_EDITOR_BASE_URL: urls.n8n,
    N8N_WEBHOOK_URL: urls.n8n,
    // The editor is served over plain http, on this machine only.
    N8N_SECURE_COOKIE: 'false',
    N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
    N8N_INSTANCE_OWNER_EMAIL: ownerEmail(config),
    N8N_INSTANCE_OWNER_PASSWORD_HASH: hashOwnerPassword(
      createRequire(join(n8nRuntime, 'package.json'))('bcryptjs'),
      settings.N8N_BASIC_AUTH_PASSWORD,
      settings.N8N_ENCRYPTION_KEY,
    ),
    N8N_INSTANCE_OWNER_FIRST_NAME: 'Local',
    N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: String(settings.N8N_TEMPLATES_ENABLED),
    N8N_COMMUNITY_PACKAGES_ENABLED: String(settings.N8N_COMMUNITY_PACKAGES_ENABLED),
    N8N_PUBLIC_API_DISABLED: String(settings.N8N_PUBLIC_API_DISABLED),
    // In MB. n8n reads a body before it asks who sent it: a turn has some 100 kB, a hook less.
    N8N_PAYLOAD_SIZE_MAX: '1',
    N8N_FORMDATA_FILE_SIZE_MAX: '1',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    SCARF_ANALYTICS: 'false',
    N8N_DISABLED_MODULES: 'mcp,mcp-registry,instance-ai,chat-hub,agents',
    N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
    // Nobody reads the spans and counts of each expression, and they cost a sixth of n8n's work.
    N8N_EXPRESSION_ENGINE_OBSERVABILITY_ENABLED: 'false',
    N8N_PYTHON_ENABLED: 'false',
    // A process of n8n's own runs what people write into Code nodes. It is started as `node`, which must be ours.
    N8N_RUNNERS_MODE: 'internal',
    N8N_RUNNERS_TASK_TIMEOUT: '60',
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    // What Code nodes may require, and where it is.
    NODE_FUNCTION_ALLOW_EXTERNAL: 'n8n-nodes-lead-processing/calendar-helpers.js',
    NODE_PATH: join(n8nUserFolder(config), '.n8n/nodes/node_modules'),
    N8N_RUNNERS_AUTH_TOKEN: randomBytes(16).toString('hex'),
    ...googleOverwrite(config),
  }
}

/** The one way to send the token requests of n8n's Google credentials to the API, for a service account, or to the simulator. */
export function googleOverwrite(config: Config): Record<string, string> {
  const urls = findUrls(config)
  const byAccount = config.settings.GOOGLE_SERVICE_ACCOUNT !== undefined
  if (!byAccount && !config.simulators.includes('google')) return {}
  const accessTokenUrl = byAccount ? `${urls.api}/google/token` : `${urls.google}/token`
  return {
    CREDENTIALS_OVERWRITE_DATA: JSON.stringify({
      googleOAuth2Api: { accessTokenUrl },
      googleCalendarOAuth2Api: { accessTokenUrl },
    }),
  }
}

/** n8n takes ten seconds or so, from when it calls itself ready, to serve what is published. */
const patienceMs = 100_000

/** n8n's server. Healthy when it serves every published workflow in its newest version, or has found that it cannot. */
export function createN8nService(options: {
  config: Config
  environment: Record<string, string>
  log: (line: string) => void
  onUnexpectedExit?: (service: Service, reason: string) => void
}): Service {
  const { config, environment, log, onUnexpectedExit } = options
  let readySince: number | undefined
  return createWithBrokerPort(
    {
      name: 'n8n',
      command: process.execPath,
      args: [n8nCommand, 'start'],
      env: environment,
      cwd: config.dataDir,
      logFile: join(config.dataDir, 'logs/n8n.log'),
      // n8n logs the path of a hook that it refuses, and the secret is in the path.
      hidden: secretsOf(config.settings),
      isHealthy: async () => {
        if (!(await answersOk(`http://127.0.0.1:${config.settings.N8N_PORT}/healthz/readiness`))) return false
        readySince ??= performance.now()
        const publications = await withN8nDatabase(environment, readPublications)
        // A workflow of somebody's that never comes up must not keep the others down: the start says which it is.
        return (
          publications.every(({ state }) => state !== 'waiting') ||
          performance.now() - readySince > patienceMs
        )
      },
      healthTimeoutMs: 180_000,
      ...(onUnexpectedExit && { onUnexpectedExit }),
    },
    { log },
  )
}

/** Everything in the settings that opens something, by the names of their variables. */
export const secretsOf = (settings: Config['settings']): string[] =>
  Object.entries(settings).flatMap(([name, value]) =>
    /(?:SECRET|TOKEN|PASSWORD|KEY|KEY_OLD|(?:HTTPS?|TELEGRAM)_PROXY)$/.test(name) &&
    typeof value === 'string' &&
    value.length >= 8
      ? [value]
      : [],
  )
