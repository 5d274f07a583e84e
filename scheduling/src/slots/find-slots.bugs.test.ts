import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'

// Each test is named by a bug that other schedulers shipped; the numbers are issues of calcom/cal.diy.

const DAILY = [0, 1, 2, 3, 4, 5, 6]

function day(
  hostTz: string,
  date: string,
  start: string,
  end: string,
  more: Partial<SlotInput> = {},
): string[] {
  const noon = Date.parse(`${date}T12:00:00Z`)
  return findSlots({
    now: '2026-01-01T00:00:00Z',
    hostTz,
    durationMin: 60,
    workingHours: [{ days: DAILY, start, end }],
    window: [new Date(noon - 129_600_000).toISOString(), new Date(noon + 129_600_000).toISOString()],
    ...more,
  }).filter((slot) => new Date(slot).toLocaleDateString('sv', { timeZone: hostTz }) === date)
}

const local = (slots: string[], timeZone: string): string =>
  slots.map((slot) => new Date(slot).toLocaleTimeString('sv', { timeZone, timeStyle: 'short' })).join(' ')

test('#1092 #4702 #4753 slots keep the wall clock on both sides of a clock change', () => {
  for (const date of [
    '2026-10-23',
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
    '2026-03-28',
    '2026-03-29',
    '2026-03-30',
  ]) {
    assert.equal(
      local(day('Europe/Berlin', date, '09:00', '12:00'), 'Europe/Berlin'),
      '09:00 10:00 11:00',
      date,
    )
  }
})

test('#6217 half-hour windows are right on exactly the two change days', () => {
  for (const date of ['2026-03-08', '2026-11-01']) {
    assert.equal(
      local(day('America/New_York', date, '09:30', '10:00', { durationMin: 30 }), 'America/New_York'),
      '09:30',
    )
  }
})

test('#10517 November after the change', () => {
  assert.deepEqual(day('America/New_York', '2026-11-02', '09:00', '10:00'), ['2026-11-02T14:00:00Z'])
})

test('#12137 a notice that ends on the change day shifts nothing', () => {
  const slots = day('America/New_York', '2026-03-09', '09:00', '11:00', {
    now: '2026-03-07T12:00:00Z',
    minNoticeMin: 1440,
  })
  assert.deepEqual(slots, ['2026-03-09T13:00:00Z', '2026-03-09T14:00:00Z'])
})

test('#30021 afternoon hours are not an hour late on change days', () => {
  for (const date of ['2026-03-08', '2026-11-01']) {
    assert.equal(
      local(day('America/New_York', date, '13:00', '16:00'), 'America/New_York'),
      '13:00 14:00 15:00',
    )
  }
})

test('#2250 asking in another zone and back gives the same', () => {
  const berlin = day('Europe/Berlin', '2026-10-25', '09:00', '12:00')
  day('America/New_York', '2026-10-25', '09:00', '12:00')
  assert.deepEqual(day('Europe/Berlin', '2026-10-25', '09:00', '12:00'), berlin)
})

test('#2102 #10136 #10161 rounding is done in the host’s zone, also at :30 and :45', () => {
  assert.equal(local(day('Asia/Kolkata', '2026-06-10', '09:00', '11:00'), 'Asia/Kolkata'), '09:00 10:00')
  assert.equal(local(day('Asia/Kathmandu', '2026-06-10', '09:00', '11:00'), 'Asia/Kathmandu'), '09:00 10:00')
  assert.equal(
    local(day('Australia/Adelaide', '2026-06-10', '09:15', '11:30'), 'Australia/Adelaide'),
    '10:00',
  )
})

test('#8833 #9964 #10200 #8478 #6136 an override is on the host’s day, wherever that is in UTC', () => {
  const overrides = [{ date: '2026-06-10', ranges: [['00:00', '02:00']] as [string, string][] }]
  assert.deepEqual(day('Pacific/Auckland', '2026-06-10', '09:00', '10:00', { overrides }), [
    '2026-06-09T12:00:00Z',
    '2026-06-09T13:00:00Z',
  ])
  assert.deepEqual(day('Pacific/Honolulu', '2026-06-10', '09:00', '10:00', { overrides }), [
    '2026-06-10T10:00:00Z',
    '2026-06-10T11:00:00Z',
  ])
})

test('#6686 an alias of a zone works, an unknown one is an error', () => {
  assert.deepEqual(
    day('Asia/Calcutta', '2026-06-10', '09:00', '10:00'),
    day('Asia/Kolkata', '2026-06-10', '09:00', '10:00'),
  )
  assert.throws(() => day('Mars/Phobos', '2026-06-10', '09:00', '10:00'), /hostTz/)
})

test('#7687 the last slot of the day is there', () => {
  assert.equal(local(day('Europe/Moscow', '2026-06-10', '22:00', '23:59'), 'Europe/Moscow'), '22:00 23:00')
  assert.equal(local(day('Europe/Moscow', '2026-06-10', '22:00', '24:00'), 'Europe/Moscow'), '22:00 23:00')
})

test('#11688 #11696 a busy block far ahead is not lost in a long window', () => {
  const input: SlotInput = {
    now: '2026-01-01T00:00:00Z',
    hostTz: 'UTC',
    durationMin: 60,
    workingHours: [{ days: DAILY, start: '09:00', end: '10:00' }],
    window: ['2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z'],
    busy: [{ from: '2026-11-20T09:00:00Z', to: '2026-11-20T10:00:00Z' }],
  }
  const slots = findSlots(input)
  assert.equal(slots.length, 364)
  assert.ok(!slots.includes('2026-11-20T09:00:00Z'))
})

test('a fixed period is dates, so that no zone moves it by a day', () => {
  for (const hostTz of ['Pacific/Honolulu', 'Europe/Moscow', 'Pacific/Auckland']) {
    const slots = findSlots({
      now: '2026-01-01T00:00:00Z',
      hostTz,
      durationMin: 60,
      workingHours: [{ days: DAILY, start: '09:00', end: '10:00' }],
      period: { kind: 'fixed', from: '2026-01-19', to: '2026-01-20' },
    })
    assert.deepEqual(
      slots.map((slot) => new Date(slot).toLocaleDateString('sv', { timeZone: hostTz })),
      ['2026-01-19', '2026-01-20'],
    )
  }
})

test('#13961 answers are UTC instants', () => {
  assert.deepEqual(day('Europe/Moscow', '2026-06-10', '10:00', '11:00'), ['2026-06-10T07:00:00Z'])
})

test('an hour that happens twice is worked twice, an hour that is skipped is not offered', () => {
  assert.equal(day('America/New_York', '2026-11-01', '00:00', '06:00', { durationMin: 30 }).length, 14)
  assert.equal(day('America/New_York', '2026-03-08', '00:00', '06:00', { durationMin: 30 }).length, 10)
  assert.deepEqual(day('America/New_York', '2026-03-08', '02:00', '03:00'), [])
})

test('a day whose midnight does not exist begins when the clock jumps', () => {
  assert.deepEqual(day('Africa/Cairo', '2026-04-24', '00:00', '03:00').slice(0, 1), ['2026-04-23T22:00:00Z'])
})
