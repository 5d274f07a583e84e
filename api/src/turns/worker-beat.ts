import { z } from 'zod'
import type { Ports } from '../app.ts'

const key = 'n8n:beats'
/** Kept for so long, to say since when there is none. In ms. */
const keptMs = 24 * 3600_000
/** The workflow calendar-sync is executed once a minute. One beat that did not come: then its process is looked at. In ms. */
const missedMs = 75_000
/** Two that did not come, whatever lives. In ms. */
const silentMs = 150_000
/** Processes that may execute the next one. In ms. */
const recentMs = 600_000

const beatsSchema = z.record(z.string(), z.number())

type Beats = z.infer<typeof beatsSchema>

/** An execution has begun by the clock of n8n, in this process of it: in queue mode that is a worker. */
export async function noteBeat({ cache, now }: Ports<'cache' | 'now'>, n8nProcess: string): Promise<void> {
  const at = now().getTime()
  const recent = Object.entries(await readBeats(cache)).filter(([, last]) => last > at - recentMs)
  await cache.set(key, JSON.stringify({ ...Object.fromEntries(recent), [n8nProcess]: at }), keptMs)
}

/**
 * Whether executions of n8n run at all: its door answers also when no worker takes anything out of the queue.
 * @throws with since when none was heard of
 */
export async function askWorker({ cache, db, now }: Ports<'cache' | 'db' | 'now'>): Promise<void> {
  const beats = await readBeats(cache)
  const last = Math.max(...Object.values(beats))
  if (last === -Infinity)
    throw new Error('no execution of calendar-sync was heard of yet: is it published, does a worker run?')
  const silent = now().getTime() - last
  if (silent < missedMs) return
  // A process that only missed its minute is connected still.
  if (silent < silentMs && (await isAnyConnected(db, Object.keys(beats)))) return
  throw new Error(
    `no execution since ${new Date(last).toISOString()}: is calendar-sync published, does a worker run?`,
  )
}

async function isAnyConnected(db: Ports<'db'>['db'], ids: string[]): Promise<boolean> {
  const { rowCount } = await db.query(
    `select from n8n_processes where id = any($1::uuid[]) and lapses_at is null limit 1`,
    [ids],
  )
  return rowCount === 1
}

async function readBeats(cache: Ports<'cache'>['cache']): Promise<Beats> {
  const text = await cache.get(key)
  return text === null ? {} : beatsSchema.parse(JSON.parse(text))
}
