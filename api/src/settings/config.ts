import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { ChatsSettings } from '../amocrm/chats/chats-client.ts'
import type { OauthSettings } from '../amocrm/oauth/request-tokens.ts'
import { findPublicSecrets } from '../secrets/public-secrets.ts'
import { fitsAddress, readToken } from '../amocrm/token-facts.ts'

/** A credential that starts with this talks to its simulator instead of the real service. */
export const isMock = (value: string) => value.startsWith('mock_')

const port = z.coerce.number().int().min(1).max(65535)
const optionalUrl = z.url({ protocol: /^https?$/ }).optional()
const loopback = (defaultPort: number) => port.default(defaultPort)

const appKey = z
  .string()
  .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')

const environmentSchema = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: z.string().default('0.0.0.0'),
  PORT: loopback(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DB_HOST: z.string().default('localhost'),
  DB_PORT: loopback(5432),
  DB_NAME: z.string().default('leads_db'),
  DB_USER: z.string().default('leads'),
  DB_PASSWORD: z.string().default(''),
  REDIS_HOST: z.string().optional(),
  REDIS_PORT: loopback(6379),
  API_TOKEN: z.string().min(16, 'must be at least 16 characters'),
  DISPATCH_SECRET: z.string().min(16, 'must be at least 16 characters'),
  APP_KEY: appKey,
  APP_KEY_OLD: appKey.optional(),
  N8N_URL: optionalUrl,
  N8N_PORT: loopback(5678),
  AMOCRM_API_KEY: z.string().min(1),
  AMOCRM_BASE_URL: optionalUrl,
  AMOCRM_CLIENT_ID: z.string().optional(),
  AMOCRM_CLIENT_SECRET: z.string().optional(),
  AMOCRM_REDIRECT_URI: z.url().optional(),
  AMOCRM_AUTH_CODE: z.string().optional(),
  AMOCRM_REFRESH_TOKEN: z.string().optional(),
  AMOCRM_CHATS_CHANNEL_ID: z.string().optional(),
  AMOCRM_CHATS_SECRET: z.string().optional(),
  AMOCRM_CHATS_BOT_ID: z.string().optional(),
  AMOCRM_CHATS_URL: optionalUrl,
  AMOCRM_WEBHOOK_SECRET: z.string().min(16, 'must be at least 16 characters'),
  TELEGRAM_MODE: z.enum(['userbot', 'bot', 'secretary']).default('userbot'),
  TELEGRAM_API_ID: z.string().min(1).optional(),
  TELEGRAM_API_HASH: z.string().min(1).optional(),
  TELEGRAM_PHONE: z.string().optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^(\d+:[\w-]{30,}|mock_.*)$/, 'must be a token from @BotFather, or mock_...')
    .optional(),
  PUBLIC_URL: optionalUrl,
  OPENAI_MODEL: z.string().default('gpt-4.1-mini'),
  ANTHROPIC_MODEL: z.string().default('claude-sonnet-5'),
  GOOGLE_CALENDAR_EMAIL: z.email(),
  GOOGLE_CLIENT_ID: z.string().min(1),
  SIM_AMOCRM_PORT: loopback(4010),
  SIM_TELEGRAM_PORT: loopback(4020),
  SIM_TELEGRAM_CONTROL_PORT: loopback(4021),
  SIM_HOST: z.string().default('127.0.0.1'),
  BUSINESS_CONFIG: z.string().optional(),
  QUIET_HOURS: z.enum(['on', 'off']).default('on'),
  TELEGRAM_PACE: z.enum(['on', 'off']).default('on'),
  TRANSCRIPTION_URL: optionalUrl,
  TRANSCRIPTION_KEY: z.string().optional(),
  TRANSCRIPTION_MODEL: z.string().default('whisper-1'),
})

