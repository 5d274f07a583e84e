import { readFileSync } from 'node:fs'
import type { Language } from '../../../texts/index.ts'
import type { ChatsSettings } from '../amocrm/chats/chats-client.ts'
import type { OauthSettings } from '../amocrm/oauth/request-tokens.ts'
import { modelPlaces } from '../models/model-places.ts'
import { gigachatGatePath } from '../secrets/gigachat-gate.ts'
import { findPublicSecrets } from '../secrets/public-secrets.ts'
import { isLoopback, type ProxyAddress } from '../outgoing/proxy-address.ts'
import type { GigachatSettings } from '../models/gigachat/settings.ts'
import { type ReviewerSettings, reviewerPrompt } from '../review/settings.ts'
import { readOtlpHeaders } from '../telemetry/settings.ts'
import { endingModels, familyOf, modelRequests, type ModelTable, readModels } from './models.ts'
import {
  actingAccount,
  describeProblem,
  httpWays,
  isAmocrmMock,
  isGoogleMock,
  isMock,
  isTelegramMock,
  otherSpelling,
  proxyOf,
  readSettings,
  tunnelOf,
  type VariableName,
} from './variables.ts'

/** What the API reads, and the value where it does without; `null`: it may be missing or must be given, as variables.ts has it. */
export const defaults = {
  NODE_ENV: 'production',
  LOG_LEVEL: 'info',
  HOST: '0.0.0.0',
  PORT: '3000',
  DATABASE_URL: null,
  DB_HOST: 'localhost',
  DB_PORT: '5432',
  DB_NAME: 'leads_db',
  DB_USER: 'leads',
  DB_PASSWORD: '',
  N8N_DB_NAME: 'n8n_db',
  REDIS_HOST: null,
  REDIS_PORT: '6379',
  API_TOKEN: null,
  DISPATCH_SECRET: null,
  APP_KEY: null,
  APP_KEY_OLD: null,
  N8N_URL: null,
  N8N_EDITOR_URL: null,
  TURN_WORKFLOW: 'lead-processing',
  N8N_PORT: '5678',
  AMOCRM_API_KEY: null,
  AMOCRM_BASE_URL: null,
  AMOCRM_CLIENT_ID: null,
  AMOCRM_CLIENT_SECRET: null,
  AMOCRM_REDIRECT_URI: null,
  AMOCRM_AUTH_CODE: null,
  AMOCRM_REFRESH_TOKEN: null,
  AMOCRM_CHATS_CHANNEL_ID: null,
  AMOCRM_CHATS_SECRET: null,
  AMOCRM_CHATS_BOT_ID: null,
  AMOCRM_CHATS_URL: null,
  AMOCRM_WEBHOOK_SECRET: null,
  TELEGRAM_MODE: 'userbot',
  TELEGRAM_API_ID: null,
  TELEGRAM_API_HASH: null,
  TELEGRAM_PHONE: null,
  TELEGRAM_BOT_TOKEN: null,
  TELEGRAM_PROXY: null,
  HTTPS_PROXY: null,
  HTTP_PROXY: null,
  NO_PROXY: null,
  PUBLIC_URL: null,
  ALERTS_TELEGRAM_BOT_TOKEN: null,
  ALERTS_SMTP_URL: null,
  ALERTS_WEBHOOK_SECRET: null,
  BACKUP_EVERY_HOURS: null,
  BACKUP_KEEP: '14',
  BACKUP_DIR: null,
  BACKUP_COPY_DIR: null,
  BACKUP_PASSPHRASE: null,
  OPENAI_MODEL: 'gpt-6-luna',
  GIGACHAT_AUTH_KEY: null,
  GIGACHAT_SCOPE: 'GIGACHAT_API_PERS',
  GIGACHAT_CA: null,
  ANTHROPIC_MODEL: 'claude-sonnet-5-5',
  GOOGLE_CALENDAR_EMAIL: null,
  GOOGLE_CLIENT_ID: null,
  GOOGLE_SERVICE_ACCOUNT: null,
  GOOGLE_SERVICE_ACCOUNT_SUBJECT: null,
  SIM_AMOCRM_PORT: '4010',
  SIM_TELEGRAM_PORT: '4020',
  SIM_TELEGRAM_CONTROL_PORT: '4021',
  SIM_LLM_PORT: '4030',
  SIM_GOOGLE_PORT: '4040',
  SIM_HOST: '127.0.0.1',
  BUSINESS_CONFIG: null,
  QUIET_HOURS: 'on',
  TELEGRAM_PACE: 'on',
  REVIEWER_URL: null,
  REVIEWER_KEY: null,
  REVIEWER_MODEL: 'gpt-6-luna',
  OTEL_EXPORTER_OTLP_ENDPOINT: null,
  OTEL_EXPORTER_OTLP_HEADERS: null,
  OTEL_SERVICE_NAME: 'lead-processing-system',
  TRANSCRIPTION_URL: null,
  TRANSCRIPTION_KEY: null,
  TRANSCRIPTION_MODEL: 'gpt-transcribe',
} as const satisfies Partial<Record<VariableName, string | null>>

