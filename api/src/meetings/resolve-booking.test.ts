import type { GoogleAnswer, Offer } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { planSync } from '../calendar/sync-plan.ts'
import { addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { giveBackTurn } from '../turns/give-back-turn.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { advanceBooking } from './advance-booking.ts'
import { resolveBooking } from './resolve-booking.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const slot = offerIn(24)
const later = offerIn(48)
const event = ({ start, end }: Offer, leadId = 1): GoogleAnswer => ({
  status: 200,
  body: {
    id: 'e',
    status: 'confirmed',
    etag: '"9"',
    hangoutLink: 'https://meet.example/x',
    start: { dateTime: start },
    end: { dateTime: end },
    extendedProperties: { private: { leadId: String(leadId) } },
  },
})
const meeting = async () =>
  (
    await rowsOf<{ id: number; status: string; starts_at: Date }>(
      db,
      'select id, status, starts_at from calendar_events',
    )
  )[0]!
const queued = (channel: string) =>
  rowsOf<{ payload: Record<string, unknown> }>(
    db,
    'select payload from outbox where channel = $1 order by id',
    [channel],
  )

/** What the lead read when the turn was given up. */
const confirmed = 'Спасибо! Время подтвердит коллега: он напишет вам в ближайшее время.'
const words = async () => (await queued('telegram')).map((row) => row.payload['text'])

/** A turn that asked Google, never heard of it, and was given up. @returns the meeting's id */
async function givenUp(action: 'book' | 'move'): Promise<number> {
  if (action === 'move') await addMeeting(db, 1, slot)
  const offer = action === 'move' ? later : slot
  const lease = await runningTurn(db, 1)
  await journalDecision(
    app,
    lease,
    proposal({ reply: 'Готово: [MEETING]', action, offerId: offer.id }, { offers: [offer] }),
  )
  assert.equal((await advanceBooking(app, lease)).next, 'find')
  await db.query('update turns set attempts = 30')
  await giveBackTurn(app, lease, 'Google answered 503')
  const { id, status } = await meeting()
  assert.equal(status, 'booking')
  await db.query(`update calendar_events set updated_at = now() - interval '3 min'`)
  return id
}

test('only what no turn is at work on is asked for, and not at once', async () => {
  const id = await givenUp('book')
  const asked = (await planSync(app)).filter((request) => request.meetingId !== undefined)
  assert.equal(asked.length, 1)
  assert.equal(asked[0]!.meetingId, id)
  assert.equal(asked[0]!.calendarId, 'olga@beacon.example')
  assert.match(asked[0]!.eventId ?? '', /^[0-9a-f]{40}$/)
  await db.query('update calendar_events set updated_at = now()')
  assert.equal((await planSync(app)).length, 2)
  await db.query(`update calendar_events set updated_at = now() - interval '3 min'`)
  await db.query(`update turns set state = 'running'`)
  assert.equal((await planSync(app)).length, 2)
  await resolveBooking(app, id, { status: 404 })
  assert.equal((await meeting()).status, 'booking')
})

for (const [what, answer] of Object.entries({
  'not there': { status: 404 },
  gone: { status: 410 },
  deleted: { status: 200, body: { id: 'e', status: 'cancelled' } },
  "another lead's": event(slot, 2),
})) {
  test(`a booking that is ${what}: the time is free again`, async () => {
    const id = await givenUp('book')
    await resolveBooking(app, id, answer)
    assert.equal((await meeting()).status, 'released')
    assert.deepEqual(await words(), [confirmed])
  })
}

test('a booking that is there: booked, the card says so, a human is asked to tell the lead; once', async () => {
  const id = await givenUp('book')
  await resolveBooking(app, id, event(slot))
  await resolveBooking(app, id, event(slot))
  assert.equal((await meeting()).status, 'booked')
  const payloads = (await queued('amocrm')).map((row) => row.payload)
  assert.deepEqual(
    payloads.map((payload) => payload['kind']),
    ['task', 'lead', 'task', 'task'],
  )
  assert.equal(payloads[1]!['stage'], 'booked')
  assert.match(payloads[2]!['text'] as string, /^Встреча: /)
  assert.match(payloads[3]!['text'] as string, /сообщите ему сами/)
  assert.deepEqual(await words(), [confirmed], 'the rest is for the human who has the lead')
})

test('a booking that a human has moved meanwhile is followed to where it is', async () => {
  const id = await givenUp('book')
  await resolveBooking(app, id, event(later))
  const { status, starts_at } = await meeting()
  assert.deepEqual([status, starts_at.toISOString()], ['booked', later.start])
})

test('a move: at the new time it is made, at the old time it was not, gone it is cancelled', async () => {
  const cases: [GoogleAnswer, string, string][] = [
    [event(later), 'booked', later.start],
    [event(slot), 'booked', slot.start],
    [{ status: 404 }, 'cancelled', later.start],
  ]
  for (const [answer, status, start] of cases) {
    await app.wipe()
    await addLead(db, 1)
    await resolveBooking(app, await givenUp('move'), answer)
    const row = await meeting()
    assert.deepEqual([row.status, row.starts_at.toISOString()], [status, start])
  }
})

test('an answer that says nothing: asked again', async () => {
  const id = await givenUp('book')
  for (const answer of [{ status: 503 }, { status: 0, error: 'timeout' }, { status: 200, body: 'hello' }])
    await resolveBooking(app, id, answer)
  assert.equal((await meeting()).status, 'booking')
  assert.equal((await planSync(app)).length, 3)
})
