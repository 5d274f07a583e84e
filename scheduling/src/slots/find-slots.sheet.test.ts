import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'

// Situations by the numbers of Cal.com's own tests, as far as cases/slots.json does not have them. Answers are the
// starts as HH:MM of the zone named, or their number.

const DAILY = [0, 1, 2, 3, 4, 5, 6]
const hours = (start: string, end: string, days = DAILY): SlotInput['workingHours'] => [{ days, start, end }]

function clocks(input: SlotInput, timeZone = 'UTC'): string {
  return findSlots(input)
    .map((start) => new Date(start).toLocaleTimeString('sv', { timeZone, timeStyle: 'short' }))
    .join(' ')
}
const countOf = (input: SlotInput): number => findSlots(input).length
const days = (input: SlotInput, timeZone = 'UTC'): string =>
  [...new Set(findSlots(input).map((at) => new Date(at).toLocaleDateString('sv', { timeZone })))]
    .map((date) => date.slice(5))
    .join(' ')

const june: SlotInput = { now: '2021-06-20T11:59:59Z', hostTz: 'UTC', durationMin: 60 }
const open = (...ranges: [string, string][]): [string, string][] =>
  ranges.map(([from, to]) => [`2021-06-21T${from}:00Z`, `2021-06-21T${to}:00Z`])

test('S02 S04 S06 S16 whole days: half-hour step, a long notice, a day that ends early or begins late', () => {
  const day: [string, string] = ['2021-06-21T00:00:00Z', '2021-06-21T23:59:59.999Z']
  assert.equal(countOf({ ...june, durationMin: 30, stepMin: 60, ranges: [day] }), 24)
  assert.equal(clocks({ ...june, minNoticeMin: 1500, ranges: [day] }).slice(0, 11), '13:00 14:00')
  assert.equal(countOf({ ...june, minNoticeMin: 1500, ranges: [day] }), 11)
  assert.equal(countOf({ ...june, durationMin: 20, ranges: open(['00:00', '23:45']) }), 71)
  assert.equal(countOf({ ...june, durationMin: 10, ranges: open(['00:10', '02:00']) }), 11)
})

test('S08 S10 windows that overlap, in any order', () => {
  const eight = { ...june, durationMin: 20, ranges: open(['11:00', '12:00'], ['11:20', '12:40']) }
  assert.equal(clocks(eight), '11:00 11:20 11:40 12:00 12:20')
  const ten = { ...june, durationMin: 45, ranges: open(['11:15', '13:00'], ['11:00', '13:00']) }
  assert.equal(clocks(ten), '11:00 11:45')
})

test('S12 S14 S18 S20 lengths, zones and steps that are not round', () => {
  assert.equal(
    clocks({ ...june, durationMin: 8, ranges: open(['07:22', '08:00']) }),
    '07:22 07:30 07:38 07:46',
  )
  const kolkata: [string, string] = ['2023-07-13T07:30:00+05:30', '2023-07-13T09:30:00+05:30']
  assert.deepEqual(findSlots({ ...june, hostTz: 'Asia/Kolkata', ranges: [kolkata] }), [
    '2023-07-13T02:30:00Z',
  ])
  assert.equal(clocks({ ...june, durationMin: 40, ranges: open(['09:00', '11:00']) }), '09:00 09:40 10:20')
  const twenty = { ...june, now: '2021-06-21T12:00:00Z', durationMin: 30, stepMin: 15, minNoticeMin: 45 }
  assert.equal(countOf({ ...twenty, ranges: open(['12:00', '15:00']) }), 8)
})