const names = Object.keys(defaults) as (keyof typeof defaults)[]
/** `npm start` makes these; whoever starts the API alone gives them. */
const needed = ['API_TOKEN', 'DISPATCH_SECRET', 'APP_KEY', 'AMOCRM_WEBHOOK_SECRET'] as const

export type Config = ReturnType<typeof readConfig>

/**
 * The API's settings out of environment variables. An empty variable counts as not set; NAME_FILE names a file with the
 * value.
 * @throws ConfigError with all problems at once
 */
export function readConfig(variables: Record<string, string | undefined>) {
  const { values, problems } = withFiles(variables)
  const read = readSettings({ ...withoutNull(defaults), ...values }, names)
  problems.push(...read.problems)
  for (const name of needed)
    if (!values[name] && !problems.some((problem) => problem.startsWith(`${name}_FILE:`)))
      problems.push(describeProblem(name, 'is needed'))
  if ((values['NODE_ENV'] ?? defaults.NODE_ENV) === 'production') problems.push(...findPublicSecrets(values))
  const env = read.settings
  if (!env || !hasSecrets(env) || problems.length > 0) throw new ConfigError(problems)
  const table = readModels()
  const simulator = (simPort: number) => `http://${env.SIM_HOST}:${simPort}`
  const password = env.DB_PASSWORD ? `:${encodeURIComponent(env.DB_PASSWORD)}` : ''
  const mocks = {
    amocrm: isAmocrmMock(env),
    telegram: isTelegramMock(env),
    google: isGoogleMock(env),
  }
  const proxy = proxyOf(env.TELEGRAM_PROXY)
  const botProxy = tunnelOf(env.TELEGRAM_PROXY)
  const n8nUrl = env.N8N_URL ?? `http://127.0.0.1:${env.N8N_PORT}`
  const amocrmUrl = mocks.amocrm ? simulator(env.SIM_AMOCRM_PORT) : env.AMOCRM_BASE_URL!
  return {
    production: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.PORT,
    databaseUrl:
      env.DATABASE_URL ??
      `postgres://${encodeURIComponent(env.DB_USER)}${password}@${env.DB_HOST}:${env.DB_PORT}/${env.DB_NAME}`,
    /** On the same server, reached with the same role. */
    n8nDatabase: env.N8N_DB_NAME,
    redis: env.REDIS_HOST ? { host: env.REDIS_HOST, port: env.REDIS_PORT } : null,
    apiToken: env.API_TOKEN,
    /** Signs the turns that go to n8n, and opens nothing else. */
    dispatchSecret: env.DISPATCH_SECRET,
    appKey: Buffer.from(env.APP_KEY, 'base64'),
    /** Still opens what was sealed before the key was changed; null when there is none. */
    appKeyOld: env.APP_KEY_OLD ? Buffer.from(env.APP_KEY_OLD, 'base64') : null,
    n8nUrl,
    /** Who thinks: the path of its webhook is its name. */
    turnWorkflow: env.TURN_WORKFLOW,
    http: httpWays(env, [new URL(n8nUrl).hostname, env.SIM_HOST]),
    /** Where people open n8n; null: it is not said. */
    n8nEditorUrl: env.N8N_EDITOR_URL ?? null,
    /** Where the internet reaches this server, without a slash at the end; null: not at all. */
    publicUrl: env.PUBLIC_URL ?? null,
    businessConfig: env.BUSINESS_CONFIG,
    quietHoursOn: env.QUIET_HOURS === 'on',
    /** Whether new dialogs, lookups and typing keep the pace of business.yaml; off in a demo, where nobody can be annoyed. */
    telegramPaceOn: env.TELEGRAM_PACE === 'on',
    /** Where voice messages are turned into text (OpenAI's /audio/transcriptions); null: nowhere. */
    transcription: env.TRANSCRIPTION_URL
      ? {
          url: env.TRANSCRIPTION_URL,
          key: env.TRANSCRIPTION_KEY ?? null,
          model: env.TRANSCRIPTION_MODEL,
          sureness: familyOf(table, 'transcription', env.TRANSCRIPTION_MODEL)?.sureness ?? null,
        }
      : null,
    /** The model that reviews each reply, at a service with OpenAI's /chat/completions; null: none does. */
    reviewer: readReviewer(env, table, simulator(env.SIM_LLM_PORT)),
    /** Null: traces are exported nowhere. */
    telemetry: env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          url: `${env.OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces`,
          headers: readOtlpHeaders(env.OTEL_EXPORTER_OTLP_HEADERS ?? '') ?? {},
          serviceName: env.OTEL_SERVICE_NAME,
        }
      : null,
    mocks,
    amocrm: {
      token: env.AMOCRM_API_KEY,
      baseUrl: amocrmUrl,
      /** Null: the long-lived token is used. */
      oauth: readOauth(env),
      /** Null: the conversation is on the card as notes only. */
      chats: readChats(env, amocrmUrl),
      webhookSecret: env.AMOCRM_WEBHOOK_SECRET,
    },
    telegram: {
      mode: env.TELEGRAM_MODE,
      /** Of the bot; set in the modes bot and secretary. */
      botToken: env.TELEGRAM_BOT_TOKEN ?? null,
      apiId: mocks.telegram ? 12345 : Number(env.TELEGRAM_API_ID),
      apiHash: env.TELEGRAM_API_HASH ?? '',
      phone: env.TELEGRAM_PHONE ?? null,
      /** Null: directly. */
      proxy: reachesMock(proxy) || !mocks.telegram ? proxy : null,
      /** The same for the Bot API; null: as all HTTP goes. */
      botProxy: reachesMock(botProxy) || !mocks.telegram ? botProxy : null,
      /** Control address of the simulator, which tells its MTProto address and key, and is its Bot API; null with the real Telegram. */
      simulatorUrl: mocks.telegram ? simulator(env.SIM_TELEGRAM_CONTROL_PORT) : null,
    },
    /** Secrets of the channels that people are told through; null: that channel is off. The rest is in business.yaml. */
    alerts: {
      botToken: env.ALERTS_TELEGRAM_BOT_TOKEN ?? null,
      /** Of the Bot API: the simulator's with a mock_ token. */
      botRoot: isMock(env.ALERTS_TELEGRAM_BOT_TOKEN ?? '')
        ? simulator(env.SIM_TELEGRAM_CONTROL_PORT)
        : 'https://api.telegram.org',
      botProxy: reachesMock(botProxy) || !isMock(env.ALERTS_TELEGRAM_BOT_TOKEN ?? '') ? botProxy : null,
      smtpUrl: env.ALERTS_SMTP_URL ?? null,
      webhookSecret: env.ALERTS_WEBHOOK_SECRET ?? null,
    },
    /** What each family of models takes and costs. */
    modelTable: table,
    /** What n8n asks the models with, to try it; a key that only n8n has is null. */
    modelPlaces: modelPlaces(variables, {
      apiToken: env.API_TOKEN,
      gigachatGate: env.GIGACHAT_AUTH_KEY ? `http://127.0.0.1:${env.PORT}${gigachatGatePath}` : null,
      simulator: simulator(env.SIM_LLM_PORT),
    }),
    google: {
      calendarEmail: env.GOOGLE_CALENDAR_EMAIL,
      /** Of the simulator; null with the real Google. */
      simulatorUrl: mocks.google ? simulator(env.SIM_GOOGLE_PORT) : null,
      clientId: env.GOOGLE_CLIENT_ID,
      /** Of the OAuth client, to try it; null: only n8n has them. */
      login:
        variables['GOOGLE_CLIENT_SECRET'] && variables['GOOGLE_REFRESH_TOKEN']
          ? {
              clientSecret: variables['GOOGLE_CLIENT_SECRET'],
              refreshToken: variables['GOOGLE_REFRESH_TOKEN'],
            }
          : null,
      /** Null: n8n has access by an OAuth client of its own. */
      serviceAccount: actingAccount(env, `${simulator(env.SIM_GOOGLE_PORT)}/token`),
    },
    /** How often a backup is made; null: none is made by itself. */
    backupEveryMs: env.BACKUP_EVERY_HOURS ? env.BACKUP_EVERY_HOURS * 3_600_000 : null,
    backupPlace: {
      keep: env.BACKUP_KEEP,
      folder: env.BACKUP_DIR ?? 'backups',
      copyTo: env.BACKUP_COPY_DIR ?? null,
      passphrase: env.BACKUP_PASSPHRASE ?? null,
    },
    /** Null: it is not used. */
    gigachat: env.GIGACHAT_AUTH_KEY
      ? gigachatSettings(env.GIGACHAT_AUTH_KEY, env, simulator(env.SIM_LLM_PORT))
      : null,
    /** What the workflow asks the models with. */
    models: {
      ...modelRequests(table, { openai: env.OPENAI_MODEL, anthropic: env.ANTHROPIC_MODEL }),
      doubt: areAlike(variables) ? table.doubt : null,
    },
    /** Models that end soon, a sentence each. */
    endingModels: (now: Date, language?: Language) =>
      endingModels(
        table,
        {
          openai: env.OPENAI_MODEL,
          anthropic: env.ANTHROPIC_MODEL,
          ...(env.TRANSCRIPTION_URL && { transcription: env.TRANSCRIPTION_MODEL }),
        },
        now,
        language,
      ),
  }
}

