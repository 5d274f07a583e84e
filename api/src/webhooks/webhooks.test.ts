import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, test, type TestContext } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { eventData } from '@lead/contract'
import { eventTypes } from '@lead/contract/console-names'
import { createServer } from '../http/server.ts'
import { setControl } from '../leads/set-control.ts'
import { optOut } from '../leads/stop-writing.ts'
import { inTransaction } from '../database/pool.ts'
import { markBooked } from '../meetings/mark-booked.ts'
import { signIn } from '../testing/console-client.ts'
import { isProblem } from '../testing/http-client.ts'
import { addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { deliverEvents } from './deliver-events.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(async () => {
  await app.wipe()
  await db.query('truncate webhooks cascade')
  await addLead(db, 1)
})
const handOver = (reason = 'asked') =>
  inTransaction(db, (tx) =>
    setControl(tx, 1, { control: 'human', source: 'operator', by: 'olga@beacon.example', reason }),
  )

type Heard = { id: string; type: string; data: Record<string, unknown>; timestamp: string }

/** Somebody else's server: it believes only what is signed, and answers as it is told to. */
async function listen(t: TestContext, answers: number[] = []) {
  const heard: Heard[] = []
  let secret = ''
  const http = createHttpServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const headers = request.headers as Record<string, string>
      const body = new Webhook(secret).verify(Buffer.concat(chunks).toString(), headers) as Omit<Heard, 'id'>
      heard.push({ ...body, id: headers['webhook-id']! })
      response.writeHead(answers.shift() ?? 204).end()
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  t.after(() => http.close())
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/events`
  return { url, heard, trust: (given: string) => void (secret = given) }
}

/** An owner who has a webhook there. */
async function subscribe(
  t: TestContext,
  { events = [...eventTypes] as string[], answers = [] as number[] } = {},
) {
  const owner = await signIn(app, server, 'owner')
  const place = await listen(t, answers)
  const made = await owner.post('/console/webhooks', { url: place.url, events })
  assert.equal(made.status, 201, made.text)
  place.trust(String(made.body['secret']))
  const list = async () => {
    const answer = await owner.get('/console/webhooks')
    assert.ok(!answer.text.includes('whsec_'), 'the secret is shown once')
    return (answer.body['webhooks'] as Record<string, unknown>[])[0]!
  }
  return { owner, list, id: Number(made.body['id']), ...place }
}
const dueNow = () => db.query(`update webhook_deliveries set run_at = now() where state = 'pending'`)

test('each fact is told once, signed, by its type and with what the contract says', async (t) => {
  const { heard, list } = await subscribe(t)
  await handOver()
  await inTransaction(db, (tx) => optOut(tx, { leadId: 1, language: 'en', source: 'command' }))
  const meeting = await addMeeting(db, 1, offerIn(30))
  await db.query(`update calendar_events set status = 'booking' where id = $1`, [meeting.id])
  // The same word of Google twice, as after a crash.
  for (const _ of [1, 2]) await inTransaction(db, (tx) => markBooked(tx, meeting.id))
  await db.query(
    `update calendar_events set status = 'booking', previous_starts_at = starts_at, previous_ends_at = ends_at where id = $1`,
    [meeting.id],
  )
  await inTransaction(db, (tx) => markBooked(tx, meeting.id))

  assert.equal(await deliverEvents(app), 4)
  assert.deepEqual(heard.map(({ type }) => type).toSorted(), [
    'lead.handed_off',
    'lead.opted_out',
    'meeting.booked',
    'meeting.moved',
  ])
  for (const { type, data, timestamp } of heard) {
    eventData[type as keyof typeof eventData].parse(data)
    assert.ok(Date.parse(timestamp) > 0)
  }
  assert.deepEqual(heard.find(({ type }) => type === 'lead.handed_off')?.data, {
    leadId: 1,
    source: 'operator',
  })
  assert.equal(await deliverEvents(app), 0, 'told once')
  const { waiting, dead, lastError, lastSentAt } = await list()
  assert.deepEqual({ waiting, dead, lastError }, { waiting: 0, dead: 0, lastError: null })
  assert.ok(lastSentAt)
})

test('what is rolled back was never told; what nobody wants is not kept', async (t) => {
  const { heard } = await subscribe(t, { events: ['meeting.booked'] })
  await assert.rejects(
    inTransaction(db, async (tx) => {
      const meeting = await addMeeting(tx, 1, offerIn(30))
      await tx.query(`update calendar_events set status = 'booking' where id = $1`, [meeting.id])
      await markBooked(tx, meeting.id)
      throw new Error('the next step failed')
    }),
  )
  await handOver()
  assert.equal(await deliverEvents(app), 0)
  assert.deepEqual(heard, [])
  assert.deepEqual(await rowsOf(db, 'select from webhook_deliveries'), [])
})

test('one that answers badly is tried again as the same event, and one that hangs up holds up no other', async (t) => {
  const bad = await subscribe(t, { answers: [500, 503] })
  const good = await subscribe(t)
  await handOver()
  await deliverEvents(app)
  assert.equal(good.heard.length, 1)
  assert.match(String((await bad.list())['lastError']), /answered 500/)
  for (const _ of [1, 2]) {
    await dueNow()
    await deliverEvents(app)
  }
  assert.equal(good.heard.length, 1)
  assert.equal(bad.heard.length, 3)
  assert.equal(new Set(bad.heard.map(({ id }) => id)).size, 1)
})

test('one that is gone is told nothing more until a human resumes it; what was given up goes then, too', async (t) => {
  const { owner, id, heard, list } = await subscribe(t, { answers: [410] })
  await handOver('first')
  await deliverEvents(app)
  assert.match(String((await list())['stoppedReason']), /410/)
  await handOver('second')
  await dueNow()
  assert.equal(await deliverEvents(app), 0)
  await db.query(`update webhook_deliveries set state = 'dead', finished_at = now()`)
  assert.equal((await list())['dead'], 1)
  assert.equal((await owner.post(`/console/webhooks/${id}/resume`)).status, 200)
  await deliverEvents(app)
  assert.equal(heard.length, 2)
  assert.equal((await list())['stoppedReason'], null)
})

test('a test event comes at once; a dropped webhook is told nothing', async (t) => {
  const { owner, id, heard } = await subscribe(t)
  assert.equal((await owner.post(`/console/webhooks/${id}/test`)).status, 200)
  await deliverEvents(app)
  assert.deepEqual(
    heard.map(({ type }) => type),
    ['test'],
  )
  assert.equal((await owner.post(`/console/webhooks/${id}/drop`)).status, 200)
  await handOver()
  assert.equal(await deliverEvents(app), 0)
  isProblem(await owner.post(`/console/webhooks/${id}/test`), 'unknown-webhook', 404)
})

test('an address or an event that cannot be is refused with its field', async (t) => {
  const { owner, url } = await subscribe(t)
  const bad: [body: object, field: string][] = [
    [{ url: 'http://example.com/x', events: ['meeting.booked'] }, 'url'],
    [{ url: 'ftp://example.com', events: ['meeting.booked'] }, 'url'],
    [{ url: 'https://me:secret@example.com/', events: ['meeting.booked'] }, 'url'],
    [{ url: 'not an address', events: ['meeting.booked'] }, 'url'],
    [{ url, events: [] }, 'events'],
    [{ url, events: ['lead.sold'] }, 'events.0'],
    [{ url, events: ['meeting.booked', 'meeting.booked'] }, 'events'],
  ]
  for (const [body, field] of bad)
    isProblem(await owner.post('/console/webhooks', body), 'invalid-request', 400, field)
})
