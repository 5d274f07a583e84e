import type { CalendarPurpose, CalendarStep } from '@lead/contract'
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { firstStep, judgeAnswer, type StepContext } from './next-calendar-step.ts'

const at = (time: string) => new Date(`2030-06-03T${time}:00Z`)
const calendarId = 'olga@beacon.example'
const context = (purpose: CalendarPurpose): StepContext => ({
  leadId: 7,
  purpose,
  calendarId,
  eventId: 'e1',
  extras: [],
  startsAt: at('10:00'),
  endsAt: at('10:30'),
  previous: purpose === 'move' ? { startsAt: at('09:00'), endsAt: at('09:30') } : null,
})
const event = (start: string, status = 'confirmed') => ({
  id: 'e1',
  status,
  etag: '"1"',
  start: { dateTime: at(start).toISOString() },
  extendedProperties: { private: { leadId: '7' } },
})
const busy = (...blocks: [string, string][]) => ({
  calendars: {
    [calendarId]: {
      busy: blocks.map(([start, end]) => ({ start: at(start).toISOString(), end: at(end).toISOString() })),
    },
  },
})

test('a booking and a move begin by looking, a cancellation by removing', () => {
  assert.deepEqual((['book', 'move', 'cancel'] as const).map(firstStep), ['find', 'find', 'remove'])
})

type Case = [name: string, status: number, body: unknown, expected: string]
const table: Record<string, Case[]> = {
  'book find': [
    ['not there', 404, {}, 'check'],
    ['gone', 410, {}, 'lost'],
    ["another lead's", 200, { ...event('10:00'), extendedProperties: { private: { leadId: '8' } } }, 'lost'],
    ['there as wanted', 200, event('10:00'), 'booked'],
    [
      'there in another zone',
      200,
      { ...event('10:00'), start: { dateTime: '2030-06-03T13:00:00+03:00' } },
      'booked',
    ],
    ['there, moved by a person', 200, event('12:00'), 'lost'],
    ['there, an all-day event now', 200, { ...event('10:00'), start: { date: '2030-06-03' } }, 'lost'],
    ['there but cancelled', 200, event('10:00', 'cancelled'), 'lost'],
    ['an answer that makes no sense', 200, 'hello', 'check'],
  ],
  'book check': [
    ['free', 200, busy(), 'insert'],
    ['busy before and after', 200, busy(['09:00', '10:00'], ['10:30', '11:00']), 'insert'],
    ['busy at the start', 200, busy(['09:45', '10:15']), 'lost'],
    ['busy at the end', 200, busy(['10:29', '11:00']), 'lost'],
    ['busy all around', 200, busy(['09:00', '12:00']), 'lost'],
    [
      'the calendar cannot be read',
      200,
      { calendars: { [calendarId]: { errors: [{ reason: 'internalError' }], busy: [] } } },
      'later',
    ],
    [
      'the calendar is gone',
      200,
      { calendars: { [calendarId]: { errors: [{ reason: 'notFound' }], busy: [] } } },
      'disconnected',
    ],
    ['the calendar, but no word of its times', 200, { calendars: { [calendarId]: {} } }, 'later'],
    ['another calendar was answered', 200, { calendars: { other: { busy: [] } } }, 'later'],
    ['an answer that makes no sense', 200, null, 'later'],
    ['not found', 404, {}, 'later'],
  ],
  'book insert': [
    ['made', 200, event('10:00'), 'booked'],
    ['made before', 409, {}, 'find'],
    ['made, without an event in the answer', 200, {}, 'later'],
    ['the calendar is gone', 404, {}, 'disconnected'],
  ],
  'move find': [
    ['at the old time', 200, event('09:00'), 'check'],
    ['at the new time', 200, event('10:00'), 'booked'],
    ['not there', 404, {}, 'impossible'],
    ['cancelled by a person', 200, event('09:00', 'cancelled'), 'impossible'],
  ],
  'move check': [
    ['free', 200, busy(), 'move'],
    ['only our own old time is busy', 200, busy(['09:00', '09:30']), 'move'],
    ['busy', 200, busy(['10:00', '10:30']), 'lost'],
    ['busy from our old time into the new', 200, busy(['09:00', '10:10']), 'lost'],
  ],
  'move move': [
    ['moved', 200, event('10:00'), 'booked'],
    ['changed meanwhile', 409, {}, 'find'],
    ['gone meanwhile', 404, {}, 'later'],
  ],
  'cancel remove': [
    ['removed', 204, undefined, 'cancelled'],
    ['removed, with a body', 200, {}, 'cancelled'],
    ['removed before', 410, {}, 'cancelled'],
    ['never there', 404, {}, 'cancelled'],
  ],
}

