import type { Queryable } from '../database/pool.ts'

/**
 * The stream of updates of this account has a hole: its login ended, or it was away for too long. Whatever a conversation has after
 * its newest message may be missing, however many newer ones come now; until its history was read on from there.
 */
export async function markGap(db: Queryable, accountId: string): Promise<void> {
  await db.query(
    `update conversations set gap_from_id = live.newest
     from (
       select c.id, greatest(c.read_to_id, newest.id, 0) as newest
       from (
         select * from conversations
         where channel = 'telegram' and account_id = $1 and peer_id is not null and updated_at > now() - interval '60 days'
         order by updated_at desc limit 200) c
       left join lateral (
         select greatest(channel_message_id, (select max(part) from unnest(part_message_ids) part)) as id
         from messages m
         where m.conversation_id = c.id and m.account_id = c.account_id and m.peer_id = c.peer_id
           and m.channel_message_id is not null
         order by m.channel_message_id desc limit 1) newest on true
       where c.gap_from_id is null) live
     where conversations.id = live.id and conversations.gap_from_id is null`,
    [accountId],
  )
  await db.query('update telegram_accounts set swept_at = null where id = $1', [accountId])
}
