import { one, type Queryable } from '../database/pool.ts'

/** The lead's one conversation in Telegram; made when there is none. Account and person are kept once they are known. */
export async function openConversation(
  db: Queryable,
  { leadId, accountId, peerId }: { leadId: number; accountId: string | null; peerId?: number | null },
): Promise<{ id: number }> {
  return one(
    await db.query<{ id: number }>(
      `insert into conversations as c (lead_id, channel, account_id, peer_id) values ($1, 'telegram', $2, $3)
       on conflict (lead_id, channel) do update
         set account_id = coalesce(c.account_id, excluded.account_id), peer_id = coalesce(c.peer_id, excluded.peer_id),
             updated_at = now()
       returning id`,
      [leadId, accountId, peerId ?? null],
    ),
  )
}