for (const [where, cases] of Object.entries(table)) {
  const [purpose, asked] = where.split(' ') as [CalendarPurpose, CalendarStep]
  describe(where, () => {
    for (const [name, status, body, expected] of cases) {
      test(`${name}: ${expected}`, () =>
        assert.equal(judgeAnswer(context(purpose), asked, { status, body }).next, expected))
    }
    for (const status of [401, 403, 408, 429, 500, 502, 503, 504]) {
      test(`${status}: later, with the number in the reason`, () => {
        const verdict = judgeAnswer(context(purpose), asked, { status })
        assert.equal(verdict.next, 'later')
        assert.match('reason' in verdict ? verdict.reason : '', new RegExp(String(status)))
      })
    }
    test('400: no use in trying again', () =>
      assert.equal(judgeAnswer(context(purpose), asked, { status: 400 }).next, 'impossible'))
  })
}

test('an extra that Google refuses is left out: the one it names, else one after another; then it is no use', () => {
  const insert = (extras: StepContext['extras'], status: number, error: object) =>
    judgeAnswer({ ...context('book'), extras }, 'insert', { status, body: { error } })
  const both = ['guest', 'conference'] as const
  const extraOf = (verdict: ReturnType<typeof judgeAnswer>) =>
    verdict.next === 'without' ? verdict.extra : verdict.next
  assert.equal(extraOf(insert([...both], 400, { message: 'Invalid attendee email.' })), 'guest')
  assert.equal(extraOf(insert([...both], 400, { message: 'Invalid conference type value.' })), 'conference')
  assert.equal(extraOf(insert([...both], 400, { message: 'Bad Request' })), 'guest')
  assert.equal(extraOf(insert(['conference'], 400, { message: 'Bad Request' })), 'conference')
  assert.equal(extraOf(insert([], 400, { message: 'Bad Request' })), 'impossible')
  const noGuests = {
    message: 'Service accounts cannot invite attendees without Domain-Wide Delegation of Authority.',
    errors: [{ domain: 'calendar', reason: 'forbiddenForServiceAccounts' }],
  }
  assert.equal(extraOf(insert([...both], 403, noGuests)), 'guest')
})

test('the last look names foreign events that take time, and holds up nothing', () => {
  const declined = { self: true, responseStatus: 'declined' }
  const items = [
    { id: 'e1', status: 'confirmed' },
    { id: 'cancelled', status: 'cancelled' },
    { id: 'free', transparency: 'transparent' },
    { id: 'home', eventType: 'workingLocation' },
    { id: 'declined', attendees: [declined] },
  ]
  const look = (status: number, body?: unknown) => judgeAnswer(context('book'), 'recheck', { status, body })
  assert.deepEqual(look(200, { items }), { next: 'settled', overlaps: [] })
  const taken = [...items, { id: 'dentist', status: 'tentative' }]
  assert.deepEqual(look(200, { items: taken }), { next: 'settled', overlaps: ['dentist'] })
  for (const status of [0, 400, 401, 403, 404, 410, 429, 503])
    assert.deepEqual(look(status), { next: 'settled', overlaps: [] }, String(status))
})

test('a booking holds the event: its etag and link', () => {
  const verdict = judgeAnswer(context('book'), 'insert', {
    status: 200,
    body: { ...event('10:00'), hangoutLink: 'https://meet.example/x' },
  })
  assert.equal(verdict.next === 'booked' && verdict.event.hangoutLink, 'https://meet.example/x')
  assert.equal(verdict.next === 'booked' && verdict.event.etag, '"1"')
})
