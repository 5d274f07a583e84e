import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { startTestApp } from '../testing/test-app.ts'
import { askedOnce, askOnce } from './ask-once.ts'
import { rememberBusy } from './busy-times.ts'

const app = await startTestApp()
beforeEach(() => app.wipe())
const answer = { calendars: { 'olga@beacon.example': { busy: [] }, 'pavel@beacon.example': { busy: [] } } }
const turns = Array.from({ length: 20 }, (_nothing, index) => index + 1)

test('of twenty turns one asks Google; the others get its answer', async () => {
  const answers = turns.map((turn) => askOnce(app, turn))
  const owner = await Promise.race(answers)
  assert.deepEqual(owner, { busy: null, ask: true })
  await rememberBusy(app, answer)
  const all = await Promise.all(answers)
  assert.equal(all.filter((one) => one.ask).length, 1)
  assert.equal(all.filter((one) => one.busy).length, turns.length - 1)
})

test('the one who asks gets no answer: the next one asks, one at a time', async () => {
  assert.equal((await askOnce(app, 1)).ask, true)
  const second = askOnce(app, 2)
  await askedOnce(app, 2)
  await askedOnce(app, 1)
  assert.equal((await second).ask, true)
  assert.equal(await app.cache.lock('busy:asking', '3', 1000), false, 'turn 2 has it now')
})

test('the one who asks has died: the others do not wait for long', async () => {
  assert.equal((await askOnce(app, 1)).ask, true)
  assert.deepEqual(await askOnce(app, 2), { busy: null, ask: true })
})

test('the cache is away: everybody asks', async () => {
  const away = async () => {
    throw new Error('Redis is away')
  }
  const alone = { ...app, cache: { ...app.cache, get: away, lock: away, unlock: away } }
  assert.deepEqual(await askOnce(alone, 1), { busy: null, ask: true })
  await askedOnce(alone, 1)
})

test('a partial answer is nothing to share: the next turn asks again', async () => {
  assert.equal((await askOnce(app, 1)).ask, true)
  await rememberBusy(app, { calendars: { 'olga@beacon.example': { busy: [] } } })
  await askedOnce(app, 1)
  assert.equal((await askOnce(app, 2)).ask, true)
})