type Environment = NonNullable<ReturnType<typeof readSettings<(typeof names)[number]>>['settings']>
type Secrets = { [Name in (typeof needed)[number]]: string }

const hasSecrets = (env: Environment): env is Environment & Secrets => needed.every((name) => env[name])

const withoutNull = (values: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null))

/** A key of its own, or a service that needs none, turns it on. */
function readReviewer(env: Environment, table: ModelTable, simulator: string): ReviewerSettings | null {
  const { REVIEWER_KEY: key, REVIEWER_URL: url, REVIEWER_MODEL: model } = env
  if (!key && !url) return null
  return {
    url: isMock(key ?? '') ? `${simulator}/v1` : (url ?? 'https://api.openai.com/v1'),
    key: key ?? null,
    body: modelRequests(table, { openai: model, anthropic: env.ANTHROPIC_MODEL }).openai.extraBody,
    model,
    prompt: readFileSync(reviewerPrompt, 'utf8').trim(),
  }
}

/** A proxy elsewhere cannot reach the simulators of this machine. */
const reachesMock = (proxy: ProxyAddress | null) => proxy !== null && isLoopback(proxy.host)

function readOauth(env: Environment): OauthSettings | null {
  const { AMOCRM_CLIENT_ID: clientId, AMOCRM_CLIENT_SECRET: clientSecret } = env
  const { AMOCRM_REDIRECT_URI: redirectUri, AMOCRM_AUTH_CODE: code, AMOCRM_REFRESH_TOKEN: refresh } = env
  if (!clientId || !clientSecret || !redirectUri) return null
  const seed = code
    ? { kind: 'authorization_code' as const, value: code }
    : { kind: 'refresh_token' as const, value: refresh! }
  return { clientId, clientSecret, redirectUri, seed }
}

