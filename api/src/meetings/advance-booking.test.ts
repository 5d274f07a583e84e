import type { CalendarAnswer, GoogleAnswer, Offer, TurnLease } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { readBusy, rememberBusy } from '../calendar/busy-times.ts'
import { addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn, takeOver } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { journalDecision } from '../turns/journal-decision.ts'
import { advanceBooking } from './advance-booking.ts'

const app = await startTestApp()
const { db } = app
const calendar = 'olga@beacon.example'
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { contact_name: 'Иван', phone: '+79991234567', email: 'ivan@beacon.example' })
  await addLead(db, 2)
})

const slot = offerIn(24)
const later = offerIn(48)
/** The last look finds only our own event. */
const alone: GoogleAnswer = { status: 200, body: { items: [{ id: 'ours', transparency: 'transparent' }] } }
const notThere: GoogleAnswer = { status: 404, body: {} }
const busyAt = (...blocks: Offer[]): GoogleAnswer => ({
  status: 200,
  body: { calendars: { [calendar]: { busy: blocks.map(({ start, end }) => ({ start, end })) } } },
})
const eventAt = ({ start }: Offer, leadId = 1): GoogleAnswer => ({
  status: 200,
  body: {
    id: 'e',
    status: 'confirmed',
    etag: '"7"',
    hangoutLink: 'https://meet.example/x',
    start: { dateTime: start },
    extendedProperties: { private: { leadId: String(leadId) } },
  },
})
const meetings = () =>
  rowsOf<{
    id: number
    lead_id: number
    status: string
    starts_at: Date
    previous_starts_at: Date | null
    meet_link: string | null
    etag: string | null
  }>(db, 'select * from calendar_events order by id')
const turnRow = async (id: number) =>
  (
    await rowsOf(
      db,
      'select *, extract(epoch from lease_until - now())::float8 as left from turns where id = $1',
      [id],
    )
  )[0]!

async function decided(
  leadId: number,
  action: 'book' | 'move' | 'cancel' | 'talk',
  offer = slot,
): Promise<TurnLease> {
  const lease = await runningTurn(db, leadId)
  const takes = action === 'book' || action === 'move'
  const answer = await journalDecision(
    app,
    lease,
    proposal(
      {
        reply: takes ? 'Готово: [MEETING]' : action === 'cancel' ? 'Хорошо, отменяю.' : 'Хорошо.',
        action,
        offerId: takes ? offer.id : null,
      },
      { offers: takes ? [offer] : [] },
    ),
  )
  assert.deepEqual(answer, { outcome: 'accepted' })
  return lease
}

/** Plays Google's answers one after another. @returns what was asked each time */
async function play(lease: TurnLease, ...answers: GoogleAnswer[]): Promise<CalendarAnswer[]> {
  const steps = [await advanceBooking(app, lease)]
  for (const answer of answers) steps.push(await advanceBooking(app, lease, answer))
  return steps
}
const nexts = (steps: CalendarAnswer[]) => steps.map((step) => step.next)

test('book: find, check, insert, booked; each request is complete', async () => {
  const lease = await decided(1, 'book')
  const steps = await play(lease, notThere, busyAt(), eventAt(slot), alone)
  assert.deepEqual(nexts(steps), ['find', 'check', 'insert', 'recheck', 'done'])
  const [find, check, insert] = steps.map((step) => ('request' in step ? step.request : null))
  const [meeting] = await rowsOf<{ google_event_id: string }>(
    db,
    'select google_event_id from calendar_events',
  )
  assert.deepEqual(find, { calendarId: calendar, eventId: meeting!.google_event_id, query: {} })
  assert.deepEqual(check, {
    calendarId: calendar,
    query: {},
    body: { timeMin: slot.start, timeMax: slot.end, items: [{ id: calendar }] },
  })
  assert.deepEqual(insert!.query, { conferenceDataVersion: '1', sendUpdates: 'all' })
  const body = insert!.body as Record<string, unknown>
  assert.equal(body['id'], meeting!.google_event_id)
  assert.equal(body['summary'], 'Встреча: Иван')
  assert.deepEqual(body['start'], { dateTime: slot.start, timeZone: 'Europe/Moscow' })
  assert.deepEqual(body['attendees'], [{ email: 'ivan@beacon.example' }])
  const [booked] = await meetings()
  assert.equal(booked!.status, 'booked')
  assert.equal(booked!.meet_link, 'https://meet.example/x')
  assert.equal(booked!.etag, '"7"')
})

