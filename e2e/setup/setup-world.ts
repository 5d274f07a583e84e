import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { after } from 'node:test'
import { repository } from '../../local/settings/config.ts'
import { readEnvFile } from '../../local/settings/env-file.ts'
import { checkSetup } from '../../local/setup/check-setup.ts'
import type { Values } from '../../local/setup/part.ts'
import { runSetup } from '../../local/setup/run-setup.ts'
import { openInterview } from '../../local/terminal/interview.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { startTelegram } from '../../simulators/telegram/start.ts'
import { type Language, texts } from '../../texts/index.ts'
import { ask } from '../system.ts'

const calendar = 'anna@company.example'
const google = {
  clientId: '42-abc.apps.example',
  clientSecret: 'GOCSPX-of-this-client',
  refreshToken: '1//0-of-anna',
}
const botToken = '7000000042:AAE-the-token-of-a-bot-of-our-own-42'

/** The four simulators with accounts that look like real ones: no value begins with mock_, and wrong ones are refused. */
export async function startSetupWorld() {
  const amocrm = await startAmocrm({ port: 0, account: 'fresh', lang: 'ru' })
  const telegram = await startTelegram({ port: 0, controlPort: 0 })
  const llm = await startLlm({ port: 0 })
  const calendars = await startGoogle({
    port: 0,
    ...google,
    calendars: [{ id: calendar, timeZone: 'Europe/Moscow' }],
  })
  const folder = mkdtempSync(join(tmpdir(), 'lead-setup-'))
  after(async () => {
    await Promise.all([amocrm, telegram, llm, calendars].map((simulator) => simulator.close()))
    rmSync(folder, { recursive: true })
  })
  copyFileSync(join(repository, '.env.example'), join(folder, '.env.example'))
  const urls = { amocrm: amocrm.url, telegram: telegram.url, llm: llm.url, google: calendars.url }
  const control = async (simulator: keyof typeof urls, path: string, json: unknown = {}, method = 'POST') =>
    (await ask(`${urls[simulator]}/_sim/${path}`, { method, json })).body as Record<string, unknown>
  await control('telegram', 'bots', { firstName: 'Own', username: 'own_sales_bot', token: botToken })
  const amocrmToken = async (facts: { days: number; accountId?: number; domain?: string }) =>
    String((await control('amocrm', 'tokens/long-lived', facts))['token'])

  const envFile = join(folder, '.env')
  const ports = {
    place: { folder, envFile, dataDir: join(folder, '.data'), environment: {} },
    places: {
      telegram: telegram.url,
      google: { accounts: calendars.url, token: `${calendars.url}/token`, api: calendars.url },
    },
    now: () => new Date(),
    language: 'en' as Language,
  }
  const real: Values = {
    AMOCRM_BASE_URL: amocrm.url,
    AMOCRM_API_KEY: await amocrmToken({ days: 365 }),
    TELEGRAM_MODE: 'bot',
    TELEGRAM_BOT_TOKEN: botToken,
    OPENAI_BASE_URL: `${llm.url}/v1`,
    OPENAI_API_KEY: 'sk-proj-a-key-of-our-own-0123',
    ANTHROPIC_BASE_URL: llm.url,
    ANTHROPIC_API_KEY: 'sk-ant-a-key-of-our-own-4567',
    GOOGLE_CALENDAR_EMAIL: calendar,
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
    GOOGLE_REFRESH_TOKEN: google.refreshToken,
  }

  return {
    urls,
    control,
    amocrmToken,
    ports,
    envFile,
    real,
    secrets: Object.entries(real).flatMap(([name, value]) => (/KEY|TOKEN|SECRET/.test(name) ? [value] : [])),
    /** Writes .env anew, for its owner only. */
    write: (values: Values, more = '') => {
      rmSync(envFile, { force: true })
      const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`)
      writeFileSync(envFile, `${lines.join('\n')}\n${more}`)
      chmodSync(envFile, 0o600)
    },
    text: () => (existsSync(envFile) ? readFileSync(envFile, 'utf8') : ''),
    values: () => ({ ...readEnvFile(envFile) }),
    check: (now = new Date(), language: Language = 'en') =>
      checkSetup({ ...ports, language, now: () => now }),
    /** Plays the command: a line for each question. An address to log in at is opened, as a person does. */
    play: async (
      lines: string[],
      { language = 'en' as Language, ...changes }: Partial<typeof ports> & { language?: Language } = {},
    ) => {
      let output = ''
      const screen = new Writable({
        write(chunk, _encoding, done) {
          output += String(chunk)
          const [address] = /http:\S+\/o\/oauth2\/\S+/.exec(String(chunk)) ?? []
          if (address) void fetch(address).catch(() => {})
          done()
        },
      })
      const person = openInterview(Readable.from([lines.map((line) => `${line}\n`).join('')]), screen)
      const checked = await runSetup({
        ...ports,
        ...changes,
        language,
        person,
        text: texts[language].terminal.setup,
        signal: new AbortController().signal,
      })
      person.close()
      return { checked, output }
    },
  }
}