/** amoCRM's chats have a host of their own, by the account's country of service. */
function readChats(env: Environment, amocrmUrl: string): ChatsSettings | null {
  const { AMOCRM_CHATS_CHANNEL_ID: channelId, AMOCRM_CHATS_SECRET: secret } = env
  if (!channelId || !secret) return null
  const host = new URL(amocrmUrl).hostname
  const real = host.endsWith('.amocrm.ru') ? 'https://amojo.amocrm.ru' : 'https://amojo.kommo.com'
  const url = /\.(amocrm|kommo)\.(ru|com)$/.test(host) ? real : amocrmUrl
  return { channelId, secret, botId: env.AMOCRM_CHATS_BOT_ID ?? null, url: env.AMOCRM_CHATS_URL ?? url }
}

export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super(
      `The settings have ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    )
    this.problems = problems
  }
}

function withFiles(variables: Record<string, string | undefined>) {
  const values: Record<string, string> = {}
  const problems: string[] = []
  for (const name of names) {
    const file = variables[`${name}_FILE`]
    try {
      const given = variables[name] || variables[otherSpelling(name)]
      const value = given || (file && readFileSync(file, 'utf8').trim())
      if (value) values[name] = value
    } catch (error) {
      problems.push(`${name}_FILE: the file cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  return { values, problems }
}

const gigachatSettings = (
  key: string,
  { GIGACHAT_SCOPE: scope, GIGACHAT_CA: ca }: { GIGACHAT_SCOPE: string; GIGACHAT_CA?: string | undefined },
  simulator: string,
): GigachatSettings =>
  isMock(key)
    ? {
        authKey: Buffer.from(`${key}:secret`).toString('base64'),
        scope,
        ca: null,
        oauthUrl: `${simulator}/gigachat/api/v2/oauth`,
        url: `${simulator}/gigachat/api/v1`,
      }
    : {
        authKey: key,
        scope,
        ca: ca ?? null,
        oauthUrl: 'https://ngw.devices.sberbank.ru:9443/api/v2/oauth',
        url: 'https://gigachat.devices.sberbank.ru/api/v1',
      }

/** Both models are simulated, or both are real, as far as this process is told: a simulator does not correct a model. */
const areAlike = ({ OPENAI_API_KEY: one, ANTHROPIC_API_KEY: other }: Record<string, string | undefined>) =>
  !one || !other || isMock(one) === isMock(other)