test('guests read no facts, phone or card number in the event; the private properties hold them', async () => {
  await db.query(
    `update leads set name = 'Сделка 77', facts = '{"budget": "миллион"}', contact_name = 'Иван evil.app/x' where id = 1`,
  )
  const lease = await decided(1, 'book')
  const steps = await play(lease, notThere, busyAt(), eventAt(slot), alone)
  const insert = steps.map((step) => ('request' in step ? step.request : null))[2]
  const { summary, description, extendedProperties, ...rest } = insert!.body as Record<string, unknown>
  const shown = JSON.stringify([summary, description, rest])
  assert.equal(summary, 'Встреча: Иван')
  for (const hidden of ['миллион', '+79991234567', 'amoCRM', 'Сделка', '#1', 'evil'])
    assert.ok(!shown.includes(hidden), `${hidden} in ${shown}`)
  const { private: known } = extendedProperties as { private: Record<string, string> }
  assert.deepEqual(
    [known['leadId'], known['phone'], known['fact_budget'], known['leadName']],
    ['1', '+79991234567', 'миллион', 'Сделка 77'],
  )
})

for (const [what, columns, invited] of [
  ['the e-mail of the card', {}, 'ivan@beacon.example'],
  ['the one that the lead confirmed', { confirmed_email: 'ivan@home.example' }, 'ivan@home.example'],
  ['the card while the lead only named another', { said_email: 'ivan@home.example' }, 'ivan@beacon.example'],
  [
    'the card again when the confirmed one is refused',
    { confirmed_email: 'a@b.example', refused_emails: ['a@b.example'] },
    'ivan@beacon.example',
  ],
  ['nobody when the lead wants no mail', { refused_emails: ['*'] }, null],
  ['nobody when what the card has is no address', { email: 'ivan@localhost' }, null],
] as const) {
  test(`an invitation goes to: ${what}`, async () => {
    const lease = await decided(1, 'book')
    for (const [column, value] of Object.entries(columns))
      await db.query(`update leads set ${column} = $1 where id = 1`, [value])
    const steps = await play(lease, notThere, busyAt(), eventAt(slot), alone)
    const insert = steps.map((step) => ('request' in step ? step.request : null))[2]
    const { attendees } = insert!.body as { attendees?: unknown }
    assert.deepEqual(attendees, invited ? [{ email: invited }] : undefined)
  })
}

test('a booked turn that is asked again is done, with any fencing number that is the newest', async () => {
  const lease = await decided(1, 'book')
  await play(lease, notThere, busyAt(), eventAt(slot), alone)
  assert.deepEqual(await advanceBooking(app, lease), { next: 'done' })
  assert.deepEqual(await advanceBooking(app, await takeOver(db, lease)), { next: 'done' })
  assert.equal((await advanceBooking(app, lease)).next, 'stop')
  assert.equal((await meetings()).length, 1)
})

test('a crash after insert: the repeat finds the event and books it, without a second insert', async () => {
  const lease = await decided(1, 'book')
  await play(lease, notThere, busyAt())
  const again = await takeOver(db, lease)
  assert.deepEqual(nexts(await play(again, eventAt(slot), alone)), ['find', 'recheck', 'done'])
  assert.equal((await meetings())[0]!.status, 'booked')
})

