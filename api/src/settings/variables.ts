import { turnWorkflows } from '@lead/contract'
import { z } from 'zod'
import { fitsAddress, readToken } from '../amocrm/token-facts.ts'
import type { HttpWays } from '../outgoing/http-ways.ts'
import { type ProxyAddress, readProxyAddress, type TunnelProxy } from '../outgoing/proxy-address.ts'
import { readOtlpHeaders } from '../telemetry/settings.ts'
import { type ActingAccount, readServiceAccount, type ServiceAccount } from '../secrets/service-account.ts'

/** An integration whose credential starts with this runs against its simulator. */
export const isMock = (value: string) => value.startsWith('mock_')

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must be between 0 and 65535 (0: any free port)')
  .max(65_535, 'must be between 0 and 65535 (0: any free port)')
const hours = z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1')
const text = z.string('is empty').min(1, 'is empty')
const optional = z.string().optional()
const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional()
/** Must match to the letter what was registered: a slash at its end stays. */
const exactUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
  .optional()
const secret = z.string().min(16, 'must be at least 16 characters').optional()
const base64Key = z
  .string()
  .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
  .optional()
/** The content of a key file; settings pass it on as text. */
const keyFile = z
  .string()
  .superRefine((content, context) => {
    const read = readServiceAccount(content)
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: read })
  })
  .optional()
/** Holds a password: what is wrong with it is said without it. */
const proxy = z
  .string()
  .superRefine((given, context) => {
    const read = readProxyAddress(given)
    if (typeof read === 'string') context.addIssue({ code: 'custom', message: read })
  })
  .optional()
/** Holds a token: what is wrong with it is said without it. */
const otlpHeaders = z
  .string()
  .refine((given) => readOtlpHeaders(given) !== null, 'must be name=value pairs with commas between them')
  .optional()
const httpProxy = proxy.refine(
  (given) => given === undefined || /^https?:\/\/(?!(t|telegram)\.(me|dog)\/)/i.test(given),
  'must be http://host:port or https://host:port: n8n goes through it too. TELEGRAM_PROXY takes other kinds',
)
const isAuthKey = (given: string) => isMock(given) || Buffer.from(given, 'base64').toString().includes(':')
const databaseName = text.max(63, 'must be at most 63 characters')
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

