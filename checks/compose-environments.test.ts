import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { parseEnv } from 'node:util'
import { readBusiness } from '../api/src/settings/business.ts'
import { readConfig } from '../api/src/settings/config.ts'
import { credentialVariables } from '../docker/credential-variables.mts'
import { deriveN8nVariables } from '../docker/n8n-variables.mts'
import { readCompose, readEnvironment } from '../docker/read-compose.mts'
import { loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { hostEnvironment } from '../local/processes/host-environment.ts'
import { n8nEnvironment, ownerEmail } from '../local/n8n/n8n.ts'
import { renderCredentials } from '../local/n8n/render-credentials.ts'
import { credentialVariables as localVariables } from '../local/settings/service-environments.ts'

const repository = join(import.meta.dirname, '..')
const { services } = readCompose(join(repository, 'docker-compose.yml'))
const variables = {
  ...(parseEnv(readFileSync(join(repository, '.env.example'), 'utf8')) as Record<string, string>),
  API_TOKEN: 'api-token-of-24-letters!',
  DISPATCH_SECRET: 'dispatch-secret-24-letters',
  APP_KEY: Buffer.from('an app key that has its 32 bytes').toString('base64'),
  AMOCRM_WEBHOOK_SECRET: 'webhook-secret-24-letters',
  N8N_ENCRYPTION_KEY: 'encryption-key-24-letters',
  DB_PASSWORD: 'database-password-24-letters',
  N8N_DB_PASSWORD: 'n8n-database-password-24-letters',
  N8N_BASIC_AUTH_PASSWORD: 'editor-password-24-letters',
}
const service = (name: string) => services[name] ?? assert.fail(`no service ${name}`)
/** What a container gets, with .env.example and the secrets as .env. */
const environmentOf = (name: string, given: Record<string, string> = variables) =>
  readEnvironment(service(name), given)

describe('what the containers are told', () => {
  const dataDir = makeTemporaryDataFolder()
  after(() => removeDataFolder(dataDir))
  const loadLocal = (given: Record<string, string> = {}) =>
    loadConfig({ dataDir, environment: { ...variables, ...given }, folder: dataDir })

  test('the API understands all of it', () => {
    const known = new Set<string | symbol>()
    const recorder = new Proxy({}, { get: (_target, name) => void known.add(name) })
    assert.throws(() => readConfig(recorder))
    const unread = Object.keys(service('api').environment).filter((name) => !known.has(name))
    assert.deepEqual(unread, [])

    const config = readConfig(environmentOf('api'))
    assert.equal(config.databaseUrl, 'postgres://leads:database-password-24-letters@postgres:5432/leads_db')
    assert.deepEqual(config.redis, { host: 'redis', port: 6379 })
    assert.equal(config.n8nUrl, 'http://n8n-webhook:5678')
    assert.equal(config.amocrm.baseUrl, 'http://simulators:4010')
    const { N8N_DB_PASSWORD, N8N_BASIC_AUTH_PASSWORD, N8N_ENCRYPTION_KEY, ...own } = environmentOf('migrate')
    assert.deepEqual(own, environmentOf('api'))
    // To be looked at only.
    for (const secret of [N8N_DB_PASSWORD, N8N_BASIC_AUTH_PASSWORD, N8N_ENCRYPTION_KEY]) assert.ok(secret)
  })

  test('n8n keeps its executions as long as we keep the traces of turns', () => {
    const hours = Number(environmentOf('n8n')['EXECUTIONS_DATA_MAX_AGE'])
    assert.equal(hours, readBusiness().retention.turnTracesDays! * 24)
  })

  test('n8n gets what `npm start` gives it, but for what containers and the queue change', () => {
    const config = loadLocal()
    const local = n8nEnvironment(config, 'postgres://leads:any@postgres:5432/leads_db')
    const inCompose = environmentOf('n8n')
    const ours = { ...inCompose, ...deriveN8nVariables(inCompose, (password) => `hash of ${password}`) }
    for (const name of Object.keys(hostEnvironment())) delete local[name]

    const onlyLocal = Object.keys(local).filter((name) => !(name in ours))
    assert.deepEqual(onlyLocal, ['N8N_LISTEN_ADDRESS'])
    const different = Object.keys(local).filter((name) => name in ours && local[name] !== ours[name])
    assert.deepEqual(different.toSorted(), [
      'CREDENTIALS_OVERWRITE_DATA',
      'EXECUTIONS_MODE',
      'N8N_EDITOR_BASE_URL',
      'N8N_INSTANCE_OWNER_PASSWORD_HASH',
      'N8N_RUNNERS_AUTH_TOKEN',
      'N8N_USER_FOLDER',
      'N8N_WEBHOOK_URL',
      'NODE_PATH',
    ])
    assert.equal(onSimulatorsHost(local.CREDENTIALS_OVERWRITE_DATA), ours.CREDENTIALS_OVERWRITE_DATA)
    assert.equal(ours.N8N_INSTANCE_OWNER_PASSWORD_HASH, 'hash of editor-password-24-letters')
    for (const name of ['n8n-webhook', 'n8n-worker']) assert.deepEqual(environmentOf(name), inCompose)
    assert.equal(environmentOf('n8n-init').DB_POSTGRESDB_DATABASE, inCompose.DB_POSTGRESDB_DATABASE)
  })

  test('n8n is told of real accounts, https and a database server elsewhere', () => {
    const derive = (given: Record<string, string>) =>
      deriveN8nVariables(environmentOf('n8n', { ...variables, ...given }), () => '')
    assert.equal(derive({ GOOGLE_CLIENT_ID: 'real' }).CREDENTIALS_OVERWRITE_DATA, undefined)
    assert.equal(derive({}).N8N_SECURE_COOKIE, 'false')
    assert.equal(derive({ N8N_URL: 'https://n8n.example.com' }).N8N_SECURE_COOKIE, 'true')
    const elsewhere = derive({ DATABASE_URL: 'postgres://me:p%40ss@db.example.com/leads_db' })
    assert.deepEqual([elsewhere.DB_POSTGRESDB_HOST, elsewhere.DB_POSTGRESDB_PORT], ['db.example.com', '5432'])
    assert.ok(!JSON.stringify(elsewhere).includes('p@ss'), 'the login of the API is not for n8n')
    for (const N8N_BASIC_AUTH_USER of ['admin', 'boss@example.org']) {
      assert.equal(
        derive({ N8N_BASIC_AUTH_USER }).N8N_INSTANCE_OWNER_EMAIL,
        ownerEmail(loadLocal({ N8N_BASIC_AUTH_USER })),
      )
    }
  })

  const keys = {
    'all simulated': {},
    'real OpenAI': { OPENAI_API_KEY: 'sk-1', N8N_AI_OPENAI_API_KEY: 'mock_x' },
    'a key of its own for n8n': { OPENAI_API_KEY: 'mock_x', N8N_AI_OPENAI_API_KEY: 'sk-2' },
    'real Anthropic': { ANTHROPIC_API_KEY: 'sk-ant-1' },
    "addresses of one's own": {
      N8N_AI_OPENAI_API_KEY: 'sk-2',
      OPENAI_BASE_URL: 'https://llm.example.com/v1',
    },
  }
  for (const [what, given] of Object.entries(keys)) {
    test(`the credentials of n8n are those of \`npm start\`: ${what}`, () => {
      const render = (values: Record<string, string>) =>
        renderCredentials(join(repository, 'n8n/credentials'), values)
      const API_URL = 'http://api:3000'
      const compose = render(credentialVariables(environmentOf('n8n-init', { ...variables, ...given })))
      const local = render({ ...localVariables(loadLocal(given)), API_URL })
      assert.deepEqual(compose, JSON.parse(onSimulatorsHost(JSON.stringify(local))))
    })
  }
})

/** In compose the simulators have a host of their own. */
function onSimulatorsHost(text = ''): string {
  return text
    .replaceAll(/127\.0\.0\.1:(40\d\d)/g, 'simulators:$1')
    .replace('"allowedDomains":"127.0.0.1"', '"allowedDomains":"simulators"')
}