/** What a real value needs beside itself. Looked at apart from the schema, so that all problems are named at once. */
function findMissingCompanions(values: Record<string, string>): string[] {
  const isReal = (name: string) => values[name] !== undefined && !isMock(values[name])
  const problems: string[] = []
  if (isReal('AMOCRM_API_KEY') && !values['AMOCRM_BASE_URL']) {
    problems.push(
      'AMOCRM_BASE_URL: is needed with a real AMOCRM_API_KEY, for instance https://mycompany.amocrm.ru',
    )
  }
  if (isReal('AMOCRM_CLIENT_ID') && !values['AMOCRM_BASE_URL'] && !isReal('AMOCRM_API_KEY')) {
    problems.push(
      'AMOCRM_BASE_URL: is needed with a real AMOCRM_CLIENT_ID, for instance https://mycompany.amocrm.ru',
    )
  }
  if (values['AMOCRM_CLIENT_ID']) {
    for (const name of ['AMOCRM_CLIENT_SECRET', 'AMOCRM_REDIRECT_URI'])
      if (!values[name]) problems.push(`${name}: is needed with AMOCRM_CLIENT_ID`)
    if (!values['AMOCRM_AUTH_CODE'] && !values['AMOCRM_REFRESH_TOKEN'])
      problems.push('AMOCRM_AUTH_CODE: this or AMOCRM_REFRESH_TOKEN is needed with AMOCRM_CLIENT_ID')
  }
  if (values['AMOCRM_CHATS_CHANNEL_ID']) {
    for (const name of ['AMOCRM_CHATS_SECRET', 'AMOCRM_CHATS_BOT_ID'])
      if (!values[name]) problems.push(`${name}: is needed with AMOCRM_CHATS_CHANNEL_ID`)
  }
  const userbot = (values['TELEGRAM_MODE'] ?? 'userbot') === 'userbot'
  if (userbot) {
    for (const name of ['TELEGRAM_API_ID', 'TELEGRAM_API_HASH'])
      if (!values[name]) problems.push(`${name}: is needed while TELEGRAM_MODE is userbot`)
  } else {
    if (!values['TELEGRAM_BOT_TOKEN'])
      problems.push(`TELEGRAM_BOT_TOKEN: is needed while TELEGRAM_MODE is ${values['TELEGRAM_MODE']}`)
    if (isReal('TELEGRAM_BOT_TOKEN') && values['PUBLIC_URL']?.startsWith('http:'))
      problems.push('PUBLIC_URL: must begin with https:// with a real TELEGRAM_BOT_TOKEN')
  }
  if (userbot && isReal('TELEGRAM_API_HASH')) {
    if (!/^\d+$/.test(values['TELEGRAM_API_ID'] ?? '')) {
      problems.push('TELEGRAM_API_ID: must be a number with a real TELEGRAM_API_HASH')
    }
    if (!values['TELEGRAM_PHONE']) {
      problems.push('TELEGRAM_PHONE: is needed with a real TELEGRAM_API_HASH, for instance +79991234567')
    }
  }
  problems.push(...findForeignToken(values))
  return problems
}

/** A long-lived token says which service it is for: amoCRM and Kommo have addresses of their own. */
function findForeignToken(values: Record<string, string | undefined>): string[] {
  const { AMOCRM_API_KEY: token, AMOCRM_BASE_URL: address, AMOCRM_CLIENT_ID: oauth } = values
  if (!token || !address || oauth || isMock(token) || !URL.canParse(address)) return []
  const facts = readToken(token)
  if (!facts || fitsAddress(facts, address)) return []
  return [
    `AMOCRM_API_KEY: the token is of ${facts.domain} (account ${facts.accountId ?? 'unknown'}), and AMOCRM_BASE_URL is ${new URL(address).hostname}`,
  ]
}

export type Config = ReturnType<typeof readConfig>

/**
 * The API's settings out of environment variables. An empty variable counts as not set; NAME_FILE names a file with the
 * value.
 * @throws ConfigError with all problems at once
 */
