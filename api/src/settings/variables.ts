import { z } from 'zod'

/** An integration whose credential starts with this runs against its simulator. */
export const isMock = (value: string) => value.startsWith('mock_')

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must be between 0 and 65535 (0: any free port)')
  .max(65_535, 'must be between 0 and 65535 (0: any free port)')
const hours = z.coerce.number('must be a number').int('must be a whole number').min(1, 'must be at least 1')
const text = z.string('is empty')
const optional = z.string().optional()
const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address with http:// or https://' })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional()
const secret = z.string().min(16, 'must be at least 16 characters, or empty to have one made').optional()
const base64Key = z
  .string()
  .refine(
    (value) => Buffer.from(value, 'base64').length === 32,
    'must be 32 bytes in base64, or empty to have one made',
  )
  .optional()
const databaseName = text.max(63, 'must be at most 63 characters')
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

/** Every variable of .env.example, what it may be, and an example for who got it wrong. */
const variables = {
  NODE_ENV: [
    z.enum(['production', 'development', 'test'], 'must be production, development or test'),
    'production',
  ],
  LOG_LEVEL: [optional, 'info'],
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
  PUBLIC_URL: [webUrl, 'https://leads.example.com'],
  AMOCRM_API_KEY: [text, 'mock_key_123'],
  AMOCRM_BASE_URL: [webUrl, 'https://mycompany.amocrm.ru'],
  AMOCRM_CLIENT_ID: [optional, 'a1b2c3d4-0000-0000-0000-000000000000'],
  AMOCRM_CLIENT_SECRET: [optional, 'the secret key of the integration'],
  AMOCRM_REDIRECT_URI: [webUrl, 'https://mycompany.example/oauth'],
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
    text.regex(/^(\d+|mock_.*)$/, 'must be the number from my.telegram.org, or mock_...'),
    '1234567',
  ],
  TELEGRAM_API_HASH: [
    text.regex(/^([0-9a-f]{32}|mock_.*)$/, 'must be the 32 characters from my.telegram.org, or mock_...'),
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
  OPENAI_API_KEY: [text, 'sk-...'],
  OPENAI_BASE_URL: [webUrl, 'https://api.openai.com/v1'],
  OPENAI_MODEL: [text, 'gpt-4.1-mini'],
  ANTHROPIC_API_KEY: [text, 'sk-ant-...'],
  ANTHROPIC_BASE_URL: [webUrl, 'https://api.anthropic.com'],
  ANTHROPIC_MODEL: [text, 'claude-sonnet-5'],
  TRANSCRIPTION_URL: [webUrl, 'https://api.openai.com/v1'],
  TRANSCRIPTION_KEY: [optional, 'sk-...'],
  TRANSCRIPTION_MODEL: [text, 'whisper-1'],
  GOOGLE_CALENDAR_EMAIL: [z.email('must be an e-mail address'), 'seller@company.com'],
  GOOGLE_CLIENT_ID: [text, '1234-abc.apps.googleusercontent.com'],
  GOOGLE_CLIENT_SECRET: [text, 'GOCSPX-...'],
  GOOGLE_REFRESH_TOKEN: [text, '1//0...'],
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

export type VariableName = keyof typeof variables
export type Settings = { [Name in VariableName]: z.output<(typeof variables)[Name][0]> }

export const variableNames = Object.keys(variables) as VariableName[]

/** Whether the Telegram of the chosen mode is simulated. */
export const isTelegramMock = (
  settings: Pick<Settings, 'TELEGRAM_MODE' | 'TELEGRAM_API_HASH' | 'TELEGRAM_BOT_TOKEN'>,
): boolean =>
  isMock(
    settings.TELEGRAM_MODE === 'userbot' ? settings.TELEGRAM_API_HASH : (settings.TELEGRAM_BOT_TOKEN ?? ''),
  )

/** The settings, or one line per problem: the variable, what is wrong, an example. */
export function readSettings(values: Record<string, string>): { settings?: Settings; problems: string[] } {
  const problems: string[] = []
  const settings: Record<string, unknown> = {}
  for (const name of variableNames) {
    const [schema, example] = variables[name]
    const parsed = (schema as z.ZodType).safeParse(values[name])
    if (parsed.success) settings[name] = parsed.data
    else
      for (const issue of parsed.error.issues)
        problems.push(`${name} ${issue.message}. Example: ${name}=${example}`)
  }
  if (problems.length) return { problems }
  problems.push(...findMissingCompanions(settings as Settings))
  return { settings: settings as Settings, problems }
}

/** A real value needs its companions real too. */
function findMissingCompanions(settings: Settings): string[] {
  const problems: string[] = []
  const complain = (name: VariableName, what: string) =>
    problems.push(`${name} ${what}. Example: ${name}=${variables[name][1]}`)
  const allOrNone = (...names: VariableName[]) => {
    const real = names.find((name) => !isMock(String(settings[name])))
    for (const name of names) {
      if (real && isMock(String(settings[name])))
        complain(name, `is still a mock_ value while ${real} is real`)
    }
  }
  allOrNone('TELEGRAM_API_HASH', 'TELEGRAM_API_ID')
  allOrNone('GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET', 'GOOGLE_REFRESH_TOKEN')
  const clientId = settings.AMOCRM_CLIENT_ID
  if (clientId && !isMock(clientId) && !settings.AMOCRM_BASE_URL) {
    complain('AMOCRM_BASE_URL', 'is needed with a real AMOCRM_CLIENT_ID')
  }
  if (clientId && !settings.AMOCRM_CLIENT_SECRET)
    complain('AMOCRM_CLIENT_SECRET', 'is needed with AMOCRM_CLIENT_ID')
  if (clientId && !settings.AMOCRM_REDIRECT_URI)
    complain('AMOCRM_REDIRECT_URI', 'is needed with AMOCRM_CLIENT_ID')
  if (clientId && !settings.AMOCRM_AUTH_CODE && !settings.AMOCRM_REFRESH_TOKEN)
    complain('AMOCRM_AUTH_CODE', 'or AMOCRM_REFRESH_TOKEN is needed with AMOCRM_CLIENT_ID')
  if (settings.AMOCRM_CHATS_CHANNEL_ID && !settings.AMOCRM_CHATS_SECRET)
    complain('AMOCRM_CHATS_SECRET', 'is needed with AMOCRM_CHATS_CHANNEL_ID')
  if (settings.AMOCRM_CHATS_CHANNEL_ID && !settings.AMOCRM_CHATS_BOT_ID)
    complain('AMOCRM_CHATS_BOT_ID', 'is needed with AMOCRM_CHATS_CHANNEL_ID')
  if (!clientId && !isMock(settings.AMOCRM_API_KEY) && !settings.AMOCRM_BASE_URL) {
    complain('AMOCRM_BASE_URL', 'is needed with a real AMOCRM_API_KEY')
  }
  if (settings.TELEGRAM_MODE === 'userbot') {
    if (!isMock(settings.TELEGRAM_API_HASH) && !settings.TELEGRAM_PHONE)
      complain('TELEGRAM_PHONE', 'is needed with a real TELEGRAM_API_HASH')
  } else if (!settings.TELEGRAM_BOT_TOKEN) {
    complain('TELEGRAM_BOT_TOKEN', `is needed while TELEGRAM_MODE is ${settings.TELEGRAM_MODE}`)
  } else if (!isMock(settings.TELEGRAM_BOT_TOKEN) && settings.PUBLIC_URL?.startsWith('http:')) {
    complain('PUBLIC_URL', 'must begin with https:// with a real TELEGRAM_BOT_TOKEN')
  }
  if (!isMock(settings.GOOGLE_CLIENT_ID) && settings.GOOGLE_CALENDAR_EMAIL === 'seller@company.com') {
    complain(
      'GOOGLE_CALENDAR_EMAIL',
      'is still the example while GOOGLE_CLIENT_ID is real: name your own calendar',
    )
  }
  return problems
}
