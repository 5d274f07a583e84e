import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigError, readConfig } from './config.ts'
import { testConfig, testVariables } from '../testing/test-config.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-config-'))
after(() => rmSync(folder, { recursive: true }))

const realHash = '0123456789abcdef0123456789abcdef'

const problemsOf = (variables: Record<string, string | undefined>): string[] => {
  try {
    readConfig(variables)
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    for (const problem of error.problems) assert.ok(error.message.includes(problem))
    return error.problems
  }
  return []
}
const namesOf = (variables: Record<string, string | undefined>) =>
  [...new Set(problemsOf(variables).map((problem) => problem.split(':')[0]!))].sort()

test('with nothing set every needed variable is named at once', () => {
  assert.deepEqual(namesOf({}), [
    'AMOCRM_API_KEY',
    'AMOCRM_WEBHOOK_SECRET',
    'API_TOKEN',
    'APP_KEY',
    'DISPATCH_SECRET',
    'GOOGLE_CALENDAR_EMAIL',
    'GOOGLE_CLIENT_ID',
    'TELEGRAM_API_HASH',
    'TELEGRAM_API_ID',
  ])
})

test('wrong values are named at once, and no secret is shown', () => {
  const wrong = {
    ...testVariables,
    PORT: '70000',
    DB_PORT: 'abc',
    NODE_ENV: 'staging',
    DATABASE_URL: 'mysql://localhost/x',
    API_TOKEN: 'shortsecret',
    APP_KEY: 'c2hvcnRzZWNyZXQ=',
    GOOGLE_CALENDAR_EMAIL: 'nobody',
    N8N_URL: 'ftp://n8n',
  }
  assert.deepEqual(namesOf(wrong), [
    'API_TOKEN',
    'APP_KEY',
    'DATABASE_URL',
    'DB_PORT',
    'GOOGLE_CALENDAR_EMAIL',
    'N8N_URL',
    'NODE_ENV',
    'PORT',
  ])
  assert.doesNotMatch(problemsOf(wrong).join(), /shortsecret|c2hvcnRzZWNyZXQ/)
})

test('a real key needs what goes with it', () => {
  assert.deepEqual(namesOf({ ...testVariables, AMOCRM_API_KEY: 'real' }), ['AMOCRM_BASE_URL'])
  const telegram = { ...testVariables, TELEGRAM_API_HASH: realHash, TELEGRAM_API_ID: 'abc' }
  assert.deepEqual(namesOf(telegram), ['TELEGRAM_API_ID', 'TELEGRAM_PHONE'])
  assert.deepEqual(namesOf({ ...telegram, TELEGRAM_API_ID: '77', TELEGRAM_PHONE: '+79991234567' }), [])
})

test('what goes with a real key is named together with all else', () => {
  const wrong = {
    ...testVariables,
    AMOCRM_API_KEY: 'real',
    TELEGRAM_API_HASH: realHash,
    API_TOKEN: undefined,
    PORT: 'x',
  }
  assert.deepEqual(namesOf(wrong), [
    'AMOCRM_BASE_URL',
    'API_TOKEN',
    'PORT',
    'TELEGRAM_API_ID',
    'TELEGRAM_PHONE',
  ])
})

test('each integration switches alone', () => {
  const mocked = testConfig()
  assert.deepEqual(mocked.mocks, { amocrm: true, telegram: true, google: true })
  assert.equal(mocked.amocrm.baseUrl, 'http://127.0.0.1:4010')
  assert.equal(mocked.telegram.simulatorUrl, 'http://127.0.0.1:4021')
  const real = testConfig({ AMOCRM_API_KEY: 'real', AMOCRM_BASE_URL: 'https://beacon.amocrm.ru/' })
  assert.deepEqual(real.mocks, { amocrm: false, telegram: true, google: true })
  assert.equal(real.amocrm.baseUrl, 'https://beacon.amocrm.ru')
  assert.equal(testConfig({ GOOGLE_CLIENT_ID: 'real' }).mocks.google, false)
  const telegram = testConfig({
    TELEGRAM_API_HASH: realHash,
    TELEGRAM_API_ID: '77',
    TELEGRAM_PHONE: '+79991234567',
  })
  assert.equal(telegram.telegram.simulatorUrl, null)
  assert.equal(telegram.telegram.apiId, 77)
})

test('an empty variable counts as not set', () => {
  assert.deepEqual(namesOf({ ...testVariables, API_TOKEN: '' }), ['API_TOKEN'])
  const config = testConfig({ PORT: '', REDIS_HOST: '', N8N_URL: '' })
  assert.equal(config.port, 3000)
  assert.equal(config.redis, null)
  assert.equal(config.n8nUrl, 'http://127.0.0.1:5678')
})

test('the database is DATABASE_URL, else the DB_ parts, with any password', () => {
  assert.equal(testConfig().databaseUrl, testVariables.DATABASE_URL)
  const parts = testConfig({
    DATABASE_URL: undefined,
    DB_HOST: 'db',
    DB_PORT: '6000',
    DB_PASSWORD: 'p@ss/w:rd?',
  })
  const url = new URL(parts.databaseUrl)
  assert.equal(`${url.hostname}:${url.port}${url.pathname}`, 'db:6000/leads_db')
  assert.equal(decodeURIComponent(url.password), 'p@ss/w:rd?')
  assert.equal(
    testConfig({ DATABASE_URL: undefined, DB_HOST: 'db' }).databaseUrl,
    'postgres://leads@db:5432/leads_db',
  )
})

test('NAME_FILE names a file with the value, without its line end; the value itself wins', () => {
  const file = join(folder, 'token')
  writeFileSync(file, 'token-out-of-a-file\n')
  assert.equal(testConfig({ API_TOKEN: undefined, API_TOKEN_FILE: file }).apiToken, 'token-out-of-a-file')
  assert.equal(testConfig({ API_TOKEN_FILE: file }).apiToken, testVariables.API_TOKEN)
})

test('a file that cannot be read is a problem of its variable', () => {
  assert.deepEqual(
    namesOf({ ...testVariables, API_TOKEN: undefined, API_TOKEN_FILE: join(folder, 'absent') }),
    ['API_TOKEN_FILE'],
  )
})

test('a bot needs its token and nothing of the userbot; a public address must be safe', () => {
  const bot = {
    ...testVariables,
    TELEGRAM_MODE: 'bot',
    TELEGRAM_API_ID: undefined,
    TELEGRAM_API_HASH: undefined,
  }
  const real = { ...bot, TELEGRAM_BOT_TOKEN: '123456789:AAExampleExampleExampleExampleExample' }
  assert.deepEqual(namesOf(bot), ['TELEGRAM_BOT_TOKEN'])
  assert.deepEqual(namesOf({ ...bot, TELEGRAM_BOT_TOKEN: 'secret' }), ['TELEGRAM_BOT_TOKEN'])
  assert.deepEqual(namesOf({ ...real, PUBLIC_URL: 'http://api.example.com' }), ['PUBLIC_URL'])
  const { mocks, telegram, publicUrl } = readConfig({ ...real, PUBLIC_URL: 'https://api.example.com/' })
  assert.deepEqual(
    [mocks.telegram, telegram.simulatorUrl, publicUrl],
    [false, null, 'https://api.example.com'],
  )
  const simulated = readConfig({ ...bot, TELEGRAM_MODE: 'secretary', TELEGRAM_BOT_TOKEN: 'mock_bot' })
  assert.deepEqual([simulated.mocks.telegram, simulated.telegram.mode], [true, 'secretary'])
  assert.equal(simulated.telegram.simulatorUrl, 'http://127.0.0.1:4021')
})
