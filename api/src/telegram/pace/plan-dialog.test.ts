import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { planDialog } from './plan-dialog.ts'

const rules = { perDay: 20, warmUpDays: 14, warmUpPerDay: 10, gapSec: [90, 300] as [number, number] }
const now = new Date('2030-06-03T08:00:00Z')
const longAgo = new Date('2030-01-01T00:00:00Z')

function planMany(count: number, firstOnline: Date, randoms: number[]): number[] {
  const taken: Date[] = []
  for (let n = 0; n < count; n++)
    taken.push(planDialog(taken, { now, rules, firstOnline, random: randoms[n % randoms.length]! }).at)
  return taken.map((time) => time.getTime())
}

test('the first one goes at once, the next after a gap, the one over the cap a day later', () => {
  assert.deepEqual(planDialog([], { now, rules, firstOnline: longAgo, random: 0 }), { at: now, why: 'now' })
  const second = planDialog([now], { now, rules, firstOnline: longAgo, random: 0 })
  assert.deepEqual(second, { at: new Date(now.getTime() + 90_000), why: 'pace' })
  const full = Array.from({ length: 20 }, (_, n) => new Date(now.getTime() - n * 600_000))
  const over = planDialog(full, { now, rules, firstOnline: longAgo, random: 0 })
  assert.deepEqual(over, { at: new Date(full.at(-1)!.getTime() + 86_400_000), why: 'daily-cap' })
})

test('in no 24 hours more than the cap, and no gap too short, for any number of leads', () => {
  const random = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.array(random, { minLength: 1, maxLength: 50 }),
      fc.integer({ min: 0, max: 20 }),
      (count, randoms, days) => {
        const firstOnline = new Date(now.getTime() - days * 86_400_000)
        const warmUntil = firstOnline.getTime() + 14 * 86_400_000
        const times = planMany(count, firstOnline, randoms)
        for (const [n, time] of times.entries()) {
          if (n > 0) assert.ok(time - times[n - 1]! >= 90_000)
          const before = times.filter((other) => other > time - 86_400_000 && other <= time)
          assert.ok(before.length <= (time < warmUntil ? 10 : 20))
        }
      },
    ),
    { numRuns: 50 },
  )
})
