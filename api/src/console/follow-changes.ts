import type { Change } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { one, type Queryable } from '../database/pool.ts'
import { errorText } from '../text/storable.ts'

/** How far somebody has read: the transaction, and the change in it. */
export type ReadUpTo = { tx: string; id: number }
type StoredChange = ReadUpTo & Change

/** A notification for each row costs half of the throughput (process-life.ts): one look in this time, while somebody is there, does not. */
const lookEveryMs = 250
const mostAtOnce = 1000

/**
 * What is over and was not read yet, in order. A change whose transaction, or an older one, still runs comes next time: so none that
 * is committed late is ever passed by.
 */
export async function readChanges(db: Queryable, { tx, id }: ReadUpTo): Promise<StoredChange[]> {
  const { rows } = await db.query<StoredChange>(
    `select tx::text, id, lead_id as "leadId", kind from console_changes
     where (tx, id) > ($1::text::xid8, $2) and tx < pg_snapshot_xmin(pg_current_snapshot())
     order by console_changes.tx, id limit $3`,
    [tx, id, mostAtOnce],
  )
  return rows
}

/** Where reading begins for who comes now. */
export async function newestChange(db: Queryable): Promise<ReadUpTo> {
  return one(
    await db.query<ReadUpTo>(
      `select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text as tx, 9007199254740991 as id`,
    ),
  )
}

/** Whether all that came after is still there: not when it was forgotten, nor when the database is another one. */
export async function canGoOn(db: Queryable, { tx }: ReadUpTo): Promise<boolean> {
  const { rows } = await db.query<{ oldest: string | null; newest: string }>(
    `select (select c.tx::text from console_changes c order by c.tx, c.id limit 1) as oldest,
       pg_snapshot_xmax(pg_current_snapshot())::text as newest`,
  )
  const { oldest, newest } = one({ rows })
  return BigInt(tx) <= BigInt(newest) && (oldest === null || BigInt(tx) >= BigInt(oldest) - 1n)
}

export type ChangeFeed = {
  /** Calls `hear` with each batch after `from`, in order and once, until the answer is called. */
  follow: (from: ReadUpTo, hear: (changes: StoredChange[]) => void) => () => void
  close: () => void
}

/** One look at the database for all who watch in this process. */
export function openChangeFeed(app: Ports<'db' | 'log'>): ChangeFeed {
  const followers = new Set<{ upTo: ReadUpTo; hear: (changes: StoredChange[]) => void }>()
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  async function look(): Promise<void> {
    // Those who came back after a while are behind the others, each at a place of their own.
    const places = Map.groupBy(followers, ({ upTo }) => `${upTo.tx}-${upTo.id}`)
    for (const group of places.values()) {
      const [first] = group
      if (!first) continue
      const changes = await readChanges(app.db, first.upTo)
      const last = changes.at(-1)
      if (!last) continue
      for (const follower of group) {
        follower.upTo = { tx: last.tx, id: last.id }
        if (followers.has(follower)) follower.hear(changes)
      }
    }
  }

  function plan(): void {
    if (timer || isClosed || followers.size === 0) return
    timer = setTimeout(() => {
      void look()
        .catch((error: unknown) =>
          app.log.warn({ reason: errorText(error) }, 'The console waits for changes'),
        )
        .finally(() => {
          timer = null
          plan()
        })
    }, lookEveryMs)
  }

  return {
    follow(from, hear) {
      const follower = { upTo: from, hear }
      followers.add(follower)
      plan()
      return () => void followers.delete(follower)
    },
    close() {
      isClosed = true
      followers.clear()
      if (timer) clearTimeout(timer)
    },
  }
}
