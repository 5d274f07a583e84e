import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { advanceBooking } from '../meetings/advance-booking.ts'
import { resolveBooking } from '../meetings/resolve-booking.ts'
import { addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { giveBackTurn } from '../turns/give-back-turn.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { calendarEventSchema, changeOf } from './calendar-event.ts'
import { followCalendar } from './follow-calendar.ts'
import { nextSyncRequest, readCursor, saveCursor } from './sync-plan.ts'

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

type Row = { status: string; starts_at: Date; ends_at: Date; meet_link: string | null }
const rows = () => rowsOf<Row>(db, 'select * from calendar_events order by id')
const onCard = async (kind: string) =>
  (
    await rowsOf<{ text: string }>(
      db,
      `select payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = $1 order by id`,
      [kind],
    )
  ).map(({ text }) => text)
/** The event of a meeting as Google gives it, with what was changed by hand. */
const eventOf = (
  meeting: { google_event_id: string; starts_at: Date; ends_at: Date },
  changes: object = {},
) => {
  const event = {
    id: meeting.google_event_id,
    status: 'confirmed',
    etag: '"2"',
    updated: new Date(Date.now() + 60_000).toISOString(),
    start: { dateTime: meeting.starts_at.toISOString() },
    end: { dateTime: meeting.ends_at.toISOString() },
    ...changes,
  }
  return changeOf(calendarEventSchema.parse(event))
}

test('moved onto another meeting of ours: a task with both names, and it stays where it was', async () => {
  await addLead(db, 2, { contact_name: 'Пётр' })
  await db.query(`update leads set contact_name = 'Анна' where id = 1`)
  const meeting = await addMeeting(db, 1, offerIn(24))
  const other = await addMeeting(db, 2, offerIn(26))
  const onto = eventOf(meeting, {
    start: { dateTime: other.starts_at.toISOString() },
    end: { dateTime: other.ends_at.toISOString() },
  })
  await followCalendar(app, onto)
  await followCalendar(app, onto)
  const [kept] = await rows()
  assert.deepEqual([kept!.status, kept!.starts_at], ['booked', meeting.starts_at])
  const [task, ...more] = await onCard('task')
  assert.match(task!, /Анна.*Пётр/s)
  assert.deepEqual(more, [])
  assert.deepEqual(await said(), [])
})

test('made all-day: it moves to that day at its old hour, a human is asked for the hour, the lead is told nothing yet', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  const day = new Date(meeting.starts_at.getTime() + 3 * 86_400_000 + 3 * 3_600_000)
    .toISOString()
    .slice(0, 10)
  await followCalendar(app, eventOf(meeting, { start: { date: day }, end: { date: day } }))
  const [moved] = await rows()
  assert.equal(moved!.status, 'booked')
  assert.equal(moved!.starts_at.getTime() - meeting.starts_at.getTime(), 3 * 86_400_000)
  assert.ok((await onCard('task')).some((text) => /весь день/.test(text)))
  assert.deepEqual(await said(), [])
})

test('brought back from the bin: booked again, the card and the lead hear it; an older page does not bring it back', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  await followCalendar(app, { id: meeting.google_event_id, gone: true })
  const stale = new Date(Date.now() - 60_000).toISOString()
  await followCalendar(app, eventOf(meeting, { updated: stale }))
  assert.equal(await status(), 'cancelled')
  await followCalendar(app, eventOf(meeting))
  assert.equal(await status(), 'booked')
  assert.match(String((await said()).at(-1)!['text']), /снова в силе/)
  const [lead] = await rowsOf(db, 'select stage from leads where id = 1')
  assert.equal(lead!['stage'], 'booked')
})

test("a changed title or other guests are nobody else's business; the lead's own no is a note, once", async () => {
  await db.query(`update leads set email = 'Anna@Mail.example' where id = 1`)
  const meeting = await addMeeting(db, 1, offerIn(24))
  await followCalendar(
    app,
    eventOf(meeting, { summary: 'Созвон', attendees: [{ email: 'boss@mail.example' }] }),
  )
  assert.deepEqual(await onCard('note'), [])
  const no = eventOf(meeting, { attendees: [{ email: 'anna@mail.example', responseStatus: 'declined' }] })
  await followCalendar(app, no)
  await followCalendar(app, no)
  assert.equal((await onCard('note')).length, 1)
  assert.equal(await status(), 'booked')
})

test('a Meet room that was made late: row, card and lead get the link, once', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  const ready = eventOf(meeting, { hangoutLink: 'https://meet.example/late' })
  await followCalendar(app, ready)
  await followCalendar(app, ready)
  assert.equal((await rows())[0]!.meet_link, 'https://meet.example/late')
  assert.deepEqual(
    (await said()).map(({ text }) => text),
    ['Ссылка на видеовстречу: https://meet.example/late'],
  )
})

test('a longer meeting blocks its longer time, and nobody is told', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  const longer = new Date(meeting.ends_at.getTime() + 30 * 60_000)
  await followCalendar(app, eventOf(meeting, { end: { dateTime: longer.toISOString() } }))
  assert.deepEqual((await rows())[0]!.ends_at, longer)
  assert.deepEqual(await said(), [])
})

test('the further pages of a full reading are asked for with the very question of the first', async () => {
  const first = await nextSyncRequest(app, 'olga@beacon.example')
  await saveCursor(app, 'olga@beacon.example', {
    ...(await readCursor(app, 'olga@beacon.example')),
    pageToken: 'next',
  })
  await new Promise((resolve) => setTimeout(resolve, 5))
  const second = await nextSyncRequest(app, 'olga@beacon.example')
  assert.ok(first.query['timeMin'])
  assert.equal(second.query['timeMin'], first.query['timeMin'])
})

test('a page that was read before our own move shows the old time and moves nothing back', async () => {
  const meeting = await addMeeting(db, 1, offerIn(48))
  const before = new Date(meeting.starts_at.getTime() - 86_400_000)
  const stale = eventOf(
    { ...meeting, starts_at: before, ends_at: new Date(before.getTime() + 1_800_000) },
    { updated: new Date(Date.now() - 60_000).toISOString() },
  )
  await followCalendar(app, stale)
  assert.equal((await rows())[0]!.starts_at.getTime(), meeting.starts_at.getTime())
  assert.deepEqual(await said(), [])
})
