import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removeDataFolder } from '../local/settings/data-folder.ts'
import { describeResult } from './report.ts'
import { runChaos } from './run-chaos.ts'

test('a short storm breaks no promise', { timeout: 900_000 }, async (t) => {
  const options = { seed: 1, kills: 8, minutes: 1, people: 6, broken: null, cluster: false, keep: false }
  const result = await runChaos(options, () => {}, t.signal)
  const description = describeResult(result)
  t.diagnostic(description)
  if (result.dataDir && !process.env.CI) removeDataFolder(result.dataDir)
  assert.ok(result.ok, description)
  assert.equal(result.totals.people, 6)
  assert.ok(Object.values(result.totals.kills).reduce((all, count) => all + count, 0) >= 6)
})