test('409 on insert: it is looked for, found and booked', async () => {
  const lease = await decided(1, 'book')
  const steps = await play(lease, notThere, busyAt(), { status: 409 }, eventAt(slot), alone)
  assert.deepEqual(nexts(steps), ['find', 'check', 'insert', 'find', 'recheck', 'done'])
})

test('a lost time: it is free again, the turn has no decision, and other times may be held', async () => {
  await rememberBusy(app, busyAt().body)
  const lease = await decided(1, 'book')
  const steps = await play(lease, notThere, busyAt(slot))
  assert.deepEqual(nexts(steps), ['find', 'check', 'again'])
  assert.equal((await meetings())[0]!.status, 'released')
  const turn = await turnRow(lease.turnId)
  assert.equal(turn['decision'], null)
  assert.equal(turn['refusals'], 1)
  assert.equal(turn['state'], 'running')
  const second = proposal(
    { reply: 'Записала: [MEETING]', action: 'book', offerId: later.id },
    { offers: [later] },
  )
  assert.deepEqual(await journalDecision(app, lease, second), { outcome: 'accepted' })
  assert.deepEqual(nexts(await play(lease, notThere, busyAt(), eventAt(later), alone)), [
    'find',
    'check',
    'insert',
    'recheck',
    'done',
  ])
  assert.deepEqual(
    (await meetings()).map((meeting) => meeting.status),
    ['released', 'booked'],
  )
})

test('a hold that ran out and went to another lead is a lost time, not a second booking', async () => {
  const slow = await decided(1, 'book')
  await db.query(`update calendar_events set hold_until = now() - interval '1 s'`)
  const quick = await decided(2, 'book')
  assert.equal((await advanceBooking(app, slow)).next, 'again')
  assert.deepEqual(nexts(await play(quick, notThere, busyAt(), eventAt(slot), alone)), [
    'find',
    'check',
    'insert',
    'recheck',
    'done',
  ])
  assert.deepEqual(
    (await meetings()).filter((meeting) => meeting.status === 'booked').map((meeting) => meeting.lead_id),
    [2],
  )
})

test('once Google is being asked, the hold does not run out', async () => {
  const lease = await decided(1, 'book')
  await play(lease, notThere)
  await db.query(`update calendar_events set hold_until = now() - interval '1 s'`)
  const other = await runningTurn(db, 2)
  const wanted = proposal({ reply: 'Записала', action: 'book', offerId: slot.id }, { offers: [slot] })
  assert.equal((await journalDecision(app, other, wanted)).outcome, 'again')
  assert.deepEqual(nexts(await play(lease, notThere, busyAt(), eventAt(slot), alone)), [
    'find',
    'check',
    'insert',
    'recheck',
    'done',
  ])
})

for (const status of [401, 403, 429, 500, 503]) {
  test(`${status}: the turn is given back and goes on later, with the time still held`, async () => {
    const lease = await decided(1, 'book')
    const steps = await play(lease, { status })
    assert.deepEqual(nexts(steps), ['find', 'stop'])
    const turn = await turnRow(lease.turnId)
    assert.equal(turn['state'], 'running')
    assert.match(turn['last_error'] as string, new RegExp(String(status)))
    assert.ok((turn['left'] as number) <= 5)
    const again = await takeOver(db, lease)
    assert.deepEqual(nexts(await play(again, notThere, busyAt(), eventAt(slot), alone)), [
      'find',
      'check',
      'insert',
      'recheck',
      'done',
    ])
  })
}

const refused = (message: string): GoogleAnswer => ({ status: 400, body: { error: { message } } })
const taskTexts = async () =>
  (
    await rowsOf<{ text: string }>(
      db,
      `select payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'task' order by id`,
    )
  ).map(({ text }) => text)

