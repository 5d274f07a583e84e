import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atLeast, atMost, type Benchmark } from '../benchmark.ts'
import { plot } from './plot.ts'
import { runAll } from './run-all.ts'

const benchmark = (id: string, run: Benchmark['run']): Benchmark => ({
  id,
  title: `what ${id} measures`,
  run,
})
const options = { messages: 50_000, crowd: 0 }

test('a benchmark that fails says why, and the others go on', async () => {
  const said: string[] = []
  const results = await runAll(
    [
      benchmark('broken', () => Promise.reject(new Error('there is no pgbench'))),
      benchmark('good', async ({ say }) => {
        say('| a table |')
        return [atLeast('good/rate', 2, 1), atMost('good/ms', 30, 20)]
      }),
    ],
    options,
    { say: (line) => said.push(line), progress: () => {} },
  )
  assert.deepEqual(
    results.map(({ id, error, figures, said: table }) => ({
      id,
      error,
      met: figures.map(({ met }) => met),
      table,
    })),
    [
      { id: 'broken', error: 'there is no pgbench', met: [], table: '' },
      { id: 'good', error: null, met: [true, false], table: '| a table |' },
    ],
  )
  assert.ok(said.includes('✘ good/ms: 30 (goal: 20), not met'))
  assert.match(plot(results), /^<svg [^]*<text[^>]*>good\/ms<\/text>[^]*30 \/ 20[^]*<\/svg>\n$/)
})

test('a figure is judged by what was measured, not by what is shown of it', () => {
  assert.deepEqual(atLeast('a', 0.4499, 0.45), { id: 'a', value: 0.45, goal: 0.45, met: false })
  assert.equal(atMost('a', 0, 0).met, true)
})
