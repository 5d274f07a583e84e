import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { Logger } from 'pino'
import type { Ports } from '../app.ts'
import { clientBeside, type Database, inTransaction, one, type Queryable } from '../database/pool.ts'
import { takeOverConnections } from '../turns/n8n-processes.ts'
import { type Wake, type Work, works } from './wake.ts'

const channel = 'lead_work'
/** At most one notification in this time: one per stored row would cost half of the throughput. */
const notifyEveryMs = 20

export type ProcessLife = {
  /** This process's id: written to what it takes, locked in the database while it lives. */
  id: string
  /** Tells the loops of this process at once and those of other processes soon that there may be work. */
  wake: Wake
  close: () => Promise<void>
}

/**
 * One connection that says "I live" to the other processes (an advisory lock on our id) and hears their wake-ups. When it
 * breaks it is made again; the clock's backstop finds the work meanwhile.
 */
export function startProcessLife(db: Database, log: Logger, wake: Wake): ProcessLife {
  const id = randomUUID()
  let closed = false
  let client: Client | null = null
  const waiting = new Set<Work>()

  async function connect(): Promise<void> {
    const fresh = clientBeside(db)
    fresh.on('error', () => {})
    fresh.on('end', () => {
      if (client !== fresh) return
      client = null
      if (!closed) setTimeout(() => void reconnect(), 500).unref()
    })
    fresh.on('notification', ({ payload }) => {
      const [sender, said] = (payload ?? '').split(' ')
      const work = works.find((name) => name === said)
      if (sender !== id && work) wake.up(work)
    })
    await fresh.connect()
    await fresh.query('select pg_advisory_lock(hashtextextended($1, 1))', [id])
    await fresh.query(`listen ${channel}`)
    client = fresh
    if (closed) await fresh.end()
  }

  async function reconnect(): Promise<void> {
    try {
      await connect()
    } catch (error) {
      log.warn({ err: error }, 'The connection for wake-ups is down; work is found by the clock')
      if (!closed) setTimeout(() => void reconnect(), 1000).unref()
    }
  }
  void reconnect()

  let notifying: Promise<unknown> = Promise.resolve()
  const notify = () => {
    const texts = [...waiting].map((work) => `${id} ${work}`)
    waiting.clear()
    notifying = notifying
      .then(() => client?.query('select pg_notify($1, text) from unnest($2::text[]) text', [channel, texts]))
      .catch(() => {})
  }

  return {
    id,
    wake: {
      sleep: wake.sleep,
      here: wake.here,
      up(work) {
        wake.up(work)
        if (waiting.size === 0) setTimeout(notify, notifyEveryMs).unref()
        waiting.add(work)
      },
    },
    close: async () => {
      closed = true
      await client?.end()
    },
  }
}

/**
 * Takes over at once what dead processes had taken: their lock is free. Without this their rows would wait for the lease.
 * @returns how many rows
 */
export async function takeOverFromDead(app: Ports<'db' | 'log' | 'process' | 'wake'>): Promise<number> {
  const { rows } = await app.db.query<{ id: string }>(
    `with taken as materialized (
       select claimed_by as id from turns where state = 'running' and claimed_by is not null
       union select claimed_by from outbox where state = 'sending' and claimed_by is not null
       union select claimed_by from inbox_events where state = 'received' and claimed_by is not null
       union select held_by from n8n_processes)
     select id from taken where id <> $1 and pg_try_advisory_xact_lock(hashtextextended(id::text, 1))`,
    [app.process],
  )
  let freed = 0
  for (const { id: dead } of rows) freed += await inTransaction(app.db, (tx) => takeOver(app, tx, dead))
  return freed
}

async function takeOver(
  app: Ports<'db' | 'log' | 'process' | 'wake'>,
  tx: Queryable,
  dead: string,
): Promise<number> {
  const lock = await tx.query<{ is_ours: boolean }>(
    'select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as is_ours',
    [dead],
  )
  // Another one takes over just now.
  if (!one(lock).is_ours) return 0
  let freed = 0
  for (const statement of [
    `update turns set lease_until = now(), claimed_by = null where id in (
       select id from turns where state = 'running' and claimed_by = $1 for update skip locked)`,
    `update outbox set lease_until = now(), claimed_by = null where id in (
       select id from outbox where state = 'sending' and claimed_by = $1 for update skip locked)`,
    `update inbox_events set run_at = now(), claimed_by = null where id in (
       select id from inbox_events where state = 'received' and claimed_by = $1 for update skip locked)`,
  ]) {
    freed += (await tx.query(statement, [dead])).rowCount ?? 0
  }
  return freed + (await takeOverConnections(app, tx, dead))
}
