import type { Queryable } from '../database/pool.ts'
import { liveConversations } from './live-conversations.ts'

/**
 * The stream of updates of this account has a hole: its login ended, or it was away for too long. Whatever a conversation has after
 * its newest message may be missing, however many newer ones come now; until its history was read on from there.
 */
export async function markGap(db: Queryable, accountId: string): Promise<void> {
  const live = await liveConversations(db, accountId)
  await db.query(
    `update conversations set gap_from_id = live.newest
     from unnest($1::bigint[], $2::bigint[]) live (id, newest)
     where conversations.id = live.id and conversations.gap_from_id is null`,
    [live.map(({ id }) => id), live.map(({ newest }) => newest)],
  )
  await db.query('update telegram_accounts set swept_at = null where id = $1', [accountId])
}