test('a guest or a Meet room that Google refuses does not cost the meeting: booked without, and a human is told', async () => {
  await db.query(`update leads set email = 'anna@mail.example' where id = 1`)
  const lease = await decided(1, 'book')
  const steps = await play(
    lease,
    notThere,
    busyAt(),
    refused('Invalid attendee email.'),
    refused('Invalid conference type value.'),
    eventAt(slot),
    alone,
  )
  assert.deepEqual(nexts(steps), ['find', 'check', 'insert', 'insert', 'insert', 'recheck', 'done'])
  const bodies = steps.flatMap((step) => (step.next === 'insert' ? [step.request.body as object] : []))
  assert.deepEqual(
    bodies.map((body) => ['attendees' in body, 'conferenceData' in body]),
    [
      [true, true],
      [false, true],
      [false, false],
    ],
  )
  assert.equal((await meetings())[0]!.status, 'booked')
  const [guest, conference] = await taskTexts()
  assert.match(guest!, /Invalid attendee email/)
  assert.match(conference!, /Invalid conference type value/)
})

test('400 for no reason that can be left out: the lead hears that a human confirms, who has the reason', async () => {
  app.business.meeting.meetLink = false
  await db.query('update leads set email = null')
  const lease = await decided(1, 'book')
  const steps = await play(lease, notThere, busyAt(), refused('Bad Request: nobody knows why'))
  app.business.meeting.meetLink = true
  assert.equal(steps.at(-1)!.next, 'done')
  assert.equal((await meetings())[0]!.status, 'released')
  const [lead] = await rowsOf(db, 'select control, control_reason from leads where id = 1')
  assert.equal(lead!['control'], 'human')
  assert.match(lead!['control_reason'] as string, /400.*nobody knows why/)
  const { decision } = await turnRow(lease.turnId)
  assert.match(JSON.stringify(decision), /подтвердит коллега/)
})

test('move: find at the old time, check, move, booked at the new time', async () => {
  await addMeeting(db, 1, slot, { meet_link: 'https://meet.example/old' })
  const lease = await decided(1, 'move', later)
  const steps = await play(lease, eventAt(slot), busyAt(slot), eventAt(later), alone)
  assert.deepEqual(nexts(steps), ['find', 'check', 'move', 'recheck', 'done'])
  const request = 'request' in steps[2]! ? steps[2].request : null
  assert.deepEqual(Object.keys(request!.body as object), ['start', 'end'])
  assert.equal((request!.body as { start: { dateTime: string } }).start.dateTime, later.start)
  const [meeting, ...others] = await meetings()
  assert.equal(others.length, 0)
  assert.equal(meeting!.status, 'booked')
  assert.equal(meeting!.starts_at.toISOString(), later.start)
  assert.equal(meeting!.previous_starts_at, null)
})

test('a move whose answer was lost: the repeat finds the event at its new time', async () => {
  await addMeeting(db, 1, slot)
  const lease = await decided(1, 'move', later)
  await play(lease, eventAt(slot), busyAt())
  assert.deepEqual(nexts(await play(await takeOver(db, lease), eventAt(later), alone)), [
    'find',
    'recheck',
    'done',
  ])
  assert.equal((await meetings())[0]!.starts_at.toISOString(), later.start)
})

test('a move to a time that was lost: the meeting is where it was, and the new time is free', async () => {
  const old = await addMeeting(db, 1, slot)
  const lease = await decided(1, 'move', later)
  assert.deepEqual(nexts(await play(lease, eventAt(slot), busyAt(later))), ['find', 'check', 'again'])
  const [meeting] = await meetings()
  assert.equal(meeting!.status, 'booked')
  assert.deepEqual(meeting!.starts_at, old.starts_at)
  const [row] = await rowsOf(
    db,
    `select lower(blocked) = starts_at and upper(blocked) = ends_at + interval '10 min' as whole from calendar_events`,
  )
  assert.equal(row!['whole'], true)
  assert.ok(await decided(2, 'book', later))
})

