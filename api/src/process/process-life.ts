import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { Logger } from 'pino'
import { clientBeside, type Database } from '../database/pool.ts'
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
      const work = works.find((one) => one === said)
      if (sender !== id && work) wake.up(work)
    })
    await fresh.connect()
    await fresh.query('select pg_advisory_lock(hashtextextended($1, 1))', [id])
    await fresh.query(`listen ${channel}`)
    client = fresh
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
export async function takeOverFromDead(db: Database, me: string): Promise<number> {
  const { rows } = await db.query<{ claimed_by: string }>(
    `select distinct claimed_by from (
       select claimed_by from turns where state = 'running' and claimed_by is not null
       union all select claimed_by from outbox where state = 'sending' and claimed_by is not null
       union all select claimed_by from inbox_events where state = 'received' and claimed_by is not null) taken
     where claimed_by <> $1`,
    [me],
  )
  let freed = 0
  for (const { claimed_by: other } of rows) {
    const client = await db.connect()
    try {
      await client.query('begin')
      const { rows: lock } = await client.query<{ dead: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as dead',
        [other],
      )
      if (lock[0]?.dead) {
        for (const statement of [
          `update turns set lease_until = now(), claimed_by = null where id in (
             select id from turns where state = 'running' and claimed_by = $1 for update skip locked)`,
          `update outbox set lease_until = now(), claimed_by = null where id in (
             select id from outbox where state = 'sending' and claimed_by = $1 for update skip locked)`,
          `update inbox_events set run_at = now(), claimed_by = null where id in (
             select id from inbox_events where state = 'received' and claimed_by = $1 for update skip locked)`,
        ]) {
          freed += (await client.query(statement, [other])).rowCount ?? 0
        }
      }
      await client.query('commit')
    } finally {
      client.release()
    }
  }
  return freed
}