export function readConfig(variables: Record<string, string | undefined>) {
  const { values, problems } = withFiles(variables)
  const parsed = environmentSchema.safeParse(values)
  problems.push(...findMissingCompanions(values))
  if ((values['NODE_ENV'] ?? 'production') === 'production') problems.push(...findPublicSecrets(values))
  if (!parsed.success) {
    const named = new Set(problems.map((problem) => problem.split(':')[0]!.replace(/_FILE$/, '')))
    const issues = parsed.error.issues.filter((issue) => !named.has(issue.path.join('.')))
    problems.unshift(...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`))
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  const env = parsed.data
  const simulator = (simPort: number) => `http://${env.SIM_HOST}:${simPort}`
  const password = env.DB_PASSWORD ? `:${encodeURIComponent(env.DB_PASSWORD)}` : ''
  const mocks = {
    amocrm: isMock(env.AMOCRM_CLIENT_ID ?? env.AMOCRM_API_KEY),
    telegram: isMock((env.TELEGRAM_MODE === 'userbot' ? env.TELEGRAM_API_HASH : env.TELEGRAM_BOT_TOKEN)!),
    google: isMock(env.GOOGLE_CLIENT_ID),
  }
  const amocrmUrl = mocks.amocrm ? simulator(env.SIM_AMOCRM_PORT) : env.AMOCRM_BASE_URL!.replace(/\/$/, '')
  return {
    production: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
    host: env.HOST,
    port: env.PORT,
    databaseUrl:
      env.DATABASE_URL ??
      `postgres://${encodeURIComponent(env.DB_USER)}${password}@${env.DB_HOST}:${env.DB_PORT}/${env.DB_NAME}`,
    redis: env.REDIS_HOST ? { host: env.REDIS_HOST, port: env.REDIS_PORT } : null,
    apiToken: env.API_TOKEN,
    /** Signs the turns that go to n8n, and opens nothing else. */
    dispatchSecret: env.DISPATCH_SECRET,
    appKey: Buffer.from(env.APP_KEY, 'base64'),
    /** Still opens what was sealed before the key was changed; null when there is none. */
    appKeyOld: env.APP_KEY_OLD ? Buffer.from(env.APP_KEY_OLD, 'base64') : null,
    n8nUrl: env.N8N_URL ?? `http://127.0.0.1:${env.N8N_PORT}`,
    /** Where the internet reaches this server, without a slash at the end; null: not at all. */
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    businessConfig: env.BUSINESS_CONFIG,
    quietHoursOn: env.QUIET_HOURS === 'on',
    /** Whether new dialogs, lookups and typing keep the pace of business.yaml; off in a demo, where nobody can be annoyed. */
    telegramPaceOn: env.TELEGRAM_PACE === 'on',
    /** Where voice messages are turned into text (OpenAI's /audio/transcriptions); null: nowhere. */
    transcription: env.TRANSCRIPTION_URL
      ? {
          url: env.TRANSCRIPTION_URL.replace(/\/+$/, ''),
          key: env.TRANSCRIPTION_KEY ?? null,
          model: env.TRANSCRIPTION_MODEL,
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
      /** Control address of the simulator, which tells its MTProto address and key, and is its Bot API; null with the real Telegram. */
      simulatorUrl: mocks.telegram ? simulator(env.SIM_TELEGRAM_CONTROL_PORT) : null,
    },
    google: { calendarEmail: env.GOOGLE_CALENDAR_EMAIL },
    models: { openai: env.OPENAI_MODEL, anthropic: env.ANTHROPIC_MODEL },
  }
}

type Environment = z.output<typeof environmentSchema>

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
  for (const name of Object.keys(environmentSchema.shape)) {
    const file = variables[`${name}_FILE`]
    try {
      const value = variables[name] || (file && readFileSync(file, 'utf8').trim())
      if (value) values[name] = value
    } catch (error) {
      problems.push(`${name}_FILE: the file cannot be read (${(error as NodeJS.ErrnoException).code})`)
    }
  }
  return { values, problems }
}
