import type { Queryable } from '../database/pool.ts'

/** `newest`: the last message that is kept of it; `gap`: what comes after that message may be missing. */
export type LiveConversation = {
  id: number
  peer_id: number
  newest: number
  gap: number | null
  since: Date
}

/** The live conversations of an account. What was said long before one began (`since`) is not ours. */
export async function liveConversations(db: Queryable, accountId: string): Promise<LiveConversation[]> {
  const { rows } = await db.query<LiveConversation>(
    `select c.id, c.peer_id, c.gap_from_id as gap, c.created_at - interval '1 day' as since,
            greatest(newest.id, c.read_to_id, 0) as newest
     from (
       select * from conversations
       where channel = 'telegram' and account_id = $1 and peer_id is not null and updated_at > now() - interval '60 days'
       order by updated_at desc limit 200) c
     left join lateral (
       select greatest(channel_message_id, (select max(part) from unnest(part_message_ids) part)) as id
       from messages m
       where m.conversation_id = c.id and m.account_id = c.account_id and m.peer_id = c.peer_id
         and m.channel_message_id is not null
       order by m.channel_message_id desc limit 1) newest on true`,
    [accountId],
  )
  return rows
}