test('S21-S33 dense packing, and the grid without it', () => {
  const la = (durationMin: number, dense: boolean, ...ranges: [string, string][]): string =>
    clocks(
      {
        now: '2024-09-01T00:00:00Z',
        hostTz: 'America/Los_Angeles',
        durationMin,
        dense,
        ranges: ranges.map(([from, to]) => [`2024-09-12T${from}:00-07:00`, `2024-09-12T${to}:00-07:00`]),
      },
      'America/Los_Angeles',
    )
  for (const dense of [true, false])
    assert.equal(la(60, dense, ['09:30', '17:00']), '10:00 11:00 12:00 13:00 14:00 15:00 16:00')
  assert.equal(la(60, true, ['08:00', '10:00'], ['10:10', '12:30']), '08:00 09:00 10:15 11:15')
  assert.equal(la(60, false, ['08:00', '10:00'], ['10:10', '12:30']), '08:00 09:00 11:00')
  for (const dense of [true, false])
    assert.equal(la(60, dense, ['08:00', '10:00'], ['10:10', '12:00']), '08:00 09:00 11:00')
  const half = (dense: boolean): number =>
    la(30, dense, ['08:00', '10:00'], ['10:10', '12:45']).split(' ').length
  assert.deepEqual([half(true), half(false)], [9, 8])
  const third = (dense: boolean): number =>
    la(20, dense, ['08:00', '10:00'], ['10:10', '12:30']).split(' ').length
  assert.deepEqual([third(true), third(false)], [13, 12])
  assert.equal(la(60, true, ['09:30', '17:30']).split(' ').length, 8)
  assert.equal(la(60, false, ['09:30', '17:30']).split(' ').length, 7)
  assert.equal(la(60, true, ['09:05', '12:55']), '09:15 10:15 11:15')
  const now: [string, string] = ['2021-06-21T11:22:36Z', '2021-06-21T14:00:00Z']
  assert.equal(clocks({ ...june, dense: true, ranges: [now] }), '12:00 13:00')
})

const india: SlotInput = {
  now: '2024-05-20T00:00:00Z',
  hostTz: 'Asia/Kolkata',
  durationMin: 45,
  workingHours: hours('09:30', '18:00'),
  window: ['2024-05-22T18:30:00Z', '2024-05-23T18:29:59.999Z'],
}
type Busy = NonNullable<SlotInput['busy']>[number]
const busy = (from: string, to: string, more: Partial<Busy> = {}): Busy => ({
  from: `2024-05-23T${from}:00Z`,
  to: `2024-05-23T${to}:00Z`,
  ...more,
})

test('S34 S92 what is rejected, cancelled, pending or shown as free does not block', () => {
  const all = ['cancelled', 'rejected', 'declined', 'pending'].map((status) =>
    busy('04:00', '12:30', { status }),
  )
  const free = { ...india, busy: [...all, busy('04:00', '12:30', { transparency: 'transparent' })] }
  assert.equal(countOf(free), 11)
  assert.equal(countOf({ ...free, pendingBlocks: true }), 0)
  assert.equal(countOf({ ...india, busy: [busy('04:00', '12:30', { status: 'accepted' })] }), 0)
})

test('S35 S37 S39 S41 S43 S45 S47 India', () => {
  const after = { ...india, busy: [busy('04:00', '04:15')] }
  assert.equal(clocks(after).slice(0, 11), '04:15 05:00')
  assert.equal(clocks(after).slice(-5), '11:45')
  const long = { ...india, durationMin: 120 }
  assert.equal(clocks({ ...india, durationMin: 30, stepMin: 120 }), '04:30 06:30 08:30 10:30')
  const from = '2024-05-22T18:30:00Z'
  assert.equal(clocks({ ...long, now: from, minNoticeMin: 600 }), '04:30 06:30 08:30 10:30')
  const own = busy('04:00', '06:00', { to: '2024-05-23T05:59:59Z', bufferBefore: 120, bufferAfter: 120 })
  assert.equal(clocks({ ...long, bufferBefore: 120, bufferAfter: 120, busy: [own] }), '10:30')
  const overrides = [{ date: '2024-05-23', ranges: [['14:00', '18:00']] as [string, string][] }]
  assert.equal(clocks({ ...india, durationMin: 60, overrides }), '08:30 09:30 10:30 11:30')
  assert.equal(countOf({ ...india, workingHours: [] }), 0)
  assert.equal(clocks({ ...india, durationMin: 60 }), '04:30 05:30 06:30 07:30 08:30 09:30 10:30 11:30')
})

test('S46 an override from a time to the same time is a day off too', () => {
  const overrides = [{ date: '2024-05-23', ranges: [['00:00', '00:00']] as [string, string][] }]
  assert.equal(countOf({ ...india, overrides }), 0)
})

