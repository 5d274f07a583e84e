import type { Queryable } from '../database/pool.ts'

/**
 * The stream of updates of this account has a hole: its login ended, or it was away for too long. Whatever a conversation has after
 * its newest message may be missing, however many newer ones come now; until its history was read on from there.
 */
export async function markGap(db: Queryable, accountId: string): Promise<void> {
  await db.query(
    `update conversations c set gap_from_id = greatest(c.read_to_id, (
       select max(greatest(m.channel_message_id, (select max(part) from unnest(m.part_message_ids) part)))
       from messages m
       where m.conversation_id = c.id and m.account_id = c.account_id and m.peer_id = c.peer_id
         and m.channel_message_id is not null), 0)
     where c.channel = 'telegram' and c.account_id = $1 and c.peer_id is not null and c.gap_from_id is null
       and c.updated_at > now() - interval '60 days'`,
    [accountId],
  )
  await db.query('update telegram_accounts set swept_at = null where id = $1', [accountId])
}
