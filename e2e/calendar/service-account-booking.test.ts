import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { googleTokenClient } from '../../api/src/secrets/google-token-client.ts'
import { makeKeyFile } from '../../api/src/testing/service-account-key.ts'
import type { System } from '../../local/system/system.ts'
import { dumpDatabase, openN8nDatabase } from '../n8n/dump-database.ts'
import { ask, startTestSystem, until } from '../system.ts'

type Line = { from: 'person' | 'seller'; text: string }
type Event = {
  status: string
  attendees?: { email: string }[]
  hangoutLink?: string
  extendedProperties?: { private?: { leadId?: string } }
}

describe("a booking by Google's service account, through n8n's unchanged nodes and credential", () => {
  const key = makeKeyFile()
  let system: System
  before(async () => {
    system = await startTestSystem({}, { GOOGLE_SERVICE_ACCOUNT: key.content })
  })
  after(() => system?.stop())

  const said = async (id: number) =>
    (
      (await ask(`${system.urls.telegram}/_sim/people/${id}/chat`)).body as { messages: Line[] }
    ).messages.filter((line) => line.from === 'seller')
  async function talk(id: number, text: string): Promise<string> {
    const known = (await said(id)).length
    await ask(`${system.urls.telegram}/_sim/people/${id}/say`, { json: { text } })
    await until(`an answer to "${text}"`, async () => (await said(id)).length > known, 90)
    return (await said(id)).at(-1)!.text
  }
  const register = (scopes: string[] | null) =>
    ask(`${system.urls.google}/_sim/service-accounts`, {
      json: { email: key.email, keys: [{ id: key.id, publicKey: key.publicKey }], scopes },
    })

  test('the lead is booked with guest and Meet room; Google saw signed assertions only', async () => {
    const username = 'olga_account'
    const { id } = (
      await ask(`${system.urls.telegram}/_sim/people`, { json: { firstName: 'Ольга', username } })
    ).body as { id: number }
    const contact = { name: 'Ольга', telegram: username, email: 'olga@mail.example' }
    const { leadId } = (await ask(`${system.urls.amocrm}/_sim/leads`, { json: { name: 'Заявка', contact } }))
      .body as { leadId: number }
    await until('the first message', async () => (await said(id)).length > 0, 90)
    assert.match(await talk(id, 'Давайте встретимся, когда можно?'), /^1\) /m)
    await talk(id, 'Давайте первый вариант')
    const event = await until('the event', async () =>
      ((await ask(`${system.urls.google}/_sim/events`)).body as Event[]).find(
        (one) => one.extendedProperties?.private?.leadId === String(leadId),
      ),
    )
    assert.deepEqual(
      event.attendees?.map(({ email }) => email),
      ['olga@mail.example'],
    )
    assert.match(event.hangoutLink ?? '', /^https:\/\/meet\.google\.com\//)
    const { entries } = (await ask(`${system.urls.google}/_sim/journal`)).body as {
      entries: { kind: string; grant?: string; ok?: boolean }[]
    }
    const grants = entries.filter(({ kind }) => kind === 'token')
    assert.ok(grants.length > 0)
    for (const { grant, ok } of grants)
      assert.deepEqual([grant, ok], ['urn:ietf:params:oauth:grant-type:jwt-bearer', true])
  })

  test('a delegation that is taken back is a lost calendar, and heals when it is given again', async () => {
    type Calendars = { calendars: { connected: boolean; reason: string | null }[] }
    const calendar = async () =>
      (
        (await ask(`${system.urls.api}/calendars`, { token: system.config.settings.API_TOKEN }))
          .body as Calendars
      ).calendars[0]!
    await register(null)
    await ask(`${system.urls.google}/_sim/tokens/expire`, { method: 'POST' })
    const lost = await until(
      'the sync notices the loss',
      async () => {
        const state = await calendar()
        return state.connected ? null : state
      },
      150,
    )
    assert.match(lost.reason ?? '', /npm run google -- check/)
    await register(['events', 'freebusy'].map((name) => `https://www.googleapis.com/auth/calendar.${name}`))
    await until('the sync notices that it is back', async () => (await calendar()).connected, 150)
  })

  test('the private key, its client secret and access tokens stand in no execution, database or log', async () => {
    const database = await openN8nDatabase(system)
    const text = await dumpDatabase(database)
    await database.end()
    assert.ok(text.includes('когда можно'), 'what the lead said: the dump is of what executions keep')
    const logs = ['api.log', 'n8n.log', 'provision.log', 'simulators.log'].map((name) =>
      readFileSync(join(system.config.dataDir, 'logs', name), 'utf8'),
    )
    const { API_TOKEN } = system.config.settings
    const lines = key.privateKey.split('\n').filter((line) => line.length > 40 && !line.startsWith('-'))
    assert.ok(lines.length > 10)
    const secrets = [...lines, googleTokenClient(API_TOKEN).GOOGLE_CLIENT_SECRET, API_TOKEN]
    for (const [index, place] of [text, ...logs].entries())
      for (const secret of [
        ...secrets,
        ...secrets.map((one) => Buffer.from(one).toString('base64').slice(0, 40)),
      ])
        assert.ok(!place.includes(secret), `a secret is in place ${index}`)
    assert.doesNotMatch(text, /ya29\.[\w-]{5}|PRIVATE KEY/)
  })
})
