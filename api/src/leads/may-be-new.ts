import type { Ports } from '../app.ts'
import { one } from '../database/pool.ts'

/** By what a lead that we do not know is told from one that the account had before us. Times are unix seconds. */
export type Newness = {
  /** Leads made before are none of ours. */
  from: number
  /** The stages out of which a lead comes by being accepted, which makes it new however old it is. */
  incoming: ReadonlySet<number>
}

/** A lead that nobody told us of for so long has been worked by people. */
const longestSec = 72 * 3600

/** @param since when this system first met the account, so that its older leads are left alone */
export async function newnessNow(app: Ports<'db'>, incoming: ReadonlySet<number>): Promise<Newness> {
  // The clock of PostgreSQL: amoCRM's marks are real times, whatever day a test lets the assistant think it is.
  const { now: nowSec, since } = one(
    await app.db.query<{ now: number; since: number | null }>(
      `select extract(epoch from now())::float8 as now,
              (select (value ->> 'since')::float8 from cursors where name = 'amocrm.account') as since`,
    ),
  )
  return { from: Math.max(nowSec - longestSec, since ?? nowSec), incoming }
}

/**
 * Whether a lead that we do not know and that shows up (in any hook, in a poll) may be a new one whose announcement was lost or never
 * sent. Null: it is not told.
 */
export const mayBeNew = (
  { from, incoming }: Newness,
  { createdAt, oldStatusId }: { createdAt: number | null; oldStatusId: number | null },
): boolean => (oldStatusId !== null && incoming.has(oldStatusId)) || createdAt === null || createdAt >= from
