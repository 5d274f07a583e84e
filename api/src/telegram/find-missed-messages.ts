import type { App } from '../app.ts'

/** Messages per conversation that are looked through; what is older was there long before. */
const depth = 50

/**
 * Reads the newest history of each live conversation and puts what is not there yet into the inbox: updates may be lost with a
 * connection, with a crash, or skipped by the library after a long absence.
 */
export async function findMissedMessages(app: App): Promise<void> {
  const client = app.telegram.online()
  if (!client) return
  const { rows } = await app.db.query<{ id: number; peer_id: number; newest: number | null }>(
    `select c.id, c.peer_id, (select max(channel_message_id) from messages m where m.conversation_id = c.id) as newest
     from conversations c join leads l on l.id = c.lead_id
     where c.channel = 'telegram' and c.account_id = $1 and c.peer_id is not null
       and c.updated_at > now() - interval '60 days'
     order by c.updated_at desc limit 200`,
    [app.telegram.accountId],
  )
  for (const conversation of rows) {
    const history = await client.getHistory(conversation.peer_id, {
      limit: depth,
      minId: conversation.newest ?? 0,
    })
    for (const message of [...history].toReversed()) await app.telegram.receive(message)
  }
}
