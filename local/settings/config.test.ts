import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ConfigProblems, loadConfig, repository } from './config.ts'
import { effectiveVariables } from './service-environments.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-config-'))
const dataDir = join(folder, '.data')
after(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, '.env.example'), readFileSync(join(repository, '.env.example')))

const load = (environment: Record<string, string>) => loadConfig({ folder, dataDir, environment })
const problemsOf = (environment: Record<string, string>): string[] => {
  try {
    load(environment)
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems
    throw error
  }
  return []
}

test('without a .env everything is simulated, in memory, with an own database', () => {
  const config = load({})
  assert.deepEqual(config.simulators, ['amocrm', 'telegram', 'llm', 'google'])
  assert.equal(config.externalDatabaseUrl, undefined)
  assert.equal(config.settings.REDIS_HOST, undefined)
  assert.equal(config.notes.length, 2)
  assert.equal(config.settings.QUIET_HOURS, 'off')
  assert.equal(config.settings.TELEGRAM_PACE, 'off')
  assert.equal(effectiveVariables(config).OPENAI_BASE_URL, 'http://127.0.0.1:4030/v1')
})

test('secrets are made once and only their owner can read them', () => {
  const first = load({}).settings
  assert.equal(Buffer.from(first.APP_KEY, 'base64').length, 32)
  assert.equal(load({}).settings.API_TOKEN, first.API_TOKEN)
  assert.equal(statSync(join(dataDir, 'secrets.json')).mode & 0o777, 0o600)
  assert.equal(load({ API_TOKEN: 'a-token-of-the-user-1' }).settings.API_TOKEN, 'a-token-of-the-user-1')
})

test('a production start refuses public secrets, all at once; a developer may have them', () => {
  const given = {
    NODE_ENV: 'production',
    DB_PASSWORD: 'leads_password',
    N8N_BASIC_AUTH_PASSWORD: 'password123',
  }
  assert.deepEqual(
    problemsOf(given).map((problem) => problem.split(':')[0]),
    ['DB_PASSWORD', 'N8N_BASIC_AUTH_PASSWORD'],
  )
  assert.deepEqual(problemsOf({ ...given, NODE_ENV: 'development' }), [])
})

test('all problems come at once, each with its variable and an example', () => {
  const problems = problemsOf({ PORT: '99999', API_TOKEN: 'short', GOOGLE_CALENDAR_EMAIL: 'nobody' })
  assert.equal(problems.length, 3)
  assert.match(problems[0]!, /^PORT: must be between 0 and 65535.*Example: PORT=3000$/)
  assert.match(problems[1]!, /^API_TOKEN: must be at least 16 characters/)
  assert.match(problems[2]!, /^GOOGLE_CALENDAR_EMAIL: must be an e-mail address/)
})

test('a real value without its companions is a problem', () => {
  const problems = problemsOf({
    AMOCRM_API_KEY: 'real-key',
    TELEGRAM_API_HASH: '0123456789abcdef0123456789abcdef',
    GOOGLE_CLIENT_ID: '1.apps.googleusercontent.com',
  })
  assert.deepEqual(
    problems.map((problem) => problem.split(':')[0]),
    [
      'AMOCRM_BASE_URL',
      'TELEGRAM_API_ID',
      'GOOGLE_CLIENT_SECRET',
      'GOOGLE_REFRESH_TOKEN',
      'GOOGLE_CALENDAR_EMAIL',
    ],
  )
})

test('a real value takes its simulator away', () => {
  const config = load({ AMOCRM_API_KEY: 'real-key', AMOCRM_BASE_URL: 'https://mycompany.kommo.com/' })
  assert.deepEqual(config.simulators, ['telegram', 'llm', 'google'])
  assert.equal(config.settings.AMOCRM_BASE_URL, 'https://mycompany.kommo.com')
})

test('a real OpenAI key is n8n key too while that still is the mock', () => {
  const config = load({ OPENAI_API_KEY: 'sk-real', ANTHROPIC_API_KEY: 'sk-ant-real' })
  assert.equal(effectiveVariables(config).N8N_AI_OPENAI_API_KEY, 'sk-real')
  assert.equal(effectiveVariables(config).OPENAI_BASE_URL, 'https://api.openai.com/v1')
  assert.ok(!config.simulators.includes('llm'))
})

test('the environment wins over .env, and NAME_FILE gives the content of a file', () => {
  writeFileSync(join(folder, 'password'), 'from-a-file\n')
  writeFileSync(
    join(folder, '.env'),
    `PORT=3100\nN8N_PORT=5700\nDB_PASSWORD_FILE=${folder}/password\nTYPO=1\n`,
  )
  try {
    const config = load({ PORT: '3200' })
    assert.equal(config.settings.PORT, 3200)
    assert.equal(config.settings.N8N_PORT, 5700)
    assert.equal(config.settings.DB_PASSWORD, 'from-a-file')
    assert.ok(config.notes.some((note) => note.includes('TYPO')))
    assert.match(problemsOf({ DB_NAME_FILE: '/no/such/file' })[0]!, /^DB_NAME_FILE: .*ENOENT/)
  } finally {
    rmSync(join(folder, '.env'))
  }
})

test('a server of the user is used instead of an own one', () => {
  const url = 'postgres://a:brisk-otter@db.example.com/leads'
  assert.equal(load({ DATABASE_URL: url }).externalDatabaseUrl, url)
  const composed = load({ DB_HOST: 'localhost', DB_USER: 'a', DB_PASSWORD: 'p@ss' }).externalDatabaseUrl
  assert.equal(composed, 'postgres://a:p%40ss@localhost:5432/leads_db')
})