/** Every variable of .env.example, what it may be, and an example for who got it wrong. `npm start` and the API read these. */
const publicVariables = {
  NODE_ENV: [
    z.enum(['production', 'development', 'test'], 'must be production, development or test'),
    'production',
  ],
  LOG_LEVEL: [
    z.enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    ),
    'info',
  ],
  QUIET_HOURS: [z.enum(['on', 'off'], 'must be on or off'), 'on'],
  TELEGRAM_PACE: [z.enum(['on', 'off'], 'must be on or off'), 'on'],
  BUSINESS_CONFIG: [optional, 'config/business.yaml'],
  PORT: [port, '3000'],
  DB_HOST: [text, 'localhost'],
  DB_PORT: [port, '5432'],
  DB_NAME: [databaseName, 'leads_db'],
  DB_USER: [databaseName, 'leads'],
  DB_PASSWORD: [optional, 'a-long-password'],
  DATABASE_URL: [
    z.url({ protocol: /^postgres(ql)?$/, error: 'must be an address with postgres://' }).optional(),
    'postgres://user:password@db.example.com:5432/leads_db',
  ],
  REDIS_HOST: [optional, 'localhost'],
  REDIS_PORT: [port, '6379'],
  API_TOKEN: [secret, '3f1c0a9b7d5e42861c0f'],
  DISPATCH_SECRET: [secret, '3f1c0a9b7d5e42861c0f'],
  APP_KEY: [base64Key, 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='],
  APP_KEY_OLD: [base64Key, 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8='],
  API_URL: [webUrl, 'http://127.0.0.1:3000'],
  N8N_URL: [webUrl, 'http://127.0.0.1:5678'],
  N8N_ELSEWHERE: [flag, 'false'],
  TURN_WORKFLOW: [z.enum(turnWorkflows, `must be ${turnWorkflows.join(' or ')}`), 'lead-processing'],
  N8N_EDITOR_URL: [webUrl, 'https://n8n.example.com'],
  PUBLIC_URL: [webUrl, 'https://leads.example.com'],
  AMOCRM_API_KEY: [text, 'mock_key_123'],
  AMOCRM_BASE_URL: [webUrl, 'https://mycompany.amocrm.ru'],
  AMOCRM_CLIENT_ID: [optional, 'a1b2c3d4-0000-0000-0000-000000000000'],
  AMOCRM_CLIENT_SECRET: [optional, 'the secret key of the integration'],
  AMOCRM_REDIRECT_URI: [exactUrl, 'https://mycompany.example/oauth'],
  AMOCRM_AUTH_CODE: [optional, 'the code, valid for 20 minutes'],
  AMOCRM_REFRESH_TOKEN: [optional, 'a refresh token'],
  AMOCRM_CHATS_CHANNEL_ID: [optional, 'f62a0162-46a6-00f1-1234-000000000000'],
  AMOCRM_CHATS_SECRET: [optional, 'the secret of the channel'],
  AMOCRM_CHATS_BOT_ID: [optional, 'the id of the bot'],
  AMOCRM_CHATS_URL: [webUrl, 'https://amojo.amocrm.ru'],
  AMOCRM_WEBHOOK_SECRET: [
    secret.refine(
      (value) => value === undefined || /^[\w-]+$/.test(value),
      'may hold letters, digits, - and _ only',
    ),
    '3f1c0a9b7d5e42861c0f',
  ],
  TELEGRAM_MODE: [z.enum(['userbot', 'bot', 'secretary'], 'must be userbot, bot or secretary'), 'userbot'],
  TELEGRAM_API_ID: [
    text.regex(/^(\d+|mock_.*)$/, 'must be the number from my.telegram.org, or mock_...').optional(),
    '1234567',
  ],
  TELEGRAM_API_HASH: [
    text
      .regex(/^([0-9a-f]{32}|mock_.*)$/, 'must be the 32 characters from my.telegram.org, or mock_...')
      .optional(),
    '0123456789abcdef0123456789abcdef',
  ],
  TELEGRAM_PHONE: [
    z
      .string()
      .regex(/^\+\d{7,15}$/, 'must be + and 7 to 15 digits')
      .optional(),
    '+79991234567',
  ],
  TELEGRAM_BOT_TOKEN: [
    z
      .string()
      .regex(/^(\d+:[\w-]{30,}|mock_.*)$/, 'must be a token from @BotFather, or mock_...')
      .optional(),
    '123456789:AAExampleExampleExampleExampleExample',
  ],
  TELEGRAM_PROXY: [proxy, 'socks5://user:password@proxy.example.com:1080'],
  HTTPS_PROXY: [httpProxy, 'http://user:password@proxy.example.com:3128'],
  HTTP_PROXY: [httpProxy, 'http://user:password@proxy.example.com:3128'],
  NO_PROXY: [
    z
      .string()
      .regex(/^[^/@\\]*$/, 'must be hosts with commas between them, without http://')
      .optional(),
    'localhost,.company.example,192.168.1.10',
  ],
  ALERTS_TELEGRAM_BOT_TOKEN: [
    z
      .string()
      .regex(/^(\d+:[\w-]{30,}|mock_.*)$/, 'must be a token from @BotFather, or mock_...')
      .optional(),
    '123456789:AAExampleExampleExampleExampleExample',
  ],
  ALERTS_SMTP_URL: [
    z.url({ protocol: /^smtps?$/, error: 'must be an address with smtp:// or smtps://' }).optional(),
    'smtps://alerts%40company.com:password@smtp.company.com:465',
  ],
  ALERTS_WEBHOOK_SECRET: [
    z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and at least 24 bytes in base64')
      .optional(),
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  ],
  BACKUP_EVERY_HOURS: [hours.optional(), '6'],
  BACKUP_KEEP: [
    z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1'),
    '14',
  ],
  BACKUP_DIR: [optional, '/var/backups/leads'],
  BACKUP_COPY_DIR: [optional, '/mnt/other-machine/leads'],
  BACKUP_PASSPHRASE: [
    z.string().min(12, 'must be at least 12 characters').optional(),
    'six words that nobody else has',
  ],
  OPENAI_API_KEY: [text, 'sk-...'],
  OPENAI_BASE_URL: [webUrl, 'https://api.openai.com/v1'],
  OPENAI_PROJECT: [optional, 'b1g0000000000000folder'],
  OPENAI_MODEL: [text, 'gpt-6-luna'],
  GIGACHAT_AUTH_KEY: [
    z
      .string()
      .refine(isAuthKey, 'must be the authorization key of the cabinet: client id and secret in base64')
      .optional(),
    'MTIzNDU2Nzg6c2VjcmV0',
  ],
  GIGACHAT_SCOPE: [
    z.enum(
      ['GIGACHAT_API_PERS', 'GIGACHAT_API_B2B', 'GIGACHAT_API_CORP'],
      'must be GIGACHAT_API_PERS, GIGACHAT_API_B2B or GIGACHAT_API_CORP',
    ),
    'GIGACHAT_API_PERS',
  ],
  GIGACHAT_CA: [
    z.string().includes('BEGIN CERTIFICATE', 'must be a certificate in PEM').optional(),
    '-----BEGIN CERTIFICATE-----..., or GIGACHAT_CA_FILE=/path/russian_trusted_root_ca.pem',
  ],
  ANTHROPIC_API_KEY: [text, 'sk-ant-...'],
  ANTHROPIC_BASE_URL: [webUrl, 'https://api.anthropic.com'],
  ANTHROPIC_MODEL: [text, 'claude-sonnet-5-5'],
  REVIEWER_URL: [webUrl, 'https://api.openai.com/v1'],
  REVIEWER_KEY: [optional, 'sk-...'],
  REVIEWER_MODEL: [text, 'gpt-6-luna'],
  OTEL_EXPORTER_OTLP_ENDPOINT: [webUrl, 'http://localhost:4318'],
  OTEL_EXPORTER_OTLP_HEADERS: [otlpHeaders, 'authorization=Bearer 1234,x-team=sales'],
  OTEL_SERVICE_NAME: [text, 'lead-processing-system'],
  TRANSCRIPTION_URL: [webUrl, 'https://api.openai.com/v1'],
  TRANSCRIPTION_KEY: [optional, 'sk-...'],
  TRANSCRIPTION_MODEL: [text, 'gpt-transcribe'],
  GOOGLE_CALENDAR_EMAIL: [z.email('must be an e-mail address'), 'seller@company.com'],
  GOOGLE_CLIENT_ID: [text, '1234-abc.apps.googleusercontent.com'],
  GOOGLE_CLIENT_SECRET: [text, 'GOCSPX-...'],
  GOOGLE_REFRESH_TOKEN: [text, '1//0...'],
  GOOGLE_SERVICE_ACCOUNT: [
    keyFile,
    '{"type":"service_account",...}, or GOOGLE_SERVICE_ACCOUNT_FILE=/path/key.json',
  ],
  GOOGLE_SERVICE_ACCOUNT_SUBJECT: [z.email('must be an e-mail address').optional(), 'seller@company.com'],
  N8N_PORT: [port, '5678'],
  N8N_BASIC_AUTH_ACTIVE: [flag, 'true'],
  N8N_BASIC_AUTH_USER: [text, 'admin'],
  N8N_BASIC_AUTH_PASSWORD: [
    z.string().min(8, 'must be at least 8 characters, or empty to have one made').optional(),
    'a-long-password',
  ],
  N8N_AI_OPENAI_API_KEY: [optional, 'sk-...'],
  N8N_ENCRYPTION_KEY: [secret, '3f1c0a9b7d5e42861c0f'],
  N8N_DB_NAME: [databaseName, 'n8n_db'],
  N8N_DB_USER: [databaseName, 'n8n'],
  N8N_DB_PASSWORD: [optional, 'a-long-password'],
  N8N_PUBLIC_API_DISABLED: [flag, 'true'],
  N8N_COMMUNITY_PACKAGES_ENABLED: [flag, 'false'],
  N8N_TEMPLATES_ENABLED: [flag, 'false'],
  EXECUTIONS_DATA_MAX_AGE: [hours, '720'],
  SIM_AMOCRM_PORT: [port, '4010'],
  SIM_TELEGRAM_PORT: [port, '4020'],
  SIM_TELEGRAM_CONTROL_PORT: [port, '4021'],
  SIM_LLM_PORT: [port, '4030'],
  SIM_GOOGLE_PORT: [port, '4040'],
} as const satisfies Record<string, readonly [z.ZodType, string]>

/** What one part of the system tells another, and nobody writes into .env. */
const innerVariables = {
  HOST: [text, '0.0.0.0'],
  SIM_HOST: [text, '127.0.0.1'],
} as const satisfies Record<string, readonly [z.ZodType, string]>

const variables = { ...publicVariables, ...innerVariables }

export type VariableName = keyof typeof variables
type PublicName = keyof typeof publicVariables
type SettingsOf<Name extends VariableName> = { [Each in Name]: z.output<(typeof variables)[Each][0]> }
export type Settings = SettingsOf<PublicName>

/** A value that such a variable may have. */
export const exampleOf = (name: VariableName): string => variables[name][1]

export const variableNames = Object.keys(publicVariables) as PublicName[]

/** Whether amoCRM is simulated: with OAuth the client's id says so, else the long-lived token. */
export const isAmocrmMock = (settings: Pick<Settings, 'AMOCRM_CLIENT_ID' | 'AMOCRM_API_KEY'>): boolean =>
  isMock(settings.AMOCRM_CLIENT_ID ?? settings.AMOCRM_API_KEY)

/** Whether the Telegram of the chosen mode is simulated. */
export const isTelegramMock = (
  settings: Pick<Settings, 'TELEGRAM_MODE' | 'TELEGRAM_API_HASH' | 'TELEGRAM_BOT_TOKEN'>,
): boolean =>
  isMock(
    (settings.TELEGRAM_MODE === 'userbot' ? settings.TELEGRAM_API_HASH : settings.TELEGRAM_BOT_TOKEN) ?? '',
  )

/** Whether Google is simulated: the service account's key says so, else the client of the OAuth login. */
export const isGoogleMock = (
  settings: Pick<Settings, 'GOOGLE_CLIENT_ID' | 'GOOGLE_SERVICE_ACCOUNT'>,
): boolean => {
  const account = accountOf(settings.GOOGLE_SERVICE_ACCOUNT)
  return isMock(account ? account.keyId : settings.GOOGLE_CLIENT_ID)
}

function accountOf(content: string | undefined): ServiceAccount | null {
  const read = content ? readServiceAccount(content) : null
  return typeof read === 'string' ? null : read
}

/**
 * The service account that acts as the owner of the calendar; null: the OAuth client is used.
 * @param tokenUrl of the simulator, where the account is a simulated one
 */
export function actingAccount(
  settings: Pick<
    Settings,
    'GOOGLE_SERVICE_ACCOUNT' | 'GOOGLE_SERVICE_ACCOUNT_SUBJECT' | 'GOOGLE_CALENDAR_EMAIL'
  >,
  tokenUrl: string,
): ActingAccount | null {
  const account = accountOf(settings.GOOGLE_SERVICE_ACCOUNT)
  return (
    account && {
      account,
      subject: settings.GOOGLE_SERVICE_ACCOUNT_SUBJECT ?? settings.GOOGLE_CALENDAR_EMAIL,
      tokenUrl: isMock(account.keyId) ? tokenUrl : account.tokenUrl,
    }
  )
}

/** What a variable with a proxy names; null: it is empty, or not to be read. */
export function proxyOf(given: string | undefined): ProxyAddress | null {
  const read = given ? readProxyAddress(given) : null
  return typeof read === 'string' ? null : read
}

/** What carries any connection; null also for an MTProxy. */
export function tunnelOf(given: string | undefined): TunnelProxy | null {
  const address = proxyOf(given)
  return address?.kind === 'mtproxy' ? null : address
}

/**
 * By which way requests over HTTP go out.
 * @param inner the hosts of this system's own parts, which ask each other directly
 */
export const httpWays = (
  settings: Pick<Settings, 'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY'>,
  inner: string[],
): HttpWays => ({
  https: tunnelOf(settings.HTTPS_PROXY),
  http: tunnelOf(settings.HTTP_PROXY),
  direct: [...(settings.NO_PROXY ?? '').split(/[,\s]+/).filter(Boolean), ...inner],
})

/** The variables of proxies are as often written in small letters. */
export const otherSpelling = (name: string): string =>
  /^(HTTPS?|NO)_PROXY$/.test(name) ? name.toLowerCase() : name

type Values = Record<string, string | undefined>

/** With a service account nobody logs in: the three values of the OAuth client may be left empty. */
const withoutLogin = {
  GOOGLE_CLIENT_ID: 'not-used',
  GOOGLE_CLIENT_SECRET: 'not-used',
  GOOGLE_REFRESH_TOKEN: 'not-used',
}

/**
 * The settings `names` out of their values, and one line for each problem: the variable, what is wrong, an example. No value is
 * shown. `settings` is undefined while a variable cannot be read at all; companions that are missing are problems beside it.
 */
export function readSettings<Name extends VariableName>(
  given: Values,
  names: readonly Name[],
): { settings: SettingsOf<Name> | undefined; problems: string[] } {
  const values = given['GOOGLE_SERVICE_ACCOUNT'] ? { ...withoutLogin, ...given } : given
  const wrong = new Map<string, string>()
  const settings: Record<string, unknown> = {}
  for (const name of names) {
    const schema: z.ZodType = variables[name][0]
    const parsed = schema.safeParse(values[name])
    if (parsed.success) settings[name] = parsed.data
    else wrong.set(name, parsed.error.issues.map(({ message }) => message).join(', '))
  }
  const unreadable = wrong.size > 0
  for (const { name, what } of findMissingCompanions(values))
    if ((names as readonly string[]).includes(name) && !wrong.has(name)) wrong.set(name, what)
  return {
    settings: unreadable ? undefined : (settings as SettingsOf<Name>),
    problems: [...wrong].map(([name, what]) => describeProblem(name, what)),
  }
}

export function describeProblem(name: string, what: string): string {
  const example = Object.entries(variables).find(([known]) => known === name)?.[1][1]
  return example === undefined ? `${name}: ${what}` : `${name}: ${what}. Example: ${name}=${example}`
}

/** A real value needs its companions, real too. Looked at apart from the schemas, so that all problems are named at once. */
function findMissingCompanions(values: Values): { name: VariableName; what: string }[] {
  const isSet = (name: VariableName) => !!values[name]
  const isReal = (name: VariableName) => isSet(name) && !isMock(values[name] ?? '')
  const problems: { name: VariableName; what: string }[] = []
  const need = (name: VariableName, why: string) => {
    if (!isSet(name)) problems.push({ name, what: `is needed ${why}` })
  }
  const allOrNone = (...names: VariableName[]) => {
    const real = names.find(isReal)
    for (const name of names)
      if (real && isSet(name) && !isReal(name))
        problems.push({ name, what: `is still a mock_ value while ${real} is real` })
  }

  const foreign = foreignToken(values)
  if (foreign) problems.push({ name: 'AMOCRM_API_KEY', what: foreign })
  const amocrmKey = isSet('AMOCRM_CLIENT_ID') ? 'AMOCRM_CLIENT_ID' : 'AMOCRM_API_KEY'
  if (isReal(amocrmKey)) need('AMOCRM_BASE_URL', `with a real ${amocrmKey}`)
  if (isSet('AMOCRM_CLIENT_ID')) {
    need('AMOCRM_CLIENT_SECRET', 'with AMOCRM_CLIENT_ID')
    need('AMOCRM_REDIRECT_URI', 'with AMOCRM_CLIENT_ID')
    if (!isSet('AMOCRM_REFRESH_TOKEN'))
      need('AMOCRM_AUTH_CODE', 'with AMOCRM_CLIENT_ID, or AMOCRM_REFRESH_TOKEN')
  }
  if (isSet('AMOCRM_CHATS_CHANNEL_ID')) {
    need('AMOCRM_CHATS_SECRET', 'with AMOCRM_CHATS_CHANNEL_ID')
    need('AMOCRM_CHATS_BOT_ID', 'with AMOCRM_CHATS_CHANNEL_ID')
  }
  if (values['N8N_ELSEWHERE'] === 'true') need('N8N_URL', 'while N8N_ELSEWHERE is true')
  const mode = values['TELEGRAM_MODE'] || 'userbot'
  if (mode === 'userbot') {
    need('TELEGRAM_API_ID', 'while TELEGRAM_MODE is userbot')
    need('TELEGRAM_API_HASH', 'while TELEGRAM_MODE is userbot')
    allOrNone('TELEGRAM_API_HASH', 'TELEGRAM_API_ID')
    if (isReal('TELEGRAM_API_HASH')) need('TELEGRAM_PHONE', 'with a real TELEGRAM_API_HASH')
  } else {
    need('TELEGRAM_BOT_TOKEN', `while TELEGRAM_MODE is ${mode}`)
    const address = proxyOf(values['TELEGRAM_PROXY'])
    if (address?.kind === 'mtproxy')
      problems.push({
        name: 'TELEGRAM_PROXY',
        what: `is an MTProxy, which carries no Bot API: while TELEGRAM_MODE is ${mode} it must be socks5:// or http://`,
      })
    if (isReal('TELEGRAM_BOT_TOKEN') && values['PUBLIC_URL']?.startsWith('http:'))
      problems.push({ name: 'PUBLIC_URL', what: 'must begin with https:// with a real TELEGRAM_BOT_TOKEN' })
  }
  const account = accountOf(values['GOOGLE_SERVICE_ACCOUNT'])
  if (!isSet('GOOGLE_SERVICE_ACCOUNT'))
    allOrNone('GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'GOOGLE_REFRESH_TOKEN')
  const realAccess = account ? !isMock(account.keyId) : isReal('GOOGLE_CLIENT_ID')
  if (realAccess && values['GOOGLE_CALENDAR_EMAIL'] === 'seller@company.com')
    problems.push({
      name: 'GOOGLE_CALENDAR_EMAIL',
      what: `is still the example while ${account ? 'the service account' : 'GOOGLE_CLIENT_ID'} is real: name your own calendar`,
    })
  return problems
}

/** A long-lived token says which service it is for: amoCRM and Kommo have addresses of their own. */
function foreignToken(values: Values): string | null {
  const { AMOCRM_API_KEY: token, AMOCRM_BASE_URL: address, AMOCRM_CLIENT_ID: oauth } = values
  if (!token || !address || oauth || isMock(token) || !URL.canParse(address)) return null
  const facts = readToken(token)
  if (!facts || fitsAddress(facts, address)) return null
  const account = facts.accountId ?? 'unknown'
  return `is a token of ${facts.domain} (account ${account}), and AMOCRM_BASE_URL is ${new URL(address).hostname}`
}
