import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { createServer as createHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, test } from 'node:test'
import { watchIntegrations } from '../alerts/watch-integrations.ts'
import { createServer } from '../http/server.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { n8nConnected, n8nDisconnected } from './n8n-processes.ts'

/** n8n's door: it answers, whatever becomes of its workers. */
const door = createHttp((_request, response) => void response.writeHead(200).end('ok'))
await new Promise<void>((resolve) => void door.listen(0, '127.0.0.1', resolve))
after(() => void door.close())

let clock = Date.parse('2031-02-03T10:00:00Z')
const app = await startTestApp({ now: () => new Date(clock) })
app.config = { ...app.config, n8nUrl: `http://127.0.0.1:${(door.address() as AddressInfo).port}` }
const server = await createServer(app)
after(() => server.close())
beforeEach(() => app.wipe())

const headers = { authorization: `Bearer ${app.config.apiToken}` }
const pass = (seconds: number) => (clock += seconds * 1000)
/** What the workflow calendar-sync does once a minute. */
const beat = async (n8nProcess: string) => {
  const answer = await server.inject({
    method: 'POST',
    url: '/calendar/sync/plan',
    headers,
    payload: { n8nProcess },
  })
  assert.equal(answer.statusCode, 200, answer.body)
}
const ready = async () => {
  const answer = await server.inject({ url: '/ready', headers })
  assert.equal(answer.statusCode, 200)
  const { n8n, worker } = answer.json<Record<'n8n' | 'worker', { ok: boolean; detail?: string }>>()
  assert.equal(n8n.ok, true)
  return worker
}
const alerts = () =>
  rowsOf<{ detail: string; resolved: boolean }>(
    app.db,
    `select detail, resolved_at is not null as resolved from alerts where cause = 'integration:worker' order by id`,
  )

test('a worker that died is away when its next minute did not come, is told once, and told again when another one works', async () => {
  const [first, second] = [randomUUID(), randomUUID()]
  const look = watchIntegrations(app, 0)
  await n8nConnected(app, first)
  await beat(first)
  assert.deepEqual(await ready(), { ok: true })
  pass(60)
  await n8nDisconnected(app, first)
  assert.deepEqual(await ready(), { ok: true }, 'it may only be starting again')
  pass(20)
  const { ok, detail } = await ready()
  assert.equal(ok, false)
  assert.match(detail ?? '', /^no execution since 2031-02-03T10:00:00.000Z/)
  await look()
  assert.deepEqual(await alerts(), [], 'one look may be a hiccup')
  await look()
  await look()
  assert.deepEqual(
    (await alerts()).map(({ resolved }) => resolved),
    [false],
  )
  await n8nConnected(app, second)
  await beat(second)
  assert.deepEqual(await ready(), { ok: true })
  await look()
  assert.deepEqual(
    (await alerts()).map(({ resolved }) => resolved),
    [true],
  )
})

test('one that lives and missed a minute is not away; one that executes nothing is, after the second', async () => {
  const worker = randomUUID()
  await n8nConnected(app, worker)
  await beat(worker)
  pass(100)
  assert.deepEqual(await ready(), { ok: true })
  pass(60)
  assert.equal((await ready()).ok, false)
  await beat(worker)
  assert.deepEqual(await ready(), { ok: true })
})

test('of two workers one may die', async () => {
  const [dying, living] = [randomUUID(), randomUUID()]
  for (const one of [living, dying]) {
    await n8nConnected(app, one)
    await beat(one)
    pass(60)
  }
  await n8nDisconnected(app, dying)
  pass(20)
  assert.deepEqual(await ready(), { ok: true })
})

test('what a person executes in the editor is no beat, and a name that is none is refused', async () => {
  const plan = (payload: object) =>
    server.inject({ method: 'POST', url: '/calendar/sync/plan', headers, payload })
  assert.equal((await plan({})).statusCode, 200)
  assert.match((await ready()).detail ?? '', /no execution of calendar-sync was heard of yet/)
  assert.equal((await plan({ n8nProcess: 'me' })).statusCode, 400)
})