test('S48 a host who works by half hours of another zone has seven', () => {
  const ranges: [string, string][] = [['2025-06-02T08:00:00Z', '2025-06-02T16:00:00Z']]
  assert.equal(countOf({ ...june, now: '2025-06-01T23:30:00Z', hostTz: 'Asia/Kolkata', ranges }), 7)
  assert.equal(countOf({ ...june, now: '2025-06-01T23:30:00Z', hostTz: 'Europe/London', ranges }), 8)
})

test('S50 S89 hours that go on over midnight', () => {
  const london: SlotInput = {
    ...june,
    hostTz: 'Europe/London',
    durationMin: 90,
    workingHours: [
      { days: [1], start: '23:00', end: '23:59' },
      { days: [2], start: '00:00', end: '00:30' },
    ],
    window: ['2021-06-21T00:00:00Z', '2021-06-23T00:00:00Z'],
  }
  assert.deepEqual(findSlots(london), ['2021-06-21T22:00:00Z'])
  const twoDays = { ...london, durationMin: 2880, workingHours: hours('00:00', '23:59', [1, 2]) }
  const window: [string, string] = ['2021-06-20T00:00:00Z', '2021-06-24T00:00:00Z']
  assert.deepEqual(findSlots({ ...twoDays, window }), ['2021-06-20T23:00:00Z'])
})

test('S52 S54 S56 wall clocks around clock changes', () => {
  const newYork = (date: string, start: string, end: string, durationMin: number): string =>
    clocks({
      now: '2026-02-01T00:00:00Z',
      hostTz: 'America/New_York',
      durationMin,
      workingHours: hours(start, end),
      overrides: [],
      period: { kind: 'fixed', from: date, to: date },
    })
  assert.equal(newYork('2026-03-08', '13:00', '18:00', 60), '17:00 18:00 19:00 20:00 21:00')
  assert.equal(newYork('2026-11-01', '00:00', '06:00', 30).split(' ').length, 14)
  const moscow: SlotInput = {
    now: '2026-10-20T00:00:00Z',
    hostTz: 'Europe/Moscow',
    durationMin: 60,
    workingHours: hours('10:00', '11:00', [1, 5]),
    window: ['2026-10-23T00:00:00Z', '2026-10-26T23:59:59Z'],
  }
  assert.equal(clocks(moscow, 'Europe/Berlin'), '09:00 08:00')
})

test('S58 S60 S62 meetings back to back, nested busy times, a hole of 29 minutes', () => {
  const half = { ...india, durationMin: 30 }
  const back = [busy('04:00', '04:30'), busy('04:30', '05:00'), busy('05:30', '12:30')]
  assert.equal(clocks({ ...half, busy: back }), '05:00')
  const nested = [busy('04:00', '08:00'), busy('05:00', '06:00'), busy('08:00', '12:00')]
  assert.equal(clocks({ ...half, busy: nested }), '12:00')
  assert.equal(clocks({ ...half, busy: [busy('04:00', '06:00'), busy('06:29', '12:30')] }), '')
})

const dhaka: SlotInput = {
  now: '2024-05-20T00:00:00Z',
  hostTz: 'Asia/Dhaka',
  durationMin: 60,
  workingHours: hours('00:00', '24:00'),
  window: ['2024-05-22T18:00:00Z', '2024-05-23T18:00:00Z'],
}
const own = (from: string, to: string): Busy => busy(from, to, { own: true })

test('S63 S64 a daily limit counts the host’s day', () => {
  const one = { ...dhaka, busy: [own('04:00', '05:00')] }
  assert.equal(countOf({ ...one, limits: { perDay: 1 } }), 0)
  assert.equal(countOf({ ...one, limits: { perDay: 2 } }), 23)
  // Booked at 01:00 of the host, which is the day before in UTC and at the lead's.
  const night = {
    ...dhaka,
    busy: [{ ...own('00:00', '00:00'), from: '2024-05-22T19:00:00Z', to: '2024-05-22T20:00:00Z' }],
  }
  assert.equal(countOf({ ...night, limits: { perDay: 1 } }), 0)
})

