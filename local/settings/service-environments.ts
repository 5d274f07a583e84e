import type { Config } from './config.ts'
import { hostEnvironment } from '../processes/host-environment.ts'
import { googleApi } from '../../n8n/workflows/workflow-content.ts'
import { isMock, variableNames } from '../../api/src/settings/variables.ts'

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
    googleApi: isMock(settings.GOOGLE_CLIENT_ID) ? loopback(settings.SIM_GOOGLE_PORT) : googleApi,
    openai: isMock(settings.N8N_AI_OPENAI_API_KEY ?? '')
      ? `${llm}/v1`
      : (settings.OPENAI_BASE_URL ?? 'https://api.openai.com/v1'),
    anthropic: isMock(settings.ANTHROPIC_API_KEY)
      ? llm
      : (settings.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com'),
  }
}

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
    OPENAI_BASE_URL: urls.openai,
    ANTHROPIC_BASE_URL: urls.anthropic,
    GOOGLE_API_HOST: new URL(urls.googleApi).hostname,
  }
}

/** What opens n8n is n8n's alone. */
const ofN8nOnly = ['N8N_DB_PASSWORD', 'N8N_ENCRYPTION_KEY', 'N8N_BASIC_AUTH_PASSWORD']

export function apiEnvironment(config: Config, databaseUrl: string): Record<string, string> {
  const own = Object.entries(effectiveVariables(config)).filter(([name]) => !ofN8nOnly.includes(name))
  return { ...hostEnvironment(), ...Object.fromEntries(own), HOST: '127.0.0.1', DATABASE_URL: databaseUrl }
}

export function simulatorEnvironment(config: Config): Record<string, string> {
  return { ...hostEnvironment(), ...effectiveVariables(config), SIM_DATA_DIR: `${config.dataDir}/simulators` }
}
