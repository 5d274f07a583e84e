import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { advanceBooking } from '../bookings/advance-booking.ts'
import { resolveBooking } from '../bookings/resolve-booking.ts'
import { addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { giveBackTurn } from '../turns/give-back-turn.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { followCalendar } from './follow-calendar.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const status = async () => (await rowsOf(db, 'select status from calendar_events'))[0]!['status']
const said = () => rowsOf(db, `select payload ->> 'text' as text from outbox where channel = 'telegram'`)

async function cancelling() {
  const meeting = await addMeeting(db, 1, offerIn(24))
  const lease = await runningTurn(db, 1)
  await journalDecision(app, lease, proposal({ action: 'cancel', reply: 'Отменяю встречу.' }))
  assert.equal((await advanceBooking(app, lease)).next, 'remove')
  return { meeting, lease }
}

test('a meeting that a human deleted in the calendar is cancelled, and the lead is told', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  await followCalendar(app, { id: meeting.google_event_id, gone: true })
  assert.equal(await status(), 'cancelled')
  assert.equal((await said()).length, 1)
})

test('our own deletion that comes back from the calendar before the turn is through tells nobody twice', async () => {
  const { meeting, lease } = await cancelling()
  await followCalendar(app, { id: meeting.google_event_id, gone: true })
  assert.equal(await status(), 'booked')
  assert.deepEqual(await said(), [])
  assert.equal((await advanceBooking(app, lease, { status: 410 })).next, 'done')
  assert.equal(await status(), 'cancelled')
})

test('a cancelling that was given up is looked for in the calendar, and followed when the meeting is gone', async () => {
  const { meeting, lease } = await cancelling()
  await db.query('update turns set attempts = 30')
  await giveBackTurn(app, lease, 'Google is away')
  assert.equal(await status(), 'booking')
  await resolveBooking(app, meeting.id, { status: 410 })
  assert.equal(await status(), 'cancelled')
})
