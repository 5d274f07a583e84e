import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { formatSlot } from './format-slot.ts'
import { offerSlots, type OfferInput } from './offer-slots.ts'
import { zoneLabel } from './zone-label.ts'

const HOUR = 3_600_000

/** Every half hour from 9 to 18 in Moscow, Monday 23 to Friday 27 November 2026. */
const week = Array.from({ length: 5 }, (_, day) =>
  Array.from({ length: 18 }, (_slot, half) => {
    const at = Date.parse('2026-11-23T06:00:00Z') + day * 24 * HOUR + (half * HOUR) / 2
    const utc = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
    return { start: utc(at), end: utc(at + HOUR / 2), sellerId: 'anna' }
  }),
).flat()

const input: OfferInput = {
  slots: week,
  wishes: [],
  timeZone: 'Europe/Moscow',
  lang: 'ru',
  now: '2026-11-20T07:00:00Z',
}
const labels = (change: Partial<OfferInput>): string[] =>
  offerSlots({ ...input, ...change }).offers.map(({ label }) => label)

test('without a wish: different days and halves of days', () => {
  assert.deepEqual(labels({}), ['пн, 23 ноября, 09:00', 'вт, 24 ноября, 12:00', 'ср, 25 ноября, 09:00'])
  assert.equal(offerSlots(input).exact, false)
})

test('one day only: both halves of it', () => {
  assert.deepEqual(labels({ slots: week.slice(0, 18) }), [
    'пн, 23 ноября, 09:00',
    'пн, 23 ноября, 12:00',
    'пн, 23 ноября, 17:30',
  ])
})

test('the exact time comes first when it is free, then what is near but no neighbour', () => {
  const { offers, exact } = offerSlots({ ...input, wishes: [{ point: '2026-11-24T15:00:00+03:00' }] })
  assert.equal(exact, true)
  assert.deepEqual(
    offers.map(({ label }) => label),
    ['вт, 24 ноября, 15:00', 'вт, 24 ноября, 14:00', 'вт, 24 ноября, 16:00'],
  )
})

test('a taken time: the nearest ones, and it is said that this is not what was asked for', () => {
  const slots = week.filter(({ start }) => start !== '2026-11-24T12:00:00Z')
  const { offers, exact } = offerSlots({ ...input, slots, wishes: [{ point: '2026-11-24T15:00:00+03:00' }] })
  assert.equal(exact, false)
  assert.deepEqual(
    offers.map(({ label }) => label),
    ['вт, 24 ноября, 14:30', 'вт, 24 ноября, 15:30', 'вт, 24 ноября, 13:30'],
  )
})

test('a wished afternoon is kept to, and spread over', () => {
  const wishes = [{ from: '2026-11-24T13:00:00+03:00', to: '2026-11-24T18:00:00+03:00' }]
  assert.deepEqual(labels({ wishes, count: 2 }), ['вт, 24 ноября, 13:00', 'вт, 24 ноября, 17:30'])
  assert.equal(offerSlots({ ...input, wishes }).exact, true)
})

test('two wished points are both offered', () => {
  const wishes = ['11', '16'].map((hour) => ({
    from: `2026-11-24T${hour}:00:00+03:00`,
    to: `2026-11-24T${hour}:00:00+03:00`,
  }))
  assert.deepEqual(labels({ wishes, count: 2 }), ['вт, 24 ноября, 11:00', 'вт, 24 ноября, 16:00'])
})

test('past times and the same start of another seller are not offered', () => {
  const slots = [...week.slice(0, 2), { ...week[1]!, sellerId: 'boris' }]
  const { offers } = offerSlots({ ...input, slots, now: week[0]!.start })
  assert.deepEqual(
    offers.map(({ start, sellerId }) => [start, sellerId]),
    [[week[1]!.start, 'anna']],
  )
})

test('nothing free: nothing offered', () => {
  assert.deepEqual(offerSlots({ ...input, slots: [] }), { offers: [], exact: false, alike: false })
})

test('an id depends on seller and instant only', () => {
  const id = (start: string, sellerId: string): string =>
    offerSlots({ ...input, slots: [{ start, end: '2026-11-24T13:00:00Z', sellerId }], lang: 'en' }).offers[0]!
      .id
  assert.equal(id('2026-11-24T12:00:00Z', 'anna'), id('2026-11-24T15:00:00+03:00', 'anna'))
  assert.notEqual(id('2026-11-24T12:00:00Z', 'anna'), id('2026-11-24T12:00:00Z', 'boris'))
  assert.match(id('2026-11-24T12:00:00Z', 'anna'), /^s[a-z0-9]{5,14}$/)
})

test('offers are few, different, free, in the future, and exact only when wished', () => {
  const slot = fc.constantFrom(...week)
  const property = fc.property(
    fc.uniqueArray(slot, { selector: ({ start }) => start, maxLength: 40 }),
    fc.array(slot, { maxLength: 2 }),
    fc.integer({ min: 1, max: 5 }),
    slot,
    (slots, wished, count, now) => {
      const wishes = wished.map(({ start }) => ({ point: start }))
      const { offers, exact } = offerSlots({ ...input, slots, wishes, count, now: now.start })
      const free = slots.filter(({ start }) => start > now.start)
      assert.equal(offers.length, Math.min(count, free.length))
      assert.equal(new Set(offers.map(({ id }) => id)).size, offers.length)
      for (const { start } of offers) assert.ok(free.some((one) => one.start === start))
      assert.equal(
        exact,
        free.some(({ start }) => wishes.some(({ point }) => point === start)),
      )
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('labels are written in the lead’s zone and language', () => {
  const start = '2026-11-26T12:00:00Z'
  assert.equal(formatSlot(start, 'Europe/Moscow', 'ru', { withZone: true }), 'чт, 26 ноября, 15:00 МСК')
  assert.equal(formatSlot(start, 'Europe/Moscow', 'en', { withZone: true }), 'Thu, 26 Nov, 15:00 Moscow time')
  assert.equal(formatSlot('2026-11-26T22:00:00Z', 'Asia/Vladivostok', 'en'), 'Fri, 27 Nov, 08:00')
})

test('a zone without a common name is its offset at that instant', () => {
  assert.equal(zoneLabel('2026-11-26T12:00:00Z', 'America/Chicago', 'en'), 'UTC−6')
  assert.equal(zoneLabel('2026-07-26T12:00:00Z', 'America/Chicago', 'en'), 'UTC−5')
  assert.equal(zoneLabel('2026-07-26T12:00:00Z', 'Asia/Kathmandu', 'ru'), 'UTC+5:45')
  assert.equal(zoneLabel('2026-07-26T12:00:00Z', 'Etc/UTC', 'ru'), 'UTC')
})
