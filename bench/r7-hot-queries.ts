import { type Database, openDatabase } from '../api/src/database/pool.ts'
import { fillDatabase, linesPerLead, settleDatabase } from '../api/src/testing/fill-database.ts'
import { filledLead, type Hot, hotStatements } from '../api/src/testing/hot-statements.ts'
import { startTestDatabase } from '../local/postgres/test-database.ts'
import { atMost, type Benchmark, type Figure } from './benchmark.ts'
import { median } from './median.ts'
import { percentile } from './percentile.ts'
import { measureSlots } from './r7/measure-slots.ts'
import { requests } from './r7/requests.ts'

/** Leads. */
type Sizes = { small: number; big: number }
type Size = keyof Sizes
const fewLeads = 1000
const block = 50
const goal = 1.5
const slotsMs = 20
/** On a machine that has other work the fewest, or as many as fit into the time. */
const rounds = { least: 50, most: 150, withinMs: 75_000 }
/** The leads that are asked for, spread over the whole database: those that people talk with are in memory. */
const asked = 25

type Measured = { name: string; times: Record<Size, number[]> }

/** Each hot statement of the API, the very text, at 10 k and at 1 M messages: how many times slower the big database answers. */
export const hotQueries: Benchmark = {
  id: 'r7',
  title:
    'each hot query, accept, GET /conversation, list and search at 1 M messages (--messages) over 10 k; slots for 50 sellers over 60 days (about 4 minutes)',
  run: async ({ say, progress }, { messages }) => {
    const sizes = { small: fewLeads, big: Math.round(messages / linesPerLead / block) * block }
    progress('Slots')
    const slots = measureSlots()
    const databases = await fillBoth(sizes, progress)
    try {
      progress('Measuring statements')
      const measured = await measure(sizes, databases)
      progress('Measuring requests')
      const whole = await measureRequests(sizes, databases)
      show(sizes, [...measured, ...whole], say)
      say(
        `\nSlots for 50 sellers over 60 days: p50 ${median(slots).toFixed(1)} ms, p99 ${percentile(slots, 0.99).toFixed(1)} ms.`,
      )
      return [...[...measured, ...whole].map(figureOf), atMost('r7-slots-ms', median(slots), slotsMs)]
    } finally {
      await databases.close()
    }
  },
}

async function fillBoth(sizes: Sizes, progress: (line: string) => void) {
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
    await settleDatabase(db)
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
async function measure(sizes: Sizes, databases: Record<Size, Database>): Promise<Measured[]> {
  const measured = hotStatements().map((hot): Measured & { hot: Hot } => ({
    hot,
    name: hot.name,
    times: { small: [], big: [] },
  }))
  const clients = { small: await databases.small.connect(), big: await databases.big.connect() }
  const deadline = performance.now() + rounds.withinMs
  // The first round of each lead only warms up.
  for (let round = -asked; round < rounds.most; round++) {
    if (round >= rounds.least && performance.now() > deadline) break
    for (const { hot, times } of measured) {
      for (const size of ['small', 'big'] as const) {
        const lead = leadOf(round, sizes[size])
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

/** As the callers wait for them: with all their statements, and all that is made of the rows. */
async function measureRequests(sizes: Sizes, databases: Record<Size, Database>): Promise<Measured[]> {
  const measured = Object.entries(requests).map(([name, ask]) => ({
    name,
    ask,
    times: { small: [], big: [] } as Measured['times'],
  }))
  for (let round = -asked; round < rounds.least; round++)
    for (const { ask, times } of measured)
      for (const size of ['small', 'big'] as const) {
        const lead = leadOf(round, sizes[size])
        const began = performance.now()
        await ask(databases[size], lead)
        if (round >= 0) times[size].push(performance.now() - began)
      }
  return measured
}

function leadOf(round: number, leads: number) {
  const place = (round + asked) % asked
  return filledLead(Math.floor(((place + 0.5) * leads) / asked))
}

const ratioOf = ({ times }: Measured) => median(times.big) / median(times.small)

function figureOf(measured: Measured): Figure {
  const value = Number(ratioOf(measured).toFixed(2))
  const name = measured.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return { id: `r7-${name}`.replace(/-$/, ''), value, goal, met: value <= goal }
}

function show(sizes: Sizes, measured: Measured[], say: (line: string) => void): void {
  const titles = [sizes.small, sizes.big].map((leads) => (leads * linesPerLead).toLocaleString('en'))
  say(`| ms | p50 at ${titles.join(' | p50 at ')} | p99 at ${titles.join(' | p99 at ')} | times | |`)
  say('|---|---|---|---|---|---|---|')
  for (const one of measured) {
    const { small: few, big: many } = one.times
    const columns = [median(few), median(many), percentile(few, 0.99), percentile(many, 0.99)]
    const ratio = ratioOf(one)
    say(
      `| ${one.name} | ${columns.map((ms) => ms.toFixed(3)).join(' | ')} | ${ratio.toFixed(2)} | ${ratio <= goal ? '' : '✘'} |`,
    )
  }
  const slowest = measured.toSorted((a, b) => ratioOf(b) - ratioOf(a))[0]!
  const within = measured.filter((one) => ratioOf(one) <= goal).length
  say(
    `\n${within} of ${measured.length} within ${goal}x; the slowest: ${slowest.name}, ${ratioOf(slowest).toFixed(2)}x`,
  )
}
