import type { Config } from './config.ts'
import { hostEnvironment } from '../processes/host-environment.ts'
import { openAiKeyInUse as keyInUse } from '../../api/src/models/model-places.ts'
import { gigachatGatePath } from '../../api/src/secrets/gigachat-gate.ts'
import { googleTokenClient } from '../../api/src/secrets/google-token-client.ts'
import { googleApi } from '../../n8n/workflows/workflow-content.ts'
import { isGoogleMock, isMock, variableNames } from '../../api/src/settings/variables.ts'

/** Addresses that follow from the settings, with the simulators' where a value is a mock. */
export function findUrls(config: Config) {
  const { settings } = config
  const loopback = (port: number) => `http://127.0.0.1:${port}`
  const llm = loopback(settings.SIM_LLM_PORT)
  return {
    api: settings.API_URL ?? loopback(settings.PORT),
    n8n: settings.N8N_URL ?? loopback(settings.N8N_PORT),
    amocrm: loopback(settings.SIM_AMOCRM_PORT),
    telegram: loopback(settings.SIM_TELEGRAM_CONTROL_PORT),
    llm,
    google: loopback(settings.SIM_GOOGLE_PORT),
    googleApi: isGoogleMock(settings) ? loopback(settings.SIM_GOOGLE_PORT) : googleApi,
    openai: settings.GIGACHAT_AUTH_KEY
      ? `${settings.API_URL ?? loopback(settings.PORT)}${gigachatGatePath}`
      : isMock(settings.N8N_AI_OPENAI_API_KEY ?? '')
        ? `${llm}/v1`
        : (settings.OPENAI_BASE_URL ?? 'https://api.openai.com/v1'),
    anthropic: isMock(settings.ANTHROPIC_API_KEY)
      ? llm
      : (settings.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com'),
  }
}

/** What opens the service at `findUrls(...).openai`: the API's own gate takes a key that is made from API_TOKEN. */
export const openAiKeyInUse = ({ settings }: Config): string =>
  keyInUse(settings, settings.API_TOKEN) ?? settings.OPENAI_API_KEY

/** Every variable of .env.example by its own name, with the addresses filled in: for the API and for templates. */
export function effectiveVariables(config: Config): Record<string, string> {
  const urls = findUrls(config)
  const own = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = config.settings[name]
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
  return {
    ...own,
    API_URL: urls.api,
    N8N_URL: urls.n8n,
    N8N_EDITOR_URL: config.settings.N8N_EDITOR_URL ?? urls.n8n,
    OPENAI_BASE_URL: urls.openai,
    ANTHROPIC_BASE_URL: urls.anthropic,
    GOOGLE_API_HOST: new URL(urls.googleApi).hostname,
  }
}

/** What the templates of n8n/credentials ask for. With a service account n8n gets Google's tokens from the API. */
export function credentialVariables(config: Config): Record<string, string> {
  const {
    GOOGLE_SERVICE_ACCOUNT: key,
    GIGACHAT_AUTH_KEY: gigachat,
    API_TOKEN,
    OPENAI_PROJECT,
  } = config.settings
  return {
    ...effectiveVariables(config),
    ...(key ? googleTokenClient(API_TOKEN) : {}),
    ...(gigachat ? { N8N_AI_OPENAI_API_KEY: openAiKeyInUse(config) } : {}),
    // Without a name no header is sent.
    OPENAI_PROJECT: OPENAI_PROJECT ?? '',
    OPENAI_PROJECT_HEADER: OPENAI_PROJECT ? 'OpenAI-Project' : '',
  }
}

/** What opens n8n is n8n's alone. */
const ofN8nOnly = ['N8N_DB_PASSWORD', 'N8N_ENCRYPTION_KEY', 'N8N_BASIC_AUTH_PASSWORD']

export function apiEnvironment(config: Config, databaseUrl: string): Record<string, string> {
  const own = Object.entries(effectiveVariables(config)).filter(([name]) => !ofN8nOnly.includes(name))
  return {
    ...hostEnvironment(),
    BACKUP_DIR: `${config.dataDir}/backups`,
    ...Object.fromEntries(own),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
  }
}

export function simulatorEnvironment(config: Config): Record<string, string> {
  const { GOOGLE_SERVICE_ACCOUNT: key, ...others } = effectiveVariables(config)
  return {
    ...hostEnvironment(),
    ...others,
    // A real key is the API's alone; the simulator must know the public part of a simulated one.
    ...(key && isGoogleMock(config.settings) ? { GOOGLE_SERVICE_ACCOUNT: key } : {}),
    SIM_DATA_DIR: `${config.dataDir}/simulators`,
  }
}
