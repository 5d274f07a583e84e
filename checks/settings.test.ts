import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { ConfigError, defaults, readConfig } from '../api/src/settings/config.ts'
import { variableNames } from '../api/src/settings/variables.ts'
import { ConfigProblems, loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'

const example = parseEnv(readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8'))
const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))

const secrets = {
  API_TOKEN: 'api-token-of-24-letters!',
  DISPATCH_SECRET: 'dispatch-secret-24-letter',
  APP_KEY: Buffer.from('an app key that has its 32 bytes').toString('base64'),
  AMOCRM_WEBHOOK_SECRET: 'webhook-secret-24-letters',
}

test('.env.example and the table of variables name the same ones', () => {
  // Two are never given but as a file.
  const names = Object.keys(example).map((name) =>
    name === 'GOOGLE_SERVICE_ACCOUNT_FILE' || name === 'GIGACHAT_CA_FILE' ? name.slice(0, -5) : name,
  )
  assert.deepEqual(names.toSorted(), variableNames.toSorted())
})

test('where the API does without a variable it takes what .env.example says', () => {
  // There they are the names of Compose; these two have no example and are told by one part to another.
  const own = new Set(['DB_HOST', 'DB_PASSWORD', 'HOST', 'SIM_HOST'])
  const different = Object.entries(defaults).filter(
    ([name, value]) => value !== null && !own.has(name) && example[name] !== value,
  )
  assert.deepEqual(different, [])
})

const namesOf = (problems: string[]) =>
  [...new Set(problems.map((problem) => problem.split(':')[0]!))].toSorted()

function refusedByApi(given: Record<string, string>): string[] {
  try {
    readConfig(given)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return namesOf(error.problems)
    throw error
  }
}

function refusedByLocal(given: Record<string, string>): string[] {
  try {
    loadConfig({ folder: dataDir, dataDir, environment: given })
    return []
  } catch (error) {
    if (error instanceof ConfigProblems) return namesOf(error.problems).filter((name) => name in defaults)
    throw error
  }
}

test('the API and `npm start` refuse the same, whatever is real, simulated, missing or wrong', () => {
  const values: Record<string, string[]> = {
    AMOCRM_API_KEY: ['mock_key', 'real'],
    AMOCRM_BASE_URL: ['https://mycompany.amocrm.ru', 'mycompany'],
    AMOCRM_CLIENT_ID: ['mock_id', 'a1b2'],
    AMOCRM_CLIENT_SECRET: ['mock_secret', 'real'],
    AMOCRM_REDIRECT_URI: ['https://mycompany.example/oauth/', 'nowhere'],
    AMOCRM_AUTH_CODE: ['code'],
    AMOCRM_REFRESH_TOKEN: ['token'],
    AMOCRM_CHATS_CHANNEL_ID: ['f62a0162'],
    AMOCRM_CHATS_SECRET: ['secret'],
    AMOCRM_CHATS_BOT_ID: ['bot'],
    TELEGRAM_MODE: ['userbot', 'bot', 'secretary', 'pigeon'],
    TELEGRAM_API_ID: ['mock_1', '12345', 'abc'],
    TELEGRAM_API_HASH: ['mock_hash', '0123456789abcdef0123456789abcdef', 'abc'],
    TELEGRAM_PHONE: ['+79990000001', '8 999'],
    TELEGRAM_BOT_TOKEN: ['mock_bot', `1:${'a'.repeat(35)}`, 'abc'],
    PUBLIC_URL: ['http://leads.example.com', 'https://leads.example.com'],
    GOOGLE_CLIENT_ID: ['mock_id', 'real'],
    GOOGLE_CALENDAR_EMAIL: ['seller@company.com', 'anna@beacon.example', 'anna'],
    PORT: ['3000', '0', '70000', 'x'],
    LOG_LEVEL: ['info', 'loud'],
    QUIET_HOURS: ['on', 'off', 'maybe'],
  }
  const environment = fc
    .record(
      Object.fromEntries(Object.entries(values).map(([name, some]) => [name, fc.constantFrom('', ...some)])),
    )
    .map((chosen) => ({ ...example, ...chosen, ...secrets }) as Record<string, string>)
    // What the API does without, `npm start` has from .env.example.
    .map((given) => {
      for (const name of ['TELEGRAM_MODE', 'PORT', 'LOG_LEVEL', 'QUIET_HOURS'])
        if (!given[name]) given[name] = example[name] ?? ''
      return given
    })
  fc.assert(
    fc.property(environment, (given) => {
      // `npm start` also looks at what only n8n needs with a real Google account.
      const whole = { ...given }
      if (given['GOOGLE_CLIENT_ID'] === 'real')
        Object.assign(whole, { GOOGLE_CLIENT_SECRET: 's', GOOGLE_REFRESH_TOKEN: 'r' })
      assert.deepEqual(refusedByLocal(whole), refusedByApi(given))
    }),
    { numRuns: 2000, seed: 12 },
  )
})
