import { one, type Queryable } from '../database/pool.ts'
import { readSql } from '../database/read-sql.ts'

const queue = readSql(import.meta.dirname, 'queue-message')

type OurMessage = {
  leadId: number
  turnId: number | null
  author: 'ai' | 'human' | 'system'
  text: string
  key: string
  /** The human who wrote it, where that is known. */
  writtenBy?: string
}
type Queued = { outboxId: number; messageId: number }

/** Keeps a message of ours in the conversation and puts it on its way. The same key again changes nothing. */
export async function queueMessage(tx: Queryable, message: OurMessage): Promise<Queued> {
  // Two requests with one key at the same moment: the second waits and finds the first one's row.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [message.key])
  return queueTurnMessage(tx, message)
}

/** The same for a key of a turn that is locked: there are no two requests with it at the same moment. */
export async function queueTurnMessage(tx: Queryable, message: OurMessage): Promise<Queued> {
  const { rows } = await tx.query<{ outbox_id: number; message_id: number }>({
    ...queue,
    values: [
      message.leadId,
      message.author,
      message.text,
      message.turnId,
      message.writtenBy ?? null,
      message.key,
    ],
  })
  const { outbox_id: outboxId, message_id: messageId } = one({ rows })
  return { outboxId, messageId }
}
