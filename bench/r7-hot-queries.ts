import { type Database, openDatabase } from '../api/src/database/pool.ts'
import { fillDatabase, linesPerLead } from '../api/src/testing/fill-database.ts'
import { filledLead, type Hot, hotStatements } from '../api/src/testing/hot-statements.ts'
import { startTestDatabase } from '../local/postgres/test-database.ts'
import type { Benchmark, Figure } from './benchmark.ts'
import { median } from './median.ts'

const sizes = { small: 1_000, big: 100_000 }
type Size = keyof typeof sizes
const goal = 1.5
/** On a machine that has other work the fewest, or as many as fit into the time. */
const rounds = { least: 50, most: 150, withinMs: 75_000 }
/** The leads that are asked for, spread over the whole database: those that people talk with are in memory. */
const asked = 25

type Measured = { hot: Hot; times: Record<Size, number[]> }

/** Each hot statement of the API, the very text, at 10 k and at 1 M messages: how many times slower the big database answers. */
export const hotQueries: Benchmark = {
  id: 'r7',
  title: 'each hot query at 10 k and at 1 M messages, p50 (PostgreSQL of its own, about 3 minutes)',
  run: async ({ say, progress }) => {
    const databases = await fillBoth(progress)
    try {
      progress('Measuring')
      const measured = await measure(databases)
      const figures = measured.map(figureOf)
      show(measured, say)
      return figures
    } finally {
      await databases.close()
    }
  },
}

async function fillBoth(progress: (line: string) => void) {
  const started = performance.now()
  const open = async (size: Size) => {
    const database = await startTestDatabase()
    const db = openDatabase(database.url, 2)
    db.on('error', () => {})
    db.options.statement_timeout = 0
    const messages = sizes[size] * linesPerLead
    await fillDatabase(db, sizes[size], (table) => {
      const seconds = Math.round((performance.now() - started) / 1000)
      progress(`${String(seconds).padStart(4)} s  ${messages.toLocaleString('en')} messages: ${table}`)
    })
    return { db, stop: database.stop }
  }
  const small = await open('small')
  const big = await open('big')
  return {
    small: small.db,
    big: big.db,
    close: async () => {
      await small.db.end()
      await big.db.end()
      await big.stop()
    },
  }
}

/** The sizes take turns, statement by statement, so that whatever else this machine does slows both. */
async function measure(databases: Record<Size, Database>): Promise<Measured[]> {
  const measured = hotStatements().map((hot): Measured => ({ hot, times: { small: [], big: [] } }))
  const clients = { small: await databases.small.connect(), big: await databases.big.connect() }
  const deadline = performance.now() + rounds.withinMs
  // The first round of each lead only warms up.
  for (let round = -asked; round < rounds.most; round++) {
    if (round >= rounds.least && performance.now() > deadline) break
    for (const { hot, times } of measured) {
      for (const size of ['small', 'big'] as const) {
        const place = (round + asked) % asked
        const lead = filledLead(Math.floor(((place + 0.5) * sizes[size]) / asked))
        const client = clients[size]
        await client.query('begin')
        const { rows } = await client.query<{ 'QUERY PLAN': [Record<string, number>] }>(
          `explain (analyze, timing off, summary, format json) ${hot.text}`,
          hot.values(lead),
        )
        await client.query('rollback')
        const plan = rows[0]!['QUERY PLAN'][0]
        if (round >= 0) times[size].push(plan['Planning Time']! + plan['Execution Time']!)
      }
    }
  }
  clients.small.release()
  clients.big.release()
  return measured
}

const ratioOf = ({ times }: Measured) => median(times.big) / median(times.small)

function figureOf(measured: Measured): Figure {
  const value = Number(ratioOf(measured).toFixed(2))
  const name = measured.hot.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return { id: `r7-${name}`.replace(/-$/, ''), value, goal, met: value <= goal }
}

function show(measured: Measured[], say: (line: string) => void): void {
  const ms = (times: number[]) => median(times).toFixed(3).padStart(9)
  say(`${'ms, p50'.padEnd(42)}     10 k       1 M    times`)
  for (const one of measured) {
    const ratio = ratioOf(one)
    const mark = ratio <= goal ? ' ' : '✘'
    say(
      `${one.hot.name.padEnd(42)}${ms(one.times.small)} ${ms(one.times.big)} ${ratio.toFixed(2).padStart(8)} ${mark}`,
    )
  }
  const slowest = measured.toSorted((a, b) => ratioOf(b) - ratioOf(a))[0]!
  const within = measured.filter((one) => ratioOf(one) <= goal).length
  say(
    `\n${within} of ${measured.length} within ${goal}x; the slowest: ${slowest.hot.name}, ${ratioOf(slowest).toFixed(2)}x`,
  )
}
