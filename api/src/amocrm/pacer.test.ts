import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPacer } from './pacer.ts'

test('a burst is spread evenly and keeps its order', async () => {
  const pace = createPacer(10)
  const started = Date.now()
  const order: number[] = []
  const times = await Promise.all(
    [0, 1, 2, 3].map(async (number) => {
      await pace()
      order.push(number)
      return Date.now() - started
    }),
  )
  assert.deepEqual(order, [0, 1, 2, 3])
  assert.ok(times[0]! < 80, `the first waits for nobody, but took ${times[0]} ms`)
  // A timer may fire up to a millisecond early.
  for (const [number, ms] of times.entries())
    assert.ok(ms >= number * 100 - 4, `caller ${number} came after ${ms} ms`)
})

test('after a pause nothing is owed: the next goes at once, the one behind it waits', async () => {
  const pace = createPacer(10)
  await pace()
  await new Promise((resolve) => setTimeout(resolve, 120))
  const started = Date.now()
  await pace()
  const first = Date.now() - started
  await pace()
  assert.ok(first < 80, `${first} ms`)
  assert.ok(Date.now() - started - first >= 90)
})
