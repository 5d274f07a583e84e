import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { createWake } from './wake.ts'

const never = 60_000

test('a sleeper wakes at the next call for its work, and not for another work', async () => {
  const wake = createWake()
  const { signal } = new AbortController()
  let awake = false
  const sleeping = wake.sleep('turns', never, signal).then(() => (awake = true))
  wake.up('inbox')
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(awake, false)
  wake.up('turns')
  await sleeping
})

test('all sleepers of a work wake', async () => {
  const wake = createWake()
  const { signal } = new AbortController()
  const sleeping = [wake.sleep('turns', never, signal), wake.sleep('turns', never, signal)]
  wake.up('turns')
  await Promise.all(sleeping)
})

test('a call that nobody heard ends the next sleep at once, and only that one', async () => {
  const wake = createWake()
  const { signal } = new AbortController()
  wake.up('turns')
  wake.up('turns')
  await wake.sleep('turns', never, signal)
  const started = performance.now()
  await wake.sleep('turns', 20, signal)
  assert.ok(performance.now() - started >= 18)
})

test('sleep ends when aborted, before or during it, and leaves no listener behind', async () => {
  const wake = createWake()
  const ending = new AbortController()
  const sleeping = wake.sleep('turns', never, ending.signal)
  ending.abort()
  await sleeping
  await wake.sleep('turns', never, ending.signal)
  const other = new AbortController()
  await wake.sleep('turns', 1, other.signal)
  assert.equal(getEventListeners(other.signal, 'abort').length, 0)
  assert.equal(getEventListeners(ending.signal, 'abort').length, 0)
})