test('S65 S66 limits of minutes a day and a week; weeks, months and years are the calendar’s', () => {
  const two = { ...dhaka, busy: [own('04:00', '05:00'), own('06:00', '07:00')] }
  assert.equal(countOf({ ...two, limits: { minutesPerDay: 120 } }), 0)
  assert.equal(countOf({ ...two, limits: { minutesPerDay: 240 } }), 22)
  assert.equal(countOf({ ...two, limits: { minutesPerDay: 30 } }), 0)
  const week: SlotInput = {
    ...dhaka,
    workingHours: hours('10:00', '12:00'),
    window: ['2024-05-26T18:00:00Z', '2024-06-09T18:00:00Z'],
    busy: ['27', '28', '29'].map((day) => ({
      from: `2024-05-${day}T04:00:00Z`,
      to: `2024-05-${day}T05:00:00Z`,
      own: true,
    })),
  }
  assert.equal(
    days({ ...week, limits: { minutesPerWeek: 180 } }),
    '06-03 06-04 06-05 06-06 06-07 06-08 06-09',
  )
  assert.equal(
    days({ ...week, limits: { perMonth: 3 } }),
    '06-01 06-02 06-03 06-04 06-05 06-06 06-07 06-08 06-09',
  )
  assert.equal(countOf({ ...week, limits: { perYear: 3 } }), 0)
})

test('S67 limits that cannot all be meant are refused', () => {
  assert.throws(() => findSlots({ ...dhaka, limits: { perDay: 9, perMonth: 5 } }), /longer time/)
  assert.doesNotThrow(() => findSlots({ ...dhaka, limits: { perDay: 1, perYear: 1 } }))
  assert.doesNotThrow(() => findSlots({ ...dhaka, limits: {} }))
})

test('S68 a team’s limit closes the day for the team’s events, not for the host’s own', () => {
  const meeting = busy('04:00', '05:00', { own: true, team: 'sales' })
  const hosts = [
    { ...dhaka, busy: [meeting] },
    { ...dhaka, busy: [] },
  ]
  const team: SlotInput = { ...dhaka, hosts, attend: 'all', team: 'sales', teamLimits: { perDay: 1 } }
  assert.equal(countOf(team), 0)
  assert.equal(countOf({ ...team, team: 'support' }), 23)
  assert.equal(countOf({ ...dhaka, busy: [meeting] }), 23)
})

const friday: SlotInput = {
  now: '2024-05-31T01:30:00Z',
  hostTz: 'Asia/Kolkata',
  durationMin: 60,
  workingHours: hours('09:30', '18:00'),
}
const off = (...dates: string[]): SlotInput['overrides'] => dates.map((date) => ({ date, ranges: [] }))

test('S69-S71 rolling periods at any time of the day', () => {
  const rolling = { kind: 'rolling', days: 2 } as const
  const at = (now: string, period: SlotInput['period']): string =>
    days({ ...friday, now, period }, 'Asia/Kolkata')
  assert.equal(at('2024-05-30T18:30:00Z', rolling), '05-31 06-01 06-02')
  assert.equal(at('2024-05-31T11:31:00Z', rolling), '06-01 06-02')
  assert.equal(at('2024-05-31T18:29:00Z', rolling), '06-01 06-02')
  assert.equal(
    countOf({ ...friday, period: rolling }) -
      countOf({ ...friday, now: '2024-05-31T04:31:00Z', period: rolling }),
    1,
  )
  const bookable = { kind: 'bookable', days: 3 } as const
  const full = { ...friday, overrides: off('2024-06-02') }
  assert.equal(days({ ...full, period: bookable }), '05-31 06-01 06-03')
  assert.equal(days({ ...full, now: '2024-05-31T18:00:00Z', period: bookable }), '06-01 06-03 06-04')
})

test('S73 S74 a window of business days over a closed weekend, and one with nothing in it', () => {
  const period = { kind: 'bookable', days: 3, businessDays: true } as const
  const weekdays = { ...friday, workingHours: hours('09:30', '18:00', [1, 2, 3, 4, 5]) }
  assert.equal(days({ ...weekdays, overrides: off('2024-06-03'), period }), '05-31 06-04 06-05')
  assert.equal(countOf({ ...friday, workingHours: [], overrides: off('2024-06-03'), period }), 0)
  const late = {
    ...friday,
    workingHours: [],
    overrides: [{ date: '2024-09-30', ranges: [['10:00', '12:00']] as [string, string][] }],
  }
  assert.equal(countOf({ ...late, period }), 0)
})

