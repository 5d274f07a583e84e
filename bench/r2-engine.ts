import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Benchmark, Figure } from './benchmark.ts'
import { median } from './median.ts'
import { hasRedis } from './r2/start-redis.ts'
import { startBenchPostgres } from './start-postgres.ts'

const rounds = 2
const rivals = ['graphile', 'pg-boss', 'dbos', 'bullmq'] as const
type Name = 'ours' | (typeof rivals)[number] | 'bare-ours' | 'bare-pg-boss'
type Result = { perSecond: number; turns?: number; problems?: string[] }

/** The same durable work by our engine and by others, each in a process and on a database of its own, in turns. */
export const engine: Benchmark = {
  id: 'r2',
  title:
    'messages answered a second by our engine beside graphile-worker, pg-boss, DBOS and BullMQ with the same durable work, order checked (about 3 minutes)',
  run: async ({ say, progress }) => {
    const names: Name[] = ['ours', ...rivals, 'bare-ours', 'bare-pg-boss']
    if (!hasRedis()) {
      say('bullmq is left out: redis-server is not installed')
      names.splice(names.indexOf('bullmq'), 1)
    }
    const results = new Map<Name, Result[]>()
    for (let round = 1; round <= rounds; round++)
      for (const name of names) {
        progress(`Round ${round} of ${rounds}: ${name}`)
        results.set(name, [...(results.get(name) ?? []), await runOnce(name)])
      }
    return show(results, say)
  },
}

async function runOnce(name: Name): Promise<Result> {
  const postgres = await startBenchPostgres()
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', join(import.meta.dirname, 'r2/run-engine.ts'), name],
      { env: { PATH: process.env.PATH, DATABASE_URL: postgres.databaseUrl }, timeout: 120_000 },
    )
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result
  } finally {
    await postgres.stop()
  }
}

function show(results: Map<Name, Result[]>, say: (line: string) => void): Figure[] {
  const rate = (name: Name) => median((results.get(name) ?? []).map(({ perSecond }) => perSecond))
  const problemsOf = (name: Name) => (results.get(name) ?? []).flatMap(({ problems = [] }) => problems)
  say('| engine | messages answered a second | each round | order |\n|---|---|---|---|')
  for (const [name, all] of results)
    say(
      `| ${name} | ${Math.round(rate(name))} | ${all.map(({ perSecond }) => Math.round(perSecond)).join(', ')} | ${name.startsWith('bare-') ? 'not asked' : problemsOf(name).join('; ') || 'kept, each once'} |`,
    )
  const inOrder = rivals.filter((name) => results.has(name) && problemsOf(name).length === 0)
  const ofBest = rate('ours') / Math.max(...inOrder.map(rate))
  const bare = rate('bare-ours') / rate('bare-pg-boss')
  const disorder = problemsOf('ours').length
  return [
    { id: 'r2/of-best', value: round2(ofBest), goal: 1, met: ofBest >= 1 },
    { id: 'r2/bare', value: round2(bare), goal: 1, met: bare >= 1 },
    { id: 'r2/disorder', value: disorder, goal: 0, met: disorder === 0 },
  ]
}

const round2 = (value: number) => Number(value.toFixed(2))