test('cancel: remove, cancelled; a repeat is done; the time is free', async () => {
  await addMeeting(db, 1, slot)
  const lease = await decided(1, 'cancel')
  const steps = await play(lease, { status: 503 })
  assert.deepEqual(nexts(steps), ['remove', 'stop'])
  assert.equal((await meetings())[0]!.status, 'booked')
  const again = await takeOver(db, lease)
  assert.deepEqual(nexts(await play(again, { status: 410 })), ['remove', 'done'])
  assert.equal((await meetings())[0]!.status, 'cancelled')
  assert.deepEqual(await advanceBooking(app, await takeOver(db, again)), { next: 'done' })
  assert.ok(await decided(2, 'book'))
})

test('something else at the booked time: the seller is told, the meeting stays, the lead hears "booked"', async () => {
  const lease = await decided(1, 'book')
  const taken: GoogleAnswer = { status: 200, body: { items: [{ id: 'dentist', status: 'confirmed' }] } }
  const steps = await play(lease, notThere, busyAt(), eventAt(slot), taken)
  assert.equal(steps.at(-1)!.next, 'done')
  assert.equal((await meetings())[0]!.status, 'booked')
  const tasks = await rowsOf<{ text: string }>(
    db,
    `select payload ->> 'text' as text from outbox where idempotency_key like '%overlap'`,
  )
  assert.equal(tasks.length, 1)
  assert.match(tasks[0]!.text, /другое событие/)
  assert.equal((await rowsOf(db, `select from audit_log where action = 'meeting.overlaps'`)).length, 1)
  assert.deepEqual(await advanceBooking(app, await takeOver(db, lease)), { next: 'done' })
})

test('the last look is repeated after a crash, and holds up nothing', async () => {
  const lease = await decided(1, 'book')
  await play(lease, notThere, busyAt(), eventAt(slot))
  const again = await takeOver(db, lease)
  assert.deepEqual(nexts(await play(again, { status: 503 })), ['recheck', 'done'])
})

test('a move that is given up while another lead asks for the old time: again later, then as before', async () => {
  const old = await addMeeting(db, 1, slot)
  const lease = await decided(1, 'move', later)
  await play(lease, eventAt(slot))
  const other = await decided(2, 'book')
  assert.equal((await advanceBooking(app, lease, busyAt(later))).next, 'stop')
  assert.deepEqual(nexts(await play(other, notThere, busyAt(slot))), ['find', 'check', 'again'])
  assert.equal((await play(await takeOver(db, lease), eventAt(slot), busyAt(later))).at(-1)!.next, 'again')
  assert.deepEqual((await meetings())[0]!.starts_at, old.starts_at)
})

test('400 to a cancellation: the meeting stays booked, a human gets the lead', async () => {
  await addMeeting(db, 1, slot)
  const steps = await play(await decided(1, 'cancel'), { status: 400 })
  assert.deepEqual(nexts(steps), ['remove', 'done'])
  assert.equal((await meetings())[0]!.status, 'booked')
  const [lead] = await rowsOf(db, 'select control from leads where id = 1')
  assert.equal(lead!['control'], 'human')
})

test('an action without a time has nothing to do; a turn without a decision, or an older fencing number, stops', async () => {
  const lease = await decided(1, 'talk')
  assert.deepEqual(await advanceBooking(app, lease), { next: 'done' })
  assert.equal((await advanceBooking(app, { ...lease, fencing: lease.fencing - 1 })).next, 'stop')
  assert.equal((await advanceBooking(app, await runningTurn(db, 2))).next, 'stop')
})

test('what is known of a calendar is forgotten when it was changed', async () => {
  await db.query(`update sellers set active = false where id = 'pavel'`)
  await rememberBusy(app, busyAt().body)
  assert.deepEqual(await readBusy(app), { olga: [] })
  await play(await decided(1, 'book'), notThere, busyAt(), eventAt(slot))
  assert.equal(await readBusy(app), null)
})
