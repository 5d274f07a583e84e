import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseEnv } from 'node:util'
import { ConfigError, readConfig } from '../settings/config.ts'
import { testVariables } from '../testing/test-config.ts'
import { findPublicSecrets } from './public-secrets.ts'

const repository = join(import.meta.dirname, '../../..')
const good = () => ({
  API_TOKEN: randomBytes(24).toString('hex'),
  DISPATCH_SECRET: randomBytes(24).toString('hex'),
  APP_KEY: randomBytes(32).toString('base64'),
  AMOCRM_WEBHOOK_SECRET: randomBytes(24).toString('hex'),
  DB_PASSWORD: randomBytes(24).toString('hex'),
  N8N_DB_PASSWORD: randomBytes(24).toString('hex'),
  N8N_BASIC_AUTH_PASSWORD: randomBytes(18).toString('base64'),
  N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
})
const named = (problems: string[]) => problems.map((problem) => problem.split(':')[0])
const problemsOf = (variables: Record<string, string | undefined>) => {
  try {
    readConfig(variables)
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    return error.problems
  }
  return []
}

test('values made as the documents say are taken', () => {
  for (let round = 0; round < 50; round += 1) assert.deepEqual(findPublicSecrets(good()), [])
})

test('every secret with a value in .env.example, now or before, is refused', () => {
  const example = parseEnv(readFileSync(join(repository, '.env.example'), 'utf8'))
  for (const name of Object.keys(good())) {
    for (const value of [
      'password123',
      'leads_password',
      'Password',
      'a'.repeat(32),
      example[name] || 'changeme',
    ])
      assert.deepEqual(named(findPublicSecrets({ ...good(), [name]: value })), [name], value)
  }
})

test('no secret of .env.example has a value at all: a copy of it opens nothing', () => {
  const example = parseEnv(readFileSync(join(repository, '.env.example'), 'utf8'))
  for (const name of Object.keys(good())) assert.equal(example[name], '', name)
})

test('all of them are named at once, with the command that makes a good one, and no value is shown', () => {
  const problems = findPublicSecrets({
    ...good(),
    DB_PASSWORD: 'leads_password',
    N8N_BASIC_AUTH_PASSWORD: 'password123',
    APP_KEY: Buffer.alloc(32, 1).toString('base64'),
  })
  assert.deepEqual(named(problems), ['APP_KEY', 'DB_PASSWORD', 'N8N_BASIC_AUTH_PASSWORD'])
  for (const problem of problems) assert.match(problem, /Make one: openssl rand /)
  assert.doesNotMatch(problems.join(), /leads_password|password123|AQEB/)
})

test('a secret that opens two doors is refused', () => {
  const given = good()
  assert.deepEqual(named(findPublicSecrets({ ...given, DISPATCH_SECRET: given.API_TOKEN })), [
    'DISPATCH_SECRET',
  ])
  assert.deepEqual(named(findPublicSecrets({ ...given, N8N_DB_PASSWORD: given.DB_PASSWORD })), [
    'N8N_DB_PASSWORD',
  ])
})

test('a production API refuses them together with everything else that is wrong; a test or a developer may have them', () => {
  const variables = {
    ...testVariables,
    ...good(),
    DATABASE_URL: 'postgres://leads:leads_password@postgres:5432/leads_db',
    DB_PASSWORD: 'password123',
    PORT: 'x',
  }
  assert.deepEqual(named(problemsOf({ ...variables, NODE_ENV: 'production' })), [
    'PORT',
    'DB_PASSWORD',
    'DATABASE_URL',
  ])
  assert.deepEqual(named(problemsOf({ ...variables, PORT: '', NODE_ENV: undefined })), [
    'DB_PASSWORD',
    'DATABASE_URL',
  ])
  assert.deepEqual(problemsOf({ ...variables, PORT: '', NODE_ENV: 'development' }), [])
})

test('what only looks like a secret is refused: repeats, sequences, words, examples, spaces, few characters', () => {
  for (const value of [
    'changemechangeme',
    'passwordpasswordpassword',
    'abababababababababababab',
    'abcabcabcabcabcabcabc',
    'replace-with-a-long-random-string',
    'replace-with-your-secret-here',
    '12345678901234567890',
    'abcdefghijklmnopqrstuvwx',
    'zyxwvutsrqponmlkjihgfedc',
    'qwertyuiopasdfghjkl',
    'leads_db',
    'seller@company.com',
    'Password123Password123!',
    'adminadmin2024',
    '000000000000000000000001',
    ' 3b9f0a1c7d5e42861c0f77ab ',
    'пароль123пароль123',
  ])
    assert.deepEqual(named(findPublicSecrets({ ...good(), API_TOKEN: value })), ['API_TOKEN'], value)
  const counting = Buffer.from(Array.from({ length: 32 }, (_, byte) => byte * 3)).toString('base64')
  assert.deepEqual(named(findPublicSecrets({ ...good(), APP_KEY: counting })), ['APP_KEY'])
})

test('a database without a password, with a guessed one anywhere in its address, or with that of another door is refused', () => {
  const given = good()
  const password = randomBytes(24).toString('hex')
  const at = (login: string, query = '') =>
    findPublicSecrets({ ...given, DATABASE_URL: `postgres://${login}@db/leads_db${query}` })
  assert.deepEqual(at(`leads:${password}`), [])
  assert.deepEqual(at('leads', `?password=${password}`), [])
  for (const problems of [
    at('leads'),
    at('leads', '?password=leads_password'),
    at(`leads:${password}`, '?password=changeme'),
    at(`leads:${given.API_TOKEN}`),
  ])
    assert.deepEqual(named(problems), ['DATABASE_URL'])
  assert.deepEqual(named(findPublicSecrets({ ...given, DB_HOST: 'postgres', DB_PASSWORD: '' })), [
    'DB_PASSWORD',
  ])
  for (const AMOCRM_CHATS_SECRET of ['changeme', given.API_TOKEN])
    assert.deepEqual(named(findPublicSecrets({ ...given, AMOCRM_CHATS_SECRET })), ['AMOCRM_CHATS_SECRET'])
})
