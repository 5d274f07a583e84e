import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'

const DAILY = [0, 1, 2, 3, 4, 5, 6]

/** HH:MM of every start. */
function clocks(input: SlotInput): string {
  return findSlots(input)
    .map((start) => start.slice(11, 16))
    .join(' ')
}

/** Dates (UTC) that have a start. */
function dates(input: SlotInput): string {
  return [...new Set(findSlots(input).map((start) => start.slice(5, 10)))].join(' ')
}

const utc: SlotInput = { now: '2021-06-20T11:59:59Z', hostTz: 'UTC', durationMin: 60 }
const at = (...ranges: [string, string][]): [string, string][] =>
  ranges.map(([from, to]) => [`2021-06-21T${from}:00Z`, `2021-06-21T${to}:00Z`])

const india: SlotInput = {
  now: '2024-05-20T00:00:00Z',
  hostTz: 'Asia/Kolkata',
  durationMin: 45,
  workingHours: [{ days: DAILY, start: '09:30', end: '18:00' }],
  window: ['2024-05-22T18:30:00Z', '2024-05-23T18:29:59.999Z'],
}
const busy = (from: string, to: string): { from: string; to: string } => ({
  from: `2024-05-23T${from}:00Z`,
  to: `2024-05-23T${to}:00Z`,
})

test('a length that is no round number keeps the minute of the window', () => {
  assert.equal(clocks({ ...utc, durationMin: 8, ranges: at(['07:22', '08:00']) }), '07:22 07:30 07:38 07:46')
})

test('windows that overlap or touch are one', () => {
  assert.equal(
    clocks({ ...utc, durationMin: 20, ranges: at(['11:20', '12:40'], ['11:00', '12:00']) }),
    '11:00 11:20 11:40 12:00 12:20',
  )
  assert.equal(clocks({ ...utc, ranges: at(['09:00', '09:30'], ['09:30', '10:00']) }), '09:00')
})

test('notice counts from now to the start, then the grid begins anew', () => {
  const input = { ...utc, durationMin: 30, stepMin: 15, minNoticeMin: 45, now: '2021-06-21T12:00:00Z' }
  assert.equal(
    clocks({ ...input, ranges: at(['12:00', '15:00']) }),
    '12:45 13:00 13:15 13:30 13:45 14:00 14:15 14:30',
  )
})

test('the grid begins anew after a busy block', () => {
  assert.equal(clocks({ ...india, busy: [busy('04:00', '04:15')] }).slice(0, 17), '04:15 05:00 05:45')
  assert.equal(clocks({ ...india, durationMin: 30, stepMin: 120 }), '04:30 06:30 08:30 10:30')
})

test('a meeting of ours keeps its own buffers and those of the new meeting', () => {
  const own = {
    from: '2024-05-23T04:00:00Z',
    to: '2024-05-23T05:59:59Z',
    bufferBefore: 120,
    bufferAfter: 120,
  }
  assert.equal(
    clocks({ ...india, durationMin: 120, bufferBefore: 120, bufferAfter: 120, busy: [own] }),
    '10:30',
  )
})

test('nested and touching busy blocks are one', () => {
  const blocks = [busy('05:00', '06:00'), busy('04:00', '09:00'), busy('09:00', '11:30')]
  assert.equal(clocks({ ...india, busy: blocks }), '11:30')
})

test('a hole shorter than the meeting is not offered', () => {
  assert.equal(
    clocks({ ...india, durationMin: 30, busy: [busy('04:00', '05:00'), busy('05:29', '12:30')] }),
    '',
  )
})

test('hours to 23:59 go on after midnight', () => {
  const workingHours = [
    { days: [1], start: '23:00', end: '23:59' },
    { days: [2], start: '00:00', end: '00:30' },
  ]
  const window: [string, string] = ['2021-06-21T00:00:00Z', '2021-06-22T23:59:59Z']
  assert.deepEqual(findSlots({ ...utc, durationMin: 90, workingHours, window }), ['2021-06-21T23:00:00Z'])
})

test('hours that end before they start open nothing', () => {
  const window: [string, string] = ['2021-06-21T00:00:00Z', '2021-06-22T23:59:59Z']
  assert.deepEqual(
    findSlots({ ...utc, workingHours: [{ days: DAILY, start: '18:00', end: '09:00' }], window }),
    [],
  )
})

test('dense packing leaves the round grid only for one more meeting', () => {
  const la = (from: string, to: string, dense = true): string =>
    clocks({ ...utc, dense, ranges: at(['08:00', '10:00'], [from, to]) }).slice(12)
  assert.equal(la('10:10', '12:30'), '10:15 11:15')
  assert.equal(la('10:10', '12:30', false), '11:00')
  assert.equal(la('10:10', '12:00'), '11:00')
  assert.equal(clocks({ ...utc, dense: true, ranges: at(['09:05', '12:55']) }), '09:15 10:15 11:15')
  assert.equal(
    clocks({ ...utc, dense: true, durationMin: 15, ranges: at(['11:22', '12:55']) }),
    '11:25 11:40 11:55 12:10 12:25 12:40',
  )
})

