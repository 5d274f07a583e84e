import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Temporal } from '../temporal.ts'
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000)
const MINUTE = 60_000
const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
]
// The days around which clocks change, and ordinary ones.
const DATES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-06-15',
]

const iso = (ms: number): string => new Date(ms).toISOString()
const wall = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const hours = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .filter(([start, end]) => start < end)
  .map(([start, end]): [string, string] => [wall(start * 15), wall(end * 15)])

const calendar = fc.record({
  hostTz: fc.constantFrom(...ZONES),
  date: fc.constantFrom(...DATES),
  hours: fc.array(hours, { minLength: 1, maxLength: 3 }),
  override: fc.option(fc.array(hours, { maxLength: 2 }), { nil: undefined }),
  busy: fc.array(
    fc.record({
      start: fc.integer({ min: -1440, max: 4320 }),
      length: fc.integer({ min: 0, max: 900 }),
      bufferBefore: fc.integer({ min: 0, max: 60 }),
      bufferAfter: fc.integer({ min: 0, max: 60 }),
    }),
    { maxLength: 6 },
  ),
  durationMin: fc.constantFrom(5, 15, 20, 25, 30, 45, 50, 60, 90, 120),
  stepMin: fc.constantFrom(undefined, 5, 15, 30, 60),
  bufferBefore: fc.constantFrom(0, 5, 15),
  bufferAfter: fc.constantFrom(0, 10, 30),
  minNoticeMin: fc.integer({ min: 0, max: 2000 }),
  dense: fc.boolean(),
})

type Calendar = typeof calendar extends fc.Arbitrary<infer T> ? T : never

function inputOf(given: Calendar): SlotInput {
  const from = Date.parse(`${given.date}T00:00:00Z`) - 86_400_000
  return {
    ...given,
    now: iso(from),
    workingHours: given.hours.map(([start, end]) => ({ days: [0, 1, 2, 3, 4, 5, 6], start, end })),
    overrides: given.override && [{ date: given.date, ranges: given.override }],
    busy: given.busy.map(({ start, length, ...buffers }) => ({
      from: iso(from + start * MINUTE),
      to: iso(from + (start + length) * MINUTE),
      ...buffers,
    })),
    window: [iso(from), iso(from + 3 * 86_400_000)],
  }
}

/** Wall clock of a date as an instant: by another way than the code under test. */
function instant(date: Temporal.PlainDate, clock: string, timeZone: string): number {
  const [day, time] = clock === '24:00' ? [date.add({ days: 1 }), '00:00'] : [date, clock]
  return day.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(timeZone).epochMilliseconds
}

function clockAt(ms: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(timeZone)
    .toPlainTime()
    .toString()
    .slice(0, 5)
}

function openRanges(given: Calendar): [number, number][] {
  const middle = Temporal.PlainDate.from(given.date)
  const days = [-2, -1, 0, 1, 2, 3].map((ahead) => middle.add({ days: ahead }))
  return days
    .flatMap((day) =>
      (given.override && day.equals(middle) ? given.override : given.hours).map(
        ([start, end]): [number, number] => [
          instant(day, start, given.hostTz),
          instant(day, end === '23:59' ? '24:00' : end, given.hostTz),
        ],
      ),
    )
    .sort(([a], [b]) => a - b)
}

/** True when the ranges together cover all of [from, to). */
function covered(ranges: [number, number][], from: number, to: number): boolean {
  let reached = from
  for (const [start, end] of ranges) if (start <= reached && end > reached) reached = end
  return reached >= to
}

test('no offered slot leaves working hours, meets anything busy with buffers, or comes too early', () => {
  fc.assert(
    fc.property(calendar, (given) => {
      const input = inputOf(given)
      const open = openRanges(given)
      const earliest = Date.parse(input.now) + given.minNoticeMin * MINUTE
      for (const slot of findSlots(input)) {
        const start = Date.parse(slot)
        const end = start + given.durationMin * MINUTE
        assert.ok(start >= earliest, `${slot} is before the notice`)
        assert.ok(covered(open, start, end), `${slot} leaves working hours`)
        for (const block of input.busy ?? []) {
          if (block.from === block.to) continue
          const from = Date.parse(block.from) - ((block.bufferBefore ?? 0) + given.bufferAfter) * MINUTE
          const to = Date.parse(block.to) + ((block.bufferAfter ?? 0) + given.bufferBefore) * MINUTE
          assert.ok(end <= from || start >= to, `${slot} meets ${block.from}`)
        }
      }
    }),
    { numRuns },
  )
})

