import type { Ports } from '../app.ts'

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
export async function newnessNow(app: Ports<'db' | 'now'>, incoming: ReadonlySet<number>): Promise<Newness> {
  const nowSec = Math.floor(app.now().getTime() / 1000)
  const { rows } = await app.db.query<{ since: number | null }>(
    `select (value ->> 'since')::float8 as since from cursors where name = 'amocrm.account'`,
  )
  return { from: Math.max(nowSec - longestSec, rows[0]?.since ?? nowSec), incoming }
}

/**
 * Whether a lead that we do not know and that shows up (in any hook, in a poll) may be a new one whose announcement was lost or never
 * sent. Null: it is not told.
 */
export const mayBeNew = (
  { from, incoming }: Newness,
  { createdAt, oldStatusId }: { createdAt: number | null; oldStatusId: number | null },
): boolean => (oldStatusId !== null && incoming.has(oldStatusId)) || createdAt === null || createdAt >= from
