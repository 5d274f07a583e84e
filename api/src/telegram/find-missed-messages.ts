import type { App } from '../app.ts'
import { storeMessage } from './store-message.ts'

/**
 * Reads the newest history of each live conversation and puts what is not there yet into the inbox: updates may be lost with a
 * connection, with a crash, or skipped by the library after a long absence.
 */
export async function findMissedMessages(app: App): Promise<void> {
  const { rows } = await app.db.query<{ account_id: string; peer_id: number; newest: number }>(
    `select c.account_id, c.peer_id,
            coalesce((select max(channel_message_id) from messages m
                      where m.conversation_id = c.id and m.account_id = c.account_id and m.peer_id = c.peer_id), 0) as newest
     from conversations c join leads l on l.id = c.lead_id
     where c.channel = 'telegram' and c.account_id = any($1) and c.peer_id is not null
       and c.updated_at > now() - interval '60 days'
     order by c.updated_at desc limit 200`,
    [app.telegram.ready()],
  )
  for (const { account_id: accountId, peer_id: peerId, newest } of rows) {
    for (const message of await app.telegram.fetchHistory({ accountId, peerId }, newest))
      await storeMessage(app, message)
  }
}
