import assert from 'node:assert/strict'
import { test } from 'node:test'
import { predictTurnsPerSecond, slowdown } from './predict.ts'

const demand = { 'n8n-worker': 400, api: 50, postgres: 150 }

test('one worker is the bottleneck, with two it is the cores, and more workers change nothing', () => {
  const of = (workers: number) =>
    predictTurnsPerSecond(demand, { cores: 2, replicas: { 'n8n-worker': workers, api: 1 } })
  assert.deepEqual(of(1), { perSecond: 2.5, bottleneck: 'n8n-worker' })
  assert.deepEqual(of(2), { perSecond: 2000 / 600, bottleneck: 'the cores' })
  assert.deepEqual(of(4), of(2))
})

test('on one core a turn takes as long as M/M/1 says', () => {
  assert.ok(Math.abs(slowdown(0.5, 1) - 2) < 1e-9)
  assert.equal(slowdown(1, 4), Number.POSITIVE_INFINITY)
  assert.ok(slowdown(0.6, 10) < 1.1)
})
