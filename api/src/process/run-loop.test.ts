import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { runLoop } from './run-loop.ts'
import { createWake } from './wake.ts'

const never = 60_000

/** A loop whose steps the test plays; `logged` is what it wrote. */
function makeLoop() {
  const logged: string[] = []
  const wake = createWake()
  const ending = new AbortController()
  const log = pino({}, { write: (line: string) => void logged.push(line) })
  const run = (step: () => Promise<boolean>, sleepMs = never, idle = () => {}) =>
    runLoop({ wake, log }, 'turns', ending.signal, step, idle, sleepMs)
  return { run, wake, ending, logged }
}

test('steps follow each other while there is work, then the loop sleeps until it is woken', async () => {
  const { run, wake, ending } = makeLoop()
  let work = 3
  let steps = 0
  const idle = Promise.withResolvers<void>()
  const loop = run(async () => {
    steps += 1
    if (work-- > 0) return true
    idle.resolve()
    return false
  })
  await idle.promise
  assert.equal(steps, 4)
  work = 1
  wake.up('turns')
  while (steps < 6) await new Promise((resolve) => setImmediate(resolve))
  ending.abort()
  await loop
  assert.equal(steps, 6)
})

test('without a call it looks again after a while', async () => {
  const { run, ending } = makeLoop()
  let steps = 0
  await run(async () => {
    steps += 1
    if (steps === 3) ending.abort()
    return false
  }, 5)
  assert.equal(steps, 3)
})

test('an error is logged with the work, waited out, and never ends the loop', async () => {
  const { run, wake, ending, logged } = makeLoop()
  let steps = 0
  await run(async () => {
    steps += 1
    if (steps === 3) ending.abort()
    wake.up('turns')
    throw new Error(`step ${steps} failed`)
  })
  assert.equal(steps, 3)
  assert.equal(logged.length, 3)
  assert.match(logged[0]!, /"work":"turns"/)
  assert.match(logged[0]!, /step 1 failed/)
})

test('an aborted loop takes no step and the running step is waited for', async () => {
  const first = makeLoop()
  first.ending.abort()
  await first.run(async () => assert.fail('no step was due'))

  const { run, ending } = makeLoop()
  const inStep = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  let finished = false
  const loop = run(async () => {
    inStep.resolve()
    await gate.promise
    finished = true
    return true
  })
  await inStep.promise
  ending.abort()
  gate.resolve()
  await loop
  assert.equal(finished, true)
})
