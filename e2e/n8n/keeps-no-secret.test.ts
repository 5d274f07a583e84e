import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Client } from 'pg'
import { playLead } from '../../local/demo/play-lead.ts'
import { hookAddress } from '../../local/system/subscribe-hooks.ts'
import type { System } from '../../local/system/system.ts'
import { dumpDatabase, openN8nDatabase } from './dump-database.ts'
import { ask, startTestSystem, until } from '../system.ts'

const mock = (name: string) => `mock_${name}_${randomBytes(9).toString('hex')}`
/** Keys of outside services that nothing else in the system spells the same. */
const keys = {
  AMOCRM_API_KEY: mock('amocrm'),
  OPENAI_API_KEY: mock('openai'),
  N8N_AI_OPENAI_API_KEY: mock('openai'),
  ANTHROPIC_API_KEY: mock('anthropic'),
  TELEGRAM_API_HASH: mock('hash'),
  TELEGRAM_BOT_TOKEN: mock('bot'),
}
const named: (keyof System['config']['settings'])[] = [
  ...(Object.keys(keys) as (keyof typeof keys)[]),
  'API_TOKEN',
  'DISPATCH_SECRET',
  'APP_KEY',
  'AMOCRM_WEBHOOK_SECRET',
  'DB_PASSWORD',
  'N8N_DB_PASSWORD',
  'N8N_BASIC_AUTH_PASSWORD',
  'N8N_ENCRYPTION_KEY',
  'GOOGLE_CLIENT_SECRET',
  'GOOGLE_REFRESH_TOKEN',
]

