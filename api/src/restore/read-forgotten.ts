import type { App } from '../app.ts'
import type { Peer } from '../telegram/messenger.ts'
import { storeMessage } from '../telegram/store-message.ts'
import { recentRestore } from './restore-window.ts'

/**
 * Before anything is said in a chat after a restore, what was said there since the dump must be known: chats that were going on are read by
 * the sweep; one that seems to be begun now may have been begun then, and is looked into here.
 * @returns whether there is something that was not understood yet: then nothing is sent for now
 */
export async function readForgotten(
  app: Pick<App, 'db' | 'telegram' | 'wake'>,
  conversationId: number,
  peer: Peer,
): Promise<boolean> {
  const restore = await recentRestore(app.db)
  if (!restore) return false
  const { rows } = await app.db.query<{ has_gap: boolean; begun: boolean }>(
    `select gap_from_id is not null as has_gap, exists (
       select from messages m where m.conversation_id = c.id and m.channel_message_id is not null) as begun
     from conversations c where id = $1`,
    [conversationId],
  )
  const [conversation] = rows
  if (!conversation || conversation.has_gap) return conversation?.has_gap ?? false
  if (conversation.begun) return false
  const { messages } = await app.telegram.fetchHistory(peer, restore.dumped_at)
  for (const message of messages) await storeMessage(app, message)
  return messages.length > 0
}
