import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'
import { whyNotFree, type NotFreeReason } from './why-not-free.ts'

const HOUR = 3_600_000

/** Thursday 26 November 2026, noon in Moscow; Monday to Friday, 10 to 18; one meeting on Friday at 15, a hold at 16. */
const anna: SlotInput = {
  now: '2026-11-26T12:00:00+03:00',
  hostTz: 'Europe/Moscow',
  durationMin: 30,
  stepMin: 30,
  minNoticeMin: 120,
  workingHours: [{ days: [1, 2, 3, 4, 5], start: '10:00', end: '18:00' }],
  window: ['2026-11-26T09:00:00Z', '2026-12-10T21:00:00Z'],
  busy: [
    { from: '2026-11-27T15:00:00+03:00', to: '2026-11-27T15:30:00+03:00' },
    {
      from: '2026-11-27T16:00:00+03:00',
      to: '2026-11-27T16:30:00+03:00',
      holdUntil: '2026-11-26T12:10:00+03:00',
    },
  ],
}
const at = (from: string, to = from) => ({
  from: Date.parse(`${from}:00+03:00`),
  to: Date.parse(`${to}:00+03:00`),
})

const points: Record<string, NotFreeReason> = {
  '2026-11-26T11:00': 'past',
  '2026-11-26T12:00': 'past',
  '2026-11-26T13:30': 'too_soon',
  '2026-11-28T12:00': 'closed_day',
  '2026-11-27T09:30': 'outside_hours',
  '2026-11-27T17:45': 'outside_hours',
  '2026-11-27T19:00': 'outside_hours',
  '2026-11-27T15:00': 'taken',
  '2026-11-27T15:15': 'taken',
  '2026-11-27T16:00': 'held',
  '2026-11-27T11:10': 'off_grid',
  '2026-12-14T12:00': 'beyond_horizon',
}

for (const [wish, reason] of Object.entries(points)) {
  test(`${wish} is not offered: ${reason}`, () => {
    assert.equal(whyNotFree(at(wish), [anna]), reason)
  })
}

test('a wished span is explained like a start', () => {
  const spans: [string, string, NotFreeReason][] = [
    ['2026-11-26T09:00', '2026-11-26T11:30', 'past'],
    ['2026-11-26T12:30', '2026-11-26T14:00', 'too_soon'],
    ['2026-11-28T00:00', '2026-11-30T00:00', 'closed_day'],
    ['2026-11-27T18:00', '2026-11-27T22:00', 'outside_hours'],
    ['2026-11-27T15:00', '2026-11-27T15:30', 'taken'],
    ['2026-11-27T15:00', '2026-11-27T16:00', 'off_grid'],
    ['2026-11-27T16:00', '2026-11-27T16:30', 'held'],
    ['2026-12-14T09:00', '2026-12-14T12:00', 'beyond_horizon'],
  ]
  const busy = [...(anna.busy ?? []), { from: '2026-11-27T12:30:00Z', to: '2026-11-27T12:50:00Z' }]
  for (const [from, to, reason] of spans) {
    const rules = reason === 'off_grid' ? { ...anna, busy, durationMin: 10 } : anna
    assert.equal(whyNotFree(at(from, to), [rules]), reason, `${from} ${reason}`)
  }
})

test('of several sellers the one that is nearest to having time speaks', () => {
  const boris: SlotInput = { ...anna, workingHours: [{ days: [6], start: '10:00', end: '14:00' }], busy: [] }
  const full = { ...boris, busy: [{ from: '2026-11-28T00:00:00+03:00', to: '2026-11-29T00:00:00+03:00' }] }
  assert.equal(whyNotFree(at('2026-11-28T12:00'), [anna, full]), 'taken')
  assert.equal(whyNotFree(at('2026-11-28T16:00'), [anna, boris]), 'outside_hours')
  assert.equal(whyNotFree(at('2026-11-29T12:00'), [anna, boris]), 'closed_day')
  assert.equal(whyNotFree(at('2026-11-29T12:00'), []), null)
})

test('the day and the hours are those of the seller, also where the lead is elsewhere and on the day the clocks change', () => {
  const lisbon: SlotInput = {
    ...anna,
    now: '2026-10-23T10:00:00Z',
    hostTz: 'Europe/Lisbon',
    workingHours: [{ days: [0], start: '10:00', end: '12:00' }],
    window: ['2026-10-23T10:00:00Z', '2026-11-10T00:00:00Z'],
    busy: [],
  }
  const utc = (text: string) => ({ from: Date.parse(text), to: Date.parse(text) })
  assert.equal(whyNotFree(utc('2026-10-25T09:30:00Z'), [lisbon]), 'outside_hours')
  assert.equal(whyNotFree(utc('2026-10-24T22:30:00Z'), [lisbon]), 'closed_day')
  assert.equal(whyNotFree(utc('2026-10-24T23:30:00Z'), [lisbon]), 'outside_hours')
})

test('what is called taken lies in the hours and collides; what is called outside of them does not lie in them', () => {
  const minute = fc
    .integer({ min: 0, max: 20 * 24 * 60 })
    .map((n) => Date.parse('2026-11-26T00:00:00+03:00') + n * 60_000)
  fc.assert(
    fc.property(minute, (from) => {
      const starts = findSlots(anna).map((start) => Date.parse(start))
      const reason = whyNotFree({ from, to: from }, [anna])
      const empty = findSlots({ ...anna, busy: [], stepMin: 1, minNoticeMin: 0 }).map((start) =>
        Date.parse(start),
      )
      if (starts.includes(from)) return
      if (reason === 'taken' || reason === 'held' || reason === 'off_grid') assert.ok(empty.includes(from))
      if (reason === 'outside_hours' || reason === 'closed_day') assert.ok(!empty.includes(from))
      if (reason === 'past') assert.ok(from <= Date.parse(anna.now))
      if (reason === 'too_soon') assert.ok(from < Date.parse(anna.now) + 2 * HOUR)
    }),
    { numRuns: 300 },
  )
})