describe('what n8n keeps after leads were served and turns have failed', () => {
  let system: System
  let database: Client
  before(async () => {
    system = await startTestSystem({}, keys)
    database = await openN8nDatabase(system)
    await playLead({ urls: system.urls, lang: 'en', print: () => {} })
    await failOnce('llm', ['No model answers here', 'Is anybody there?', 'Hello?', 'Please answer'])
    // While the busy times of another lead are still known, Google is not asked.
    await failOnce('google', [
      'Thursday afternoon works for me. When could we talk?',
      'Or on Friday morning?',
      'Next Tuesday after three is fine, too',
      'What about Wednesday at noon?',
      'Monday at ten would also do',
    ])
  })
  after(async () => {
    await database?.end()
    await system?.stop()
  })

  const executions = async () =>
    (
      await database.query<{ status: string; name: string; data: string | null }>(
        `select e.status, w.name, d.data from execution_entity e join workflow_entity w on w.id = e."workflowId"
         left join execution_data d on d."executionId" = e.id`,
      )
    ).rows

  /** A lead whose turn fails while the models, or Google, are out of order. */
  async function failOnce(what: 'llm' | 'google', says: string[]): Promise<void> {
    const username = `failing_${what}`
    const person = (
      await ask(`${system.urls.telegram}/_sim/people`, { json: { firstName: 'Ann', username } })
    ).body as { id: number }
    const contact = { name: 'Ann', telegram: `@${username}` }
    await ask(`${system.urls.amocrm}/_sim/leads`, { json: { name: 'Website request', contact } })
    await until('the first message', async () => {
      const chat = (await ask(`${system.urls.telegram}/_sim/people/${person.id}/chat`)).body
      return (chat as { messages: unknown[] }).messages.length > 0 ? true : null
    })
    const failed = async () => (await executions()).filter(({ status }) => status === 'error').length
    const seen = await failed()
    // Models answer with an error, Google not at all.
    const fault =
      what === 'llm'
        ? { fault: { status: 500 }, times: 200 }
        : { match: { path: '/calendar/v3/freeBusy' }, fault: { drop: true }, times: 200 }
    await ask(`${system.urls[what]}/_sim/faults`, { json: fault })
    let hasFailed = false
    for (const text of says) {
      await ask(`${system.urls.telegram}/_sim/people/${person.id}/say`, { json: { text } })
      const look = async () => ((await failed()) > seen ? true : null)
      hasFailed = await until('a failed execution', look, 60).catch(() => false)
      if (hasFailed) break
    }
    assert.ok(hasFailed, `an execution fails (${what})`)
    await ask(`${system.urls[what]}/_sim/faults`, { method: 'DELETE' })
  }

  const dump = () => dumpDatabase(database)

  test('no secret of the system is in its database, in any form that could be read back', async () => {
    const text = await dump()
    // What was said is in there: the dump is of what executions keep.
    assert.ok(text.includes('managers answer too slowly'), 'what the lead said')
    const settings = system.config.settings
    for (const name of named) {
      const secret = String(settings[name])
      assert.ok(secret.length >= 8, name)
      const forms = [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ]
      for (const form of forms) assert.ok(!text.includes(form), `${name} is in the database of n8n`)
    }
    assert.doesNotMatch(text, /ya29\.[\w-]{10}/, 'an access token of Google')
    assert.ok(!text.includes(system.config.superuserPassword))
  })

  test('what stands in the headers of a turn is worth nothing a minute later', async () => {
    const tickets = [...(await dump()).matchAll(/Bearer (?!realm)([\w-]+)\.([\w-]+)\.[\w-]+/g)]
    assert.ok(tickets.length > 0)
    for (const [, , claims = ''] of tickets) {
      const { iat, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, number>
      assert.equal(exp! - iat!, 60)
    }
  })

  test('the webhook of turns takes nothing but a ticket of the API', async () => {
    const url = `${system.urls.n8n}/webhook/lead-processing`
    const { API_TOKEN, DISPATCH_SECRET, AMOCRM_WEBHOOK_SECRET } = system.config.settings
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    const stale = /Bearer ([\w-]+\.[\w-]+\.[\w-]+)/.exec(await dump())![1]!
    await until(
      'that ticket is a minute old',
      async () => {
        const { exp } = JSON.parse(Buffer.from(stale.split('.')[1]!, 'base64url').toString()) as {
          exp: number
        }
        return Date.now() / 1000 > exp + 1 ? true : null
      },
      70,
    )
    for (const token of [
      undefined,
      API_TOKEN,
      DISPATCH_SECRET,
      AMOCRM_WEBHOOK_SECRET,
      `${none}.e30.`,
      stale,
    ]) {
      const { status } = await ask(url, { json: { turn: { id: 1 } }, ...(token ? { token } : {}) })
      assert.ok(status === 401 || status === 403, `${status}`)
    }
  })

  test('a turn that was given back is a failed execution with service, node and reason', async () => {
    const errors = (await executions()).filter(
      ({ status, name }) => status === 'error' && name === 'lead-processing',
    )
    const texts = errors.map(({ data }) => data ?? '').join('\n')
    assert.match(texts, /models, AI (classifier|sales): \w/)
    assert.match(texts, /google, Google: busy times: \w/)
  })

  // n8n notes the address of a request that it refuses: this is of requests that it took.
  test('the logs hold no secret either', () => {
    for (const name of ['api.log', 'n8n.log', 'provision.log']) {
      const text = readFileSync(join(system.config.dataDir, 'logs', name), 'utf8')
      for (const secret of named)
        assert.ok(!text.includes(String(system.config.settings[secret])), `${secret} is in ${name}`)
    }
  })

  test('hooks leave no execution behind, whoever sends them', async () => {
    const address = hookAddress(system.config, system.urls)
    const size = async () =>
      Number(
        (await database.query<{ n: string }>('select pg_database_size(current_database()) as n')).rows[0]!.n,
      )
    const small = await size()
    const large = `leads[add][0][name]=${'x'.repeat(1_100_000)}`
    const wrong = `${address.slice(0, -4)}0000`
    assert.equal((await ask(wrong, { form: 'leads[add][0][id]=1' })).status, 403)
    for (const form of ['leads[update][0][id]=1&note=mine', 'nonsense']) await ask(address, { form })
    for (const url of [address, wrong])
      for (let count = 0; count < 5; count += 1) {
        const { status } = await ask(url, { form: large })
        assert.ok(status >= 400, `${status}`)
      }
    assert.ok(!(await executions()).some(({ name }) => name === 'lead-intake'))
    assert.ok((await size()) - small < 2_000_000, 'nothing of ten bodies of 1.1 MB is kept')
  })
})
