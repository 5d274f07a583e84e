import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { get, type IncomingMessage } from 'node:http'
import { beforeEach, test, type TestContext } from 'node:test'
import { createServer } from '../http/server.ts'
import { origin, signIn } from '../testing/console-client.ts'
import { addInbound, addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { canGoOn, newestChange, readChanges } from './follow-changes.ts'

const app = await startTestApp()
const { db } = app
beforeEach(() => app.wipe())

type Event = { id: string; event: string; data: unknown }

async function serve(t: TestContext) {
  const server = await createServer(app)
  await server.listen({ port: 0, host: '127.0.0.1' })
  let isOpen = true
  const close = async () => {
    if (isOpen) await server.close()
    isOpen = false
  }
  t.after(close)
  return { server, port: (server.server.address() as AddressInfo).port, close }
}

/** A browser's EventSource, as far as it matters here: what came, and the last id. */
async function follow(port: number, cookie: string, lastId?: string) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...origin, cookie, ...(lastId ? { 'last-event-id': lastId } : {}) }
    get({ host: '127.0.0.1', port, path: '/console/changes', headers, agent: false }, resolve).on(
      'error',
      reject,
    )
  })
  const events: Event[] = []
  let text = ''
  let isOver = false
  answer.on('error', () => {})
  answer.on('close', () => (isOver = true))
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    const parts = text.split('\n\n')
    text = parts.pop() ?? ''
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1] ?? ''
      if (field('event'))
        events.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) })
    }
  })
  const until = async (what: string, probe: () => boolean) => {
    const end = Date.now() + 20_000
    while (!probe()) {
      if (Date.now() > end) assert.fail(`${what}: ${JSON.stringify(events)}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const changed = () =>
    events.flatMap(({ event, data }) => (event === 'changes' ? (data as { leadId: number }[]) : []))
  await until('hello', () => events.length > 0)
  return {
    status: answer.statusCode,
    events,
    changed,
    leads: () => [...new Set(changed().map(({ leadId }) => leadId))],
    lastId: () => events.at(-1)!.id,
    isOver: () => isOver,
    until,
    close: () => answer.destroy(),
  }
}

test('what changes is told within a second, in one stream for all kinds', async (t) => {
  const { server, port } = await serve(t)
  const { cookie } = await signIn(app, server, 'viewer')
  const stream = await follow(port, cookie()!)
  const started = performance.now()
  await addLead(db, 1)
  await addInbound(db, 1, 'Hello')
  await stream.until('the message', () => JSON.stringify(stream.changed()).includes('message'))
  t.diagnostic(`${Math.round(performance.now() - started)} ms`)
  assert.deepEqual(stream.leads(), [1])
  stream.close()
})

test('after a cut and a restart nothing is missing and nothing comes twice', async (t) => {
  const first = await serve(t)
  const { cookie } = await signIn(app, first.server, 'viewer')
  const before = await follow(first.port, cookie()!)
  await addLead(db, 1)
  await before.until('the first', () => before.leads().includes(1))
  const lastId = before.lastId()
  await first.close()
  await before.until('the stream ends with the server', before.isOver)
  await addLead(db, 2)
  await addLead(db, 3)
  const second = await serve(t)
  const stream = await follow(second.port, cookie()!, lastId)
  assert.deepEqual(stream.events[0]?.data, { stale: false })
  await addLead(db, 4)
  await stream.until('all that came since', () => stream.leads().includes(4))
  assert.deepEqual(stream.leads(), [2, 3, 4])
  assert.equal(stream.changed().length, 3, 'each once')
  stream.close()
})

/** The table of changes is held: whoever asks for a stream waits, as on a slow day. */
async function holdChanges() {
  const holder = await db.connect()
  await holder.query('begin')
  await holder.query('lock table console_changes in access exclusive mode')
  return {
    until: async (waiting: number) => {
      const end = Date.now() + 20_000
      for (;;) {
        const rows = await rowsOf(
          holder,
          `select from pg_locks where relation = 'console_changes'::regclass and not granted`,
        )
        if (rows.length === waiting) return
        if (Date.now() > end) assert.fail(`${rows.length} wait for the changes, not ${waiting}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    letGo: async () => {
      await holder.query('commit')
      holder.release()
    },
  }
}

test('who leaves while the stream is being opened is served no longer', async (t) => {
  const { server, port } = await serve(t)
  const { cookie } = await signIn(app, server, 'viewer')
  const held = await holdChanges()
  const headers = { ...origin, cookie: cookie()!, 'last-event-id': '1-1' }
  const asking = get({ host: '127.0.0.1', port, path: '/console/changes', headers, agent: false })
  asking.on('error', () => {})
  await held.until(1)
  asking.destroy()
  const connections = () =>
    new Promise<number>((resolve, reject) =>
      server.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    )
  while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await held.letGo()
  let questions = 0
  const count = () => (questions += 1)
  // The answer that was waited for is there when another one's is.
  const other = await follow(port, cookie()!, '1-1')
  other.close()
  while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await new Promise((resolve) => setTimeout(resolve, 300))
  db.on('acquire', count)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  db.off('acquire', count)
  assert.equal(questions, 0, 'nobody is there, so nothing is asked of the database')
})

test('a stream that is being opened while the server ends does not keep it from ending', async (t) => {
  const { server, port, close } = await serve(t)
  const { cookie } = await signIn(app, server, 'viewer')
  const held = await holdChanges()
  const stream = follow(port, cookie()!, '1-1')
  await held.until(1)
  const closing = close()
  while (server.server.listening) await new Promise((resolve) => setTimeout(resolve, 20))
  await held.letGo()
  await closing
  const { isOver, until } = await stream
  await until('the stream is over', isOver)
})

test('a change that is committed late, with an older number, is not passed by', async () => {
  const from = await newestChange(db)
  const slow = await db.connect()
  await slow.query('begin')
  await addLead(slow, 1)
  await addLead(db, 2)
  assert.deepEqual(await readChanges(db, from), [], 'an older transaction still runs')
  await slow.query('commit')
  slow.release()
  const changes = await readChanges(db, from)
  assert.deepEqual(
    changes.map(({ leadId }) => leadId),
    [1, 2],
  )
  assert.deepEqual(await readChanges(db, changes[1]!), [])
})

test('what is rolled back is told to nobody, and holds nobody up', async () => {
  const from = await newestChange(db)
  const client = await db.connect()
  await client.query('begin')
  await addLead(client, 1)
  await client.query('rollback')
  client.release()
  await addLead(db, 2)
  assert.deepEqual(
    (await readChanges(db, from)).map(({ leadId }) => leadId),
    [2],
  )
})

test('who was away for too long, or comes from another database, reads all anew', async (t) => {
  await addLead(db, 1)
  const here = { ...(await newestChange(db)), id: 0 }
  assert.equal(await canGoOn(db, here), true)
  assert.equal(await canGoOn(db, { tx: '3', id: 0 }), false, 'what came after it was forgotten')
  assert.equal(await canGoOn(db, { tx: '999999999999', id: 0 }), false, 'a number that is still to come')
  const { server, port } = await serve(t)
  const { cookie } = await signIn(app, server, 'viewer')
  const stream = await follow(port, cookie()!, '3-1')
  assert.deepEqual(stream.events[0], { ...stream.events[0], event: 'hello', data: { stale: true } })
  stream.close()
})

test('a seller is told of their own leads only', async (t) => {
  const { server, port } = await serve(t)
  const { cookie } = await signIn(app, server, 'seller', 'olga')
  await addLead(db, 1)
  await addLead(db, 2)
  await db.query(`update lead_heads set seller_id = 'olga' where lead_id = 2`)
  const stream = await follow(port, cookie()!)
  await addInbound(db, 1, 'Not yours')
  await addInbound(db, 2, 'Yours')
  await stream.until('the own one', () => stream.leads().includes(2))
  assert.deepEqual(stream.leads(), [2])
  stream.close()
})

test('one transaction that touches a lead in many ways tells of each kind once', async () => {
  const from = await newestChange(db)
  await addLead(db, 1)
  await db.query(`update leads set stage = 'contacted', updated_at = now() where id = 1`)
  const kinds = (await readChanges(db, from)).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['lead', 'lead'])
  assert.equal((await rowsOf(db, 'select from console_changes where lead_id = 1')).length, 2)
})