test('slots are in order, different, and at least a step apart', () => {
  fc.assert(
    fc.property(calendar, (given) => {
      const starts = findSlots(inputOf(given)).map((slot) => Date.parse(slot))
      const step = Math.min(given.stepMin ?? given.durationMin, given.durationMin)
      for (const [i, start] of starts.slice(1).entries()) assert.ok(start - starts[i]! >= step * MINUTE)
    }),
    { numRuns },
  )
})

test('what is left over between slots and busy time is too short for another meeting', () => {
  fc.assert(
    fc.property(calendar, (given) => {
      const plain = { ...given, busy: [], stepMin: undefined, dense: true, minNoticeMin: 0 }
      const input = { ...inputOf(plain), overrides: undefined }
      const starts = findSlots(input).map((slot) => Date.parse(slot))
      for (const [from, to] of openRanges({ ...plain, override: undefined })) {
        const inWindow = from >= Date.parse(input.window![0]) && to <= Date.parse(input.window![1])
        // An end that the clock skips is not worked through to its later reading.
        const skipped = !given.hours.some(
          ([, end]) => clockAt(to, given.hostTz) === end.replace('24:00', '00:00'),
        )
        if (!inWindow || skipped || to - from < given.durationMin * MINUTE) continue
        assert.ok(
          starts.some((start) => start < to && start + given.durationMin * MINUTE > from),
          `nothing in ${iso(from)}`,
        )
      }
    }),
    { numRuns },
  )
})

test('with several hosts a slot is free for all of them, or for every fixed one and one of the others', () => {
  const host = fc.record({ calendar, fixed: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(host, { minLength: 2, maxLength: 3 }),
      fc.constantFrom('any' as const, 'all' as const),
      (given, attend) => {
        const main = { ...given[0]!.calendar, busy: [], minNoticeMin: 0 }
        const input = inputOf(main)
        const hosts = given.map(({ calendar: { bufferBefore, bufferAfter, ...one }, fixed }) => ({
          one: { ...one, date: main.date, bufferBefore, bufferAfter },
          fixed,
        }))
        const slots = findSlots({
          ...input,
          attend,
          hosts: hosts.map(({ one, fixed }) => {
            const { hostTz, workingHours, overrides, busy } = inputOf(one)
            return { hostTz, workingHours, overrides, busy, fixed }
          }),
        })
        const open = hosts.map(({ one }) => openRanges(one))
        const blocks = hosts.map(({ one }) =>
          (inputOf(one).busy ?? [])
            .filter((block) => block.from !== block.to)
            .map((block) => [
              Date.parse(block.from) - ((block.bufferBefore ?? 0) + main.bufferAfter) * MINUTE,
              Date.parse(block.to) + ((block.bufferAfter ?? 0) + main.bufferBefore) * MINUTE,
            ]),
        )
        for (const slot of slots) {
          const start = Date.parse(slot)
          const end = start + main.durationMin * MINUTE
          const free = hosts.map(
            (_, i) =>
              covered(open[i]!, start, end) && !blocks[i]!.some(([from, to]) => start < to! && end > from!),
          )
          const others = hosts.flatMap(({ fixed }, i) => (fixed ? [] : [free[i]!]))
          if (attend === 'all') assert.ok(free.every(Boolean), slot)
          else {
            assert.ok(
              hosts.every(({ fixed }, i) => !fixed || free[i]),
              `${slot} without a fixed host`,
            )
            assert.ok(others.length === 0 || others.some(Boolean), `${slot} without another host`)
          }
        }
      },
    ),
    { numRuns: Math.ceil(numRuns / 2) },
  )
})
