/**
 * `node run-engine.ts NAME`: one engine does the load of work.ts on the empty database `DATABASE_URL`, in a process of its own. One line of JSON
 * on stdout. A name that begins with `bare-` measures what the engine alone does.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../api/src/database/pool.ts'
import { bareOurs, barePgBoss } from './bare.ts'
import type { Engine } from './engine.ts'
import { answerWith, arrivals, findDisorder, makeLeads, produce } from './work.ts'

const withinMs = 12_000
const engines: Record<string, () => Promise<Engine>> = {
  ours: async () => (await import('./ours.ts')).ours,
  graphile: async () => (await import('./graphile.ts')).graphile,
  'pg-boss': async () => (await import('./pg-boss.ts')).pgBoss,
  dbos: async () => (await import('./dbos.ts')).dbos,
  bullmq: async () => (await import('./bullmq.ts')).bullmq,
}

const [, , name = ''] = process.argv
const { DATABASE_URL } = process.env
if (!DATABASE_URL) throw new Error('DATABASE_URL is not set')
const db = openDatabase(DATABASE_URL, 28)
await makeLeads(db)
console.log(JSON.stringify(name.startsWith('bare-') ? await measureBare() : await measure()))
process.exit()

async function measureBare() {
  return { perSecond: name === 'bare-ours' ? await bareOurs(db) : await barePgBoss(DATABASE_URL!) }
}

async function measure() {
  const load = engines[name]
  if (!load) throw new Error(`There is no engine ${name}`)
  const { answer, seen } = answerWith(db, { table: name === 'ours' ? 'turns' : 'rival_turns' })
  const running = await (await load())({ db, databaseUrl: DATABASE_URL!, answer })
  const all = arrivals().length
  const began = performance.now()
  const isOver = () => performance.now() - began > withinMs
  const produced = produce(db, running, isOver)
  while (seen.answered < all && !isOver()) await sleep(5)
  const seconds = (performance.now() - began) / 1000
  const { answered, turns } = seen
  const came = await produced
  const problems = isOver() ? [] : await findDisorder(db, came)
  if (seen.overlaps > 0) problems.push(`${seen.overlaps} turns at once in one conversation`)
  // Who did not come to the end has no answer for all; order is asked of what there is.
  if (isOver()) problems.push(...(await findDisorder(db, 0)))
  await Promise.race([running.stop(), sleep(5000)])
  return { perSecond: answered / seconds, turns, seconds, answered, problems }
}
