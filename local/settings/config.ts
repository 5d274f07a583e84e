import { join } from 'node:path'
import { findPublicSecrets } from '../../api/src/secrets/public-secrets.ts'
import { makeDataFolder } from './data-folder.ts'
import { readVariables, type Variables } from './env-file.ts'
import { keepSecrets, type Secrets } from './secrets.ts'
import {
  isAmocrmMock,
  isGoogleMock,
  isMock,
  isTelegramMock,
  readSettings,
  type Settings,
  variableNames,
} from '../../api/src/settings/variables.ts'

export const repository = join(import.meta.dirname, '../..')

export type SimulatorName = 'amocrm' | 'telegram' | 'llm' | 'google'

/** Settings with the secrets filled in. */
export type Config = {
  dataDir: string
  settings: Settings & Omit<Secrets, 'POSTGRES_SUPERUSER_PASSWORD'>
  superuserPassword: string
  /** An own PostgreSQL server is started; otherwise this is the address of leads_db on a server of the user's. */
  externalDatabaseUrl: string | undefined
  /** Only these have a mock_ value. */
  simulators: SimulatorName[]
  /** DB_PORT is nobody's wish, only the default: another port will do when it is taken. */
  databasePortIsFree: boolean
  /** What the user should know about how the settings were understood. */
  notes: string[]
}

export type ConfigOptions = {
  /** Default: .data of the repository. */
  dataDir?: string
  /** Where .env and .env.example are. Default: the repository. */
  folder?: string
  /** Default: .env of that folder; null: none. */
  envFile?: string | null
  /** Default: process.env. */
  environment?: Variables
  /** All ports are any free ones, so that several systems run side by side. */
  freePorts?: boolean
}

/**
 * The whole configuration from .env, the environment and the kept secrets, which are made when they are not there yet.
 * @throws ConfigProblems with all problems at once
 */
export function loadConfig(options: ConfigOptions = {}): Config {
  const { folder = repository, environment = process.env } = options
  const { envFile = join(folder, '.env') } = options
  const variables = readVariables(variableNames, { folder, envFile, environment })
  if (options.freePorts) for (const name of portNames) variables.values[name] = '0'
  const { settings, problems } = readSettings(variables.values, variableNames)
  const all = [...variables.problems, ...problems]
  // On one machine, for its user alone, until somebody says otherwise.
  if (settings && !variables.given.has('NODE_ENV')) settings.NODE_ENV = 'development'
  // Also when other settings are wrong: all at once. The password of an own database is made, not given.
  if (variables.given.has('NODE_ENV') && variables.values['NODE_ENV'] === 'production') {
    const { DB_HOST, ...others } = variables.values
    all.push(...findPublicSecrets(variables.given.has('DB_HOST') ? { ...others, DB_HOST } : others))
  }
  if (!settings || all.length) throw new ConfigProblems(all)

  const dataDir = makeDataFolder(options.dataDir ?? join(folder, '.data'))
  const { POSTGRES_SUPERUSER_PASSWORD: superuserPassword, ...secrets } = keepSecrets(dataDir)
  const given = Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as Settings
  const merged = { ...secrets, ...given } as Config['settings']
  const notes = [...variables.notes, ...adaptToOneMachine(merged)]
  return {
    dataDir,
    settings: merged,
    superuserPassword,
    externalDatabaseUrl: findExternalDatabase(merged),
    simulators: findSimulators(merged),
    databasePortIsFree: !variables.given.has('DB_PORT'),
    notes,
  }
}

export const portNames = [
  'PORT',
  'DB_PORT',
  'N8N_PORT',
  'SIM_AMOCRM_PORT',
  'SIM_TELEGRAM_PORT',
  'SIM_TELEGRAM_CONTROL_PORT',
  'SIM_LLM_PORT',
  'SIM_GOOGLE_PORT',
] as const

/** Gives compose's names and half-real keys their meaning here, and says so. */
function adaptToOneMachine(settings: Config['settings']): string[] {
  const notes: string[] = []
  if (settings.REDIS_HOST === 'redis') {
    delete settings.REDIS_HOST
    notes.push(
      'without Docker: cache and rate limits are kept in memory (REDIS_HOST=redis is the compose service)',
    )
  }
  const { QUIET_HOURS: quiet, TELEGRAM_PACE: pace } = settings
  if (isTelegramMock(settings) && (quiet === 'on' || pace === 'on')) {
    settings.QUIET_HOURS = 'off'
    settings.TELEGRAM_PACE = 'off'
    notes.push('Telegram is simulated: quiet hours and the pace for new dialogs do not count')
  }
  const n8nKey = settings.N8N_AI_OPENAI_API_KEY
  if (!n8nKey || (isMock(n8nKey) && !isMock(settings.OPENAI_API_KEY))) {
    settings.N8N_AI_OPENAI_API_KEY = settings.OPENAI_API_KEY
  }
  return notes
}

function findExternalDatabase(settings: Config['settings']): string | undefined {
  if (settings.DATABASE_URL) return settings.DATABASE_URL
  if (settings.DB_HOST === 'postgres') return undefined
  const login = `${encodeURIComponent(settings.DB_USER)}:${encodeURIComponent(settings.DB_PASSWORD)}`
  return `postgres://${login}@${settings.DB_HOST}:${settings.DB_PORT}/${encodeURIComponent(settings.DB_NAME)}`
}

function findSimulators(settings: Config['settings']): SimulatorName[] {
  const mocks: Record<SimulatorName, boolean> = {
    amocrm: isAmocrmMock(settings),
    telegram: isTelegramMock(settings),
    llm:
      isMock(settings.GIGACHAT_AUTH_KEY ?? '') ||
      isMock(settings.N8N_AI_OPENAI_API_KEY ?? '') ||
      isMock(settings.ANTHROPIC_API_KEY),
    google: isGoogleMock(settings),
  }
  return (Object.keys(mocks) as SimulatorName[]).filter((name) => mocks[name])
}

export class ConfigProblems extends Error {
  override name = 'ConfigProblems'
  readonly problems: string[]
  constructor(problems: string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join('\n')
    super(`The settings (.env and the environment) have to be put right first:\n${list}`)
    this.problems = problems
  }
}