test('S75 a fixed period that was stored as UTC midnights is its dates', () => {
  const period = { kind: 'fixed', from: '2024-07-25T00:00:00.000Z', to: '2024-07-26T00:00:00Z' } as const
  const slots = { ...friday, workingHours: hours('00:00', '24:00'), period }
  assert.equal(days(slots, 'Asia/Kolkata'), '07-25 07-26')
  assert.equal(days(slots, 'Pacific/Pago_Pago'), '07-24 07-25 07-26')
})

test('S76 S78 holds of others, holds that ran out, and the booking that is moved', () => {
  const hold = (holdUntil: string): Busy => busy('04:00', '04:45', { holdUntil, id: 'mine' })
  assert.equal(clocks({ ...india, busy: [hold('2024-05-20T00:05:00Z')] }).slice(0, 5), '04:45')
  assert.equal(clocks({ ...india, busy: [hold('2024-05-19T23:59:59Z')] }).slice(0, 5), '04:00')
  assert.equal(
    clocks({ ...india, busy: [hold('2024-05-20T00:05:00Z')], excludeId: 'mine' }).slice(0, 5),
    '04:00',
  )
})

test('S77 a meeting with seats left stays offered at its own start only, and keeps its buffers', () => {
  const seated = (attendees: number): SlotInput => ({
    ...india,
    durationMin: 60,
    workingHours: hours('09:30', '13:30'),
    busy: [busy('05:30', '06:30', { seats: 5, attendees, bufferBefore: 10 })],
  })
  assert.equal(clocks(seated(1)), '05:30 06:30')
  assert.equal(clocks(seated(4)), '05:30 06:30')
  assert.equal(clocks(seated(5)), '06:30')
  const blocked = { ...seated(1), busy: [...seated(1).busy!, busy('06:00', '06:10')] }
  assert.equal(clocks(blocked).includes('05:30'), false)
})

test('S79 a booker who has all the meetings they may have is offered none', () => {
  assert.equal(countOf({ ...india, bookerLimit: { active: 2, max: 2 } }), 0)
  assert.equal(countOf({ ...india, bookerLimit: { active: 1, max: 2 } }), 11)
})

const two = [
  { ...india, id: 'a', busy: [busy('04:00', '04:15')] },
  { ...india, id: 'b', busy: [busy('05:30', '05:45')] },
]

test('S80 S81 all hosts, or any of them', () => {
  assert.equal(clocks({ ...india, hosts: two, attend: 'all' }).slice(0, 17), '04:15 05:45 06:30')
  const same = [two[0]!, { ...two[0]!, id: 'b' }]
  assert.equal(clocks({ ...india, hosts: same }).slice(0, 11), '04:15 05:00')
  assert.equal(clocks({ ...india, hosts: two }).slice(0, 17), '04:00 04:45 05:30')
})

test('S82 S83 a fixed host, and the host who knows the lead first', () => {
  const hosts = [
    { id: 'fixed', fixed: true, workingHours: hours('12:30', '20:00') },
    { id: 'morning', workingHours: hours('09:30', '18:00') },
    { id: 'evening', workingHours: hours('13:00', '22:00') },
  ]
  const team: SlotInput = { ...india, durationMin: 60, hosts }
  assert.equal(clocks(team), '07:30 08:30 09:30 10:30 11:30 12:30 13:30')
  assert.equal(clocks({ ...team, owner: 'morning' }), '07:30 08:30 09:30 10:30 11:30')
  assert.equal(clocks({ ...team, owner: 'morning', skipContactOwner: true }), clocks(team))
  assert.equal(clocks({ ...team, owner: 'nobody' }), clocks(team))

  const month: SlotInput = {
    ...india,
    durationMin: 60,
    window: ['2024-05-20T00:00:00Z', '2024-06-20T00:00:00Z'],
    hosts: [
      { id: 'owner', overrides: [{ date: '2024-06-10', ranges: [['10:00', '11:00']] }], workingHours: [] },
      { id: 'other', workingHours: hours('10:00', '11:00') },
    ],
    owner: 'owner',
  }
  assert.ok(countOf(month) > 20, 'nothing in two weeks: the others too')
  const soon = { ...month, now: '2024-06-01T00:00:00Z' }
  assert.deepEqual(findSlots(soon), ['2024-06-10T04:30:00Z'])
})

