import { openConversation } from '../conversations/open-conversation.ts'
import { one, type Queryable } from '../database/pool.ts'
import { enqueue } from './enqueue.ts'

/** Keeps a message of ours in the conversation and puts it on its way. The same key again changes nothing. */
export async function queueMessage(
  tx: Queryable,
  message: {
    leadId: number
    turnId: number | null
    author: 'ai' | 'human' | 'system'
    text: string
    key: string
    /** The human who wrote it, where that is known. */
    writtenBy?: string
  },
): Promise<{ outboxId: number; messageId: number }> {
  // Two requests with one key at the same moment: the second waits and finds the first one's row.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [message.key])
  const { rows: old } = await tx.query<{ id: number; payload: { messageId: number } }>(
    'select id, payload from outbox where idempotency_key = $1',
    [message.key],
  )
  if (old[0]) return { outboxId: old[0].id, messageId: old[0].payload.messageId }
  const conversation = await openConversation(tx, { leadId: message.leadId, accountId: null })
  const { id: messageId } = one(
    await tx.query<{ id: number }>(
      `insert into messages (conversation_id, lead_id, direction, author, text, turn_id, written_by)
       values ($1, $2, 'out', $3, $4, $5, $6) returning id`,
      [
        conversation.id,
        message.leadId,
        message.author,
        message.text,
        message.turnId,
        message.writtenBy ?? null,
      ],
    ),
  )
  const { id: outboxId } = await enqueue(tx, {
    leadId: message.leadId,
    turnId: message.turnId,
    channel: 'telegram',
    key: message.key,
    payload: { kind: 'text', messageId, text: message.text },
  })
  return { outboxId, messageId }
}