test('a limit of meetings or minutes closes the host’s day or week', () => {
  const own = { from: '2024-05-23T06:00:00Z', to: '2024-05-23T07:00:00Z', own: true }
  const week: SlotInput = { ...india, busy: [own], window: ['2024-05-19T18:30:00Z', '2024-05-26T18:30:00Z'] }
  assert.equal(dates({ ...week, limits: { perDay: 1 } }), '05-20 05-21 05-22 05-24 05-25 05-26')
  assert.equal(dates({ ...week, limits: { perDay: 2 } }).includes('05-23'), true)
  assert.equal(dates({ ...week, limits: { minutesPerDay: 90 } }).includes('05-23'), false)
  assert.equal(dates({ ...week, limits: { minutesPerDay: 30 } }), '')
  assert.equal(dates({ ...week, limits: { perWeek: 1 } }), '')
  assert.equal(
    dates({ ...week, busy: [{ ...own, own: false }], limits: { perDay: 1 } }).includes('05-23'),
    true,
  )
})

const friday: SlotInput = {
  now: '2024-05-31T01:30:00Z',
  hostTz: 'Asia/Kolkata',
  durationMin: 60,
  workingHours: [{ days: DAILY, start: '09:30', end: '18:00' }],
}
const away = (date: string): { date: string; ranges: [string, string][] } => ({ date, ranges: [] })

test('a rolling period is today and so many days, however late it is', () => {
  const period = { kind: 'rolling', days: 2 } as const
  assert.equal(dates({ ...friday, period }), '05-31 06-01 06-02')
  assert.equal(dates({ ...friday, now: '2024-05-31T18:20:00Z', period }), '06-01 06-02')
})

test('business days are counted, the weekend between stays open', () => {
  assert.equal(
    dates({ ...friday, period: { kind: 'rolling', days: 2, businessDays: true } }),
    '05-31 06-01 06-02 06-03 06-04',
  )
})

test('a period of bookable days grows past full ones', () => {
  const period = { kind: 'bookable', days: 3 } as const
  assert.equal(dates({ ...friday, period, overrides: [away('2024-06-02')] }), '05-31 06-01 06-03')
  assert.equal(
    dates({ ...friday, period: { ...period, businessDays: true }, overrides: [away('2024-06-03')] }),
    '05-31 06-01 06-02 06-04 06-05',
  )
})

test('a fixed period is days of the host', () => {
  assert.equal(
    dates({ ...friday, period: { kind: 'fixed', from: '2024-06-01', to: '2024-06-02' } }),
    '06-01 06-02',
  )
})

test('a hold hides time until it runs out; the meeting being moved hides nothing', () => {
  const hold = { ...busy('04:00', '12:30'), holdUntil: '2024-05-20T00:05:00Z' }
  assert.equal(clocks({ ...india, busy: [hold] }), '')
  assert.notEqual(clocks({ ...india, now: '2024-05-20T00:05:00Z', busy: [hold] }), '')
  assert.notEqual(clocks({ ...india, busy: [{ ...busy('04:00', '12:30'), id: 'b1' }], excludeId: 'b1' }), '')
})

test('two hosts: all are needed, or one is enough', () => {
  const hosts = [
    { ...india, busy: [busy('04:00', '04:15')] },
    { ...india, busy: [busy('05:30', '05:45')] },
  ]
  assert.equal(clocks({ ...india, hosts, attend: 'all' }).slice(0, 17), '04:15 05:45 06:30')
  assert.equal(clocks({ ...india, hosts, attend: 'any' }).slice(0, 17), '04:00 04:45 05:30')
})

test('a time that no single host has is not offered', () => {
  const hosts = [{ ranges: at(['09:00', '09:30']) }, { ranges: at(['09:30', '10:00']) }]
  assert.equal(clocks({ ...utc, hosts }), '')
})

test('hours follow a travelling host', () => {
  const input: SlotInput = {
    now: '2024-05-01T00:00:00Z',
    hostTz: 'Europe/Berlin',
    durationMin: 540,
    workingHours: [{ days: DAILY, start: '08:00', end: '17:00' }],
    window: ['2024-05-13T00:00:00Z', '2024-05-18T00:00:00Z'],
    travel: [
      { from: '2024-05-14', to: '2024-05-15', tz: 'America/New_York' },
      { from: '2024-05-17', tz: 'Asia/Kolkata' },
    ],
  }
  assert.equal(clocks(input), '06:00 12:00 12:00 06:00 02:30')
})

test('bad input names the field', () => {
  assert.throws(() => findSlots({ ...utc, hostTz: 'Moscow' }), /hostTz/)
  assert.throws(() => findSlots({ ...india, window: undefined }), /window/)
  assert.throws(() => findSlots({ ...utc, durationMin: 0 }), /durationMin/)
  assert.throws(() => findSlots({ ...india, busy: [busy('05:00', '04:00')] }), /to is before from/)
  assert.throws(
    () => findSlots({ ...india, window: ['2024-01-01T00:00:00Z', '2034-01-01T00:00:00Z'] }),
    /400 days/,
  )
})

test('two thousand ranges', () => {
  const day = Date.parse('2021-06-21T00:00:00Z')
  const ranges = Array.from({ length: 2000 }, (_, i): [string, string] => [
    new Date(day + i * 7_200_000).toISOString(),
    new Date(day + i * 7_200_000 + 3_600_000).toISOString(),
  ])
  assert.equal(findSlots({ ...utc, durationMin: 15, ranges }).length, 8000)
})
