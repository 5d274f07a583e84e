import type { GoogleAnswer, Offer, TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { createAmocrm } from '../amocrm/client.ts'
import { deliverUpdate } from '../amocrm/deliver-update.ts'
import { createServer } from '../http/server.ts'
import { deliverDue } from '../outbox/deliver.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { createClient, isProblem } from '../testing/http-client.ts'
import { addLead, addMeeting, claimAll, offerIn, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { completeTurn } from '../turns/complete-turn.ts'
import { sendTurnMessage, updateCrmForTurn } from '../turns/turn-effects.ts'
import { advanceBooking } from './advance-booking.ts'
import type { Meeting } from './google-event.ts'

const amocrm = await startAmocrmServer()
const app = await startTestApp({ amocrm: createAmocrm({ baseUrl: amocrm.url, token: 'none' }) })
const { db } = app
const { ask, post } = createClient(await createServer(app), app.config.apiToken)
const slot = offerIn(24)
const later = offerIn(48)
let meeting: Meeting

beforeEach(async () => {
  await app.wipe()
  amocrm.requests.length = 0
  await addLead(db, 1)
  await addLead(db, 2)
  meeting = await addMeeting(db, 1, slot, { meet_link: 'https://meet.example/x' })
})

const move = (startsAt: string, more: object = {}) =>
  post(`/meetings/${meeting.id}/move`, { startsAt, by: 'Анна', ...more })
const cancel = (more: object = {}) => post(`/meetings/${meeting.id}/cancel`, { by: 'Анна', ...more })
const event = ({ start }: Offer): GoogleAnswer => ({
  status: 200,
  body: {
    id: meeting.google_event_id,
    status: 'confirmed',
    etag: '"8"',
    start: { dateTime: start },
    extendedProperties: { private: { leadId: '1' } },
  },
})
const freeBusy = (...busy: Offer[]): GoogleAnswer => ({
  status: 200,
  body: { calendars: { [meeting.calendar_id]: { busy } } },
})
const alone: GoogleAnswer = { status: 200, body: { items: [] } }
const said = async () =>
  rowsOf<{ author: string; text: string }>(db, 'select author, text from messages order by id')
const row = async () =>
  (await rowsOf<{ status: string; starts_at: Date }>(db, 'select * from calendar_events'))[0]!

/** What n8n does with a turn that is decided already. */
async function carryOut(...answers: GoogleAnswer[]): Promise<{ lease: TurnLease; steps: string[] }> {
  const [turn, ...others] = await claimAll(db)
  assert.equal(others.length, 0)
  const lease = { turnId: turn!.id, fencing: turn!.fencing }
  const steps = [(await advanceBooking(app, lease)).next as string]
  for (const answer of answers) steps.push((await advanceBooking(app, lease, answer)).next)
  if (steps.at(-1) === 'done') {
    await sendTurnMessage(app, lease)
    await updateCrmForTurn(app, lease)
    await completeTurn(app, lease)
  }
  return { lease, steps }
}

test('a human moves a meeting: Google first, then the lead, the card and the reminder', async () => {
  assert.equal((await move(later.start)).status, 202)
  assert.deepEqual(await said(), [], 'nothing is said before Google has agreed')
  const { steps } = await carryOut(event(slot), freeBusy(slot), event(later), alone)
  assert.deepEqual(steps, ['find', 'check', 'move', 'recheck', 'done'])
  const { status, starts_at } = await row()
  assert.deepEqual([status, starts_at.toISOString()], ['booked', later.start])
  const [line, ...more] = await said()
  assert.equal(more.length, 0)
  assert.equal(line!.author, 'system')
  assert.match(line!.text, /^Встреча перенесена\. Новое время: .+\.\nСсылка на встречу: https/)
  const [timer] = await rowsOf(db, `select kind from turns where state = 'pending'`)
  assert.equal(timer!['kind'], 'reminder')
})

test('a human cancels a meeting', async () => {
  assert.equal((await cancel()).status, 202)
  const { steps } = await carryOut({ status: 204 })
  assert.deepEqual(steps, ['remove', 'done'])
  assert.equal((await row()).status, 'cancelled')
  assert.match((await said())[0]!.text, /^Встреча отменена/)
})

test('the lead is told as the business or the human wants it, and never after an opt-out', async () => {
  const cases: [lead: string, body: object, told: boolean][] = [
    [`control = 'ai'`, { tellLead: false }, false],
    [`control = 'human'`, {}, false],
    [`control = 'human'`, { tellLead: true }, true],
    [`opted_out_at = now()`, { tellLead: true }, false],
  ]
  for (const [lead, body, told] of cases) {
    await app.wipe()
    await addLead(db, 1, { language: 'en' })
    meeting = await addMeeting(db, 1, slot)
    await db.query(`update leads set ${lead}`)
    assert.equal((await cancel(body)).status, 202)
    await carryOut({ status: 204 })
    assert.equal((await row()).status, 'cancelled')
    assert.equal((await said()).length, told ? 1 : 0, `${lead} ${JSON.stringify(body)}`)
  }
})

test('something else is in the calendar then: the meeting stays, a task says so, the assistant keeps the lead', async () => {
  await move(later.start)
  const { steps } = await carryOut(event(slot), freeBusy(later))
  assert.deepEqual(steps, ['find', 'check', 'stop'])
  const { status, starts_at } = await row()
  assert.deepEqual([status, starts_at.toISOString()], ['booked', slot.start])
  assert.deepEqual(await said(), [])
  const [task] = await rowsOf(
    db,
    `select payload ->> 'text' as text from outbox where payload ->> 'kind' = 'task'`,
  )
  assert.match(task!['text'] as string, /в Google Календаре занято/)
  assert.equal((await rowsOf(db, 'select control from leads where id = 1'))[0]!['control'], 'ai')
})

test('what cannot be: 404, 409, 400', async () => {
  isProblem(await post('/meetings/999999/cancel', { by: 'Анна' }), 'unknown-meeting', 404)
  isProblem(await move(slot.start), 'conflict', 409)
  isProblem(await move('2020-01-01T10:00:00Z'), 'conflict', 409)
  isProblem(await move('tomorrow'), 'invalid-request', 400, 'startsAt')
  await addMeeting(db, 2, later)
  isProblem(await move(later.start), 'conflict', 409)
  assert.deepEqual(await rowsOf(db, 'select from turns'), [], 'nothing is left behind')
  await runningTurn(db, 1)
  isProblem(await cancel(), 'conflict', 409)
  await db.query(`update calendar_events set status = 'cancelled' where lead_id = 1`)
  isProblem(await cancel(), 'conflict', 409)
})

test('of two humans one wins', async () => {
  const answers = await Promise.all([move(later.start), cancel(), move(offerIn(72).start)])
  assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [202, 409, 409])
})

test('GET /bookings: of a span of time, by seller and status', async () => {
  await addMeeting(db, 2, offerIn(30, 'pavel'), { status: 'cancelled' })
  const list = async (query: string) =>
    ((await ask('GET', `/meetings?${query}`)).body as { meetings: { leadId: number }[] }).meetings.map(
      (one) => one.leadId,
    )
  assert.deepEqual(await list(''), [1, 2])
  assert.deepEqual(await list('status=booked'), [1])
  assert.deepEqual(await list('sellerId=pavel'), [2])
  assert.deepEqual(await list(`to=${slot.start}`), [])
  assert.deepEqual(await list(`from=${slot.end}`), [2])
})

test('the task of the old time is closed in amoCRM, the new one is set; at the end it is closed, too', async () => {
  amocrm.answers.set('GET /api/v4/leads/pipelines', { status: 200, body: { _embedded: { pipelines: [] } } })
  const deliverAll = async () => {
    do {
      const tasks = [{ id: 900 + posts().length }]
      amocrm.answers.set('POST /api/v4/tasks', { status: 200, body: { _embedded: { tasks } } })
    } while (await deliverDue(app, 'amocrm', (one) => deliverUpdate(app, one)))
  }
  const posts = () =>
    amocrm.requests
      .filter((one) => one.method === 'POST' && one.path === '/api/v4/tasks')
      .map((one) => (one.body as { text: string }[])[0]!.text)
  const closes = () =>
    amocrm.requests
      .filter((one) => one.method === 'PATCH' && one.path.startsWith('/api/v4/tasks/'))
      .map((one) => one.path.split('/').at(-1))

  await move(later.start)
  await carryOut(event(slot), freeBusy(), event(later), alone)
  await deliverAll()
  assert.equal(posts().length, 1)
  assert.deepEqual(closes(), [], 'the first had no task')
  await move(slot.start)
  await carryOut(event(later), freeBusy(), event(slot), alone)
  await deliverAll()
  assert.equal(posts().length, 2)
  assert.deepEqual(closes(), ['900'])
  await cancel()
  await carryOut({ status: 204 })
  await deliverAll()
  assert.equal(posts().length, 2)
  assert.deepEqual(closes(), ['900', '901'])
})