test('S84 hosts without hours work by the event’s; a common schedule stands before their own', () => {
  const hosts = [{ id: 'a' }, { id: 'b', workingHours: hours('06:00', '07:00') }]
  const event = { ...india, durationMin: 60, workingHours: hours('10:00', '11:00'), hosts }
  assert.equal(clocks(event, 'Asia/Kolkata'), '06:00 10:00')
  assert.equal(clocks({ ...event, commonSchedule: true }, 'Asia/Kolkata'), '10:00')
})

test('S85 days away are the host’s days', () => {
  const berlin: SlotInput = {
    now: '2025-01-01T00:00:00Z',
    hostTz: 'Europe/Berlin',
    durationMin: 60,
    workingHours: hours('00:00', '24:00'),
    away: [{ from: '2025-12-22' }, { from: '2024-12-01', to: '2024-12-05' }],
    window: ['2025-12-21T23:00:00Z', '2025-12-22T23:00:00Z'],
  }
  assert.equal(countOf(berlin), 0)
  assert.equal(countOf({ ...berlin, window: ['2025-12-21T22:00:00Z', '2025-12-23T00:00:00Z'] }), 2)
  const ranges: [string, string][] = [['2025-12-21T20:00:00Z', '2025-12-23T02:00:00Z']]
  assert.equal(countOf({ ...berlin, window: undefined, workingHours: [], ranges }), 6)
})

test('S86 a travelling host keeps 8 to 17 of where they are', () => {
  const trip: SlotInput = {
    now: '2024-05-01T00:00:00Z',
    hostTz: 'Europe/Berlin',
    durationMin: 540,
    workingHours: hours('08:00', '17:00'),
    window: ['2024-11-10T00:00:00Z', '2024-11-16T00:00:00Z'],
    travel: [
      { from: '2024-11-12', to: '2024-11-13', tz: 'America/New_York' },
      { from: '2024-11-15', tz: 'Asia/Kolkata' },
    ],
  }
  assert.equal(clocks(trip), '07:00 07:00 13:00 13:00 07:00 02:30')
})

test('S88 S94 S95 overlapping hours, intersections to the millisecond, and touching times', () => {
  const morning = {
    ...india,
    hostTz: 'UTC',
    durationMin: 60,
    workingHours: [...hours('06:00', '10:00')!, ...hours('08:00', '10:00')!],
  }
  assert.equal(
    clocks({ ...morning, window: ['2024-05-23T00:00:00Z', '2024-05-24T00:00:00Z'] }),
    '06:00 07:00 08:00 09:00',
  )
  const hosts = [
    { ranges: open(['09:00', '17:00']) },
    { ranges: open(['10:00', '16:00']) },
    { ranges: open(['11:00', '15:00']) },
    { ranges: open(['13:00', '14:00'], ['11:15', '11:30']) },
  ]
  assert.equal(clocks({ ...june, durationMin: 15, hosts, attend: 'all' }), '11:15 13:00 13:15 13:30 13:45')
  const apart = [{ ranges: open(['09:00', '10:00']) }, { ranges: open(['10:00', '11:00']) }]
  assert.equal(countOf({ ...june, durationMin: 5, hosts: apart, attend: 'all' }), 0)
  const short: [string, string] = ['2021-06-21T09:00:00.001Z', '2021-06-21T10:00:00Z']
  assert.equal(countOf({ ...june, ranges: [short] }), 0)
})

