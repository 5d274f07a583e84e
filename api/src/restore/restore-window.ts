import type { Queryable } from '../database/pool.ts'

/** A restore, and the time that the database knows nothing of. */
export type Restore = {
  id: number
  dumped_at: Date
  restored_at: Date
  settled_at: Date | null
  /** All that the assistant said in that time is known: restore_sends. */
  old_was_read: boolean
}

const columns = 'id, dumped_at, restored_at, settled_at, old_was_read'
/** Telegram counts in seconds, and its clock, Google's and ours differ. */
const slack = `interval '5 seconds'`

/** The restore that knows nothing of this moment; null: it is no such moment. */
export async function restoreThatForgot(db: Queryable, at: Date): Promise<Restore | null> {
  const { rows } = await db.query<Restore>(
    `select ${columns} from restores where $1 between dumped_at - ${slack} and restored_at + ${slack} order by id desc limit 1`,
    [at],
  )
  return rows[0] ?? null
}

/** The restore after which not all was read yet. */
export async function unsettledRestore(db: Queryable): Promise<Restore | null> {
  const { rows } = await db.query<Restore>(
    `select ${columns} from restores where settled_at is null order by id desc limit 1`,
  )
  return rows[0] ?? null
}

/** The newest restore, as long as it may still matter. */
export async function recentRestore(db: Queryable): Promise<Restore | null> {
  const { rows } = await db.query<Restore>(
    `select ${columns} from restores where restored_at > now() - interval '7 days' order by id desc limit 1`,
  )
  return rows[0] ?? null
}
