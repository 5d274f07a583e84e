import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultPoints } from '../api/src/process/fault-point.ts'
import { findTroubles } from './troubles/all.ts'
import { characters } from './people.ts'
import type { KilledPart } from './killed-parts.ts'
import { makePlan } from './plan.ts'

const troubles = findTroubles().possible
const options = {
  troubles,
  seed: 1,
  kills: 30,
  minutes: 3,
  people: characters.length,
  points: faultPoints,
  parts: new Set(['api', 'n8n', 'postgres', 'redis'] as const),
}

test('the same seed plans the same, another seed something else', () => {
  assert.deepEqual(makePlan(options), makePlan(options))
  assert.notDeepEqual(makePlan(options), makePlan({ ...options, seed: 2 }))
})

test('every fault point is used when there are enough kills, and the kills are as many as asked for', () => {
  const { points, kills } = makePlan(options)
  assert.deepEqual(points.map(({ point }) => point).toSorted(), [...faultPoints].toSorted())
  assert.equal(points.length + kills.length, 30)
  const few = makePlan({ ...options, kills: 5 })
  assert.equal(few.points.length + few.kills.length, 5)
})

test('everybody of the cast comes once when there are as many people as characters', () => {
  const { people, stormMs } = makePlan(options)
  assert.deepEqual(people.map(({ character }) => character).toSorted(), characters.toSorted())
  assert.ok(people.every(({ atMs }) => atMs < stormMs))
})

test('only what the system has is killed, and all of that', () => {
  const plain = ['api', 'n8n', 'postgres'] as const
  const cluster = [...plain, 'api-2', 'n8n-webhook', 'n8n-worker', 'n8n-worker-2', 'redis'] as const
  for (const parts of [plain, cluster]) {
    const { kills } = makePlan({ ...options, kills: 200, parts: new Set<KilledPart>(parts) })
    assert.deepEqual(new Set(kills.map(({ part }) => part)), new Set(parts))
  }
})

test('each trouble is planned once, in time, and none in a storm of a minute', () => {
  const plan = makePlan(options)
  assert.deepEqual(plan.troubles.map(({ name }) => name).toSorted(), [...troubles].toSorted())
  for (const { atMs, lastsMs } of plan.troubles) assert.ok(lastsMs > 0 && atMs + lastsMs <= plan.stormMs)
  assert.deepEqual(makePlan({ ...options, minutes: 1 }).troubles, [])
})