test('S91 an override near midnight stays on the host’s day, whoever looks', () => {
  const overrides = [{ date: '2024-05-23', ranges: [['22:00', '24:00']] as [string, string][] }]
  const window: [string, string] = ['2024-05-20T00:00:00Z', '2024-05-27T00:00:00Z']
  for (const hostTz of ['Pacific/Honolulu', 'Europe/Brussels', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const host = { ...india, hostTz, durationMin: 60, workingHours: [], overrides, window }
    assert.equal(clocks(host, hostTz), '22:00 23:00', hostTz)
    assert.equal(days(host, hostTz), '05-23', hostTz)
  }
})

test('all-day blocks (Cal.com #12157, Thunderbird #661): dates of the calendar’s zone, unless shown as free', () => {
  const week: SlotInput = {
    now: '2026-11-20T10:00:00+03:00',
    hostTz: 'Europe/Moscow',
    durationMin: 60,
    workingHours: hours('00:00', '24:00'),
    window: ['2026-11-23T00:00:00+03:00', '2026-11-26T00:00:00+03:00'],
  }
  const vacation = { from: '2026-11-24', to: '2026-11-25' }
  assert.equal(days({ ...week, busy: [vacation] }, 'Europe/Moscow'), '11-23 11-25')
  assert.equal(
    days({ ...week, busy: [{ from: '2026-11-24', to: '2026-11-24' }] }, 'Europe/Moscow'),
    '11-23 11-25',
  )
  assert.equal(countOf({ ...week, busy: [{ ...vacation, transparency: 'transparent' }] }), 72)
  const abroad = clocks({ ...week, busy: [{ ...vacation, tz: 'Asia/Vladivostok' }] }, 'Europe/Moscow')
  assert.equal(abroad.split(' ').length, 48)
  assert.equal(abroad.split(' ')[17], '17:00')
})

test('#8398 a busy time that was written without an offset is read in its own zone', () => {
  const local = { from: '2026-07-01T10:00:00', to: '2026-07-01T11:00:00' }
  const berlin: SlotInput = {
    now: '2026-06-01T00:00:00Z',
    hostTz: 'Europe/Berlin',
    durationMin: 60,
    workingHours: hours('09:00', '12:00'),
    period: { kind: 'fixed', from: '2026-07-01', to: '2026-07-01' },
  }
  assert.equal(clocks({ ...berlin, busy: [local] }, 'Europe/Berlin'), '09:00 11:00')
  assert.equal(
    clocks({ ...berlin, busy: [{ ...local, tz: 'Europe/London' }] }, 'Europe/Berlin'),
    '09:00 10:00',
  )
})

test('#10254 an override for a day that the viewer calls another is neither lost nor doubled', () => {
  const overrides = [{ date: '2026-06-10', ranges: [['09:00', '10:00']] as [string, string][] }]
  const tokyo: SlotInput = {
    now: '2026-06-01T00:00:00Z',
    hostTz: 'Asia/Tokyo',
    durationMin: 60,
    workingHours: hours('15:00', '16:00'),
    overrides,
    window: ['2026-06-09T07:00:00Z', '2026-06-11T06:59:59Z'],
  }
  assert.deepEqual(findSlots(tokyo), ['2026-06-10T00:00:00Z', '2026-06-11T06:00:00Z'])
})

test('Lord Howe changes its clock by half an hour', () => {
  const island = (date: string, start: string, end: string): string =>
    clocks(
      {
        now: '2026-01-01T00:00:00Z',
        hostTz: 'Australia/Lord_Howe',
        durationMin: 30,
        workingHours: hours(start, end),
        period: { kind: 'fixed', from: date, to: date },
      },
      'Australia/Lord_Howe',
    )
  assert.equal(island('2026-04-05', '09:00', '10:30'), '09:00 09:30 10:00')
  assert.equal(island('2026-10-04', '09:00', '10:30'), '09:00 09:30 10:00')
  // 02:00 becomes 02:30 in October; 02:00 becomes 01:30 in April.
  assert.equal(island('2026-10-04', '01:00', '03:00'), '01:00 01:30 02:30')
  assert.equal(island('2026-04-05', '01:00', '03:00'), '01:00 01:30 01:30 02:00 02:30')
})

test('zones at the edges of the date line', () => {
  for (const hostTz of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Pacific/Apia', 'Pacific/Chatham']) {
    const slots: SlotInput = {
      now: '2026-01-01T00:00:00Z',
      hostTz,
      durationMin: 60,
      workingHours: hours('00:00', '23:59'),
      period: { kind: 'fixed', from: '2026-06-10', to: '2026-06-10' },
    }
    assert.equal(countOf(slots), 24, hostTz)
    assert.equal(days(slots, hostTz), '06-10', hostTz)
  }
})
