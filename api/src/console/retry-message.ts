import type { Ports } from '../app.ts'
import { retryOutbox } from '../outbox/manage-outbox.ts'

/** Sends a message of a lead once more that is a dead letter. False when it is none. */
export async function retryMessage(
  app: Ports<'db' | 'wake'>,
  { leadId, messageId, by }: { leadId: number; messageId: number; by: string },
): Promise<boolean> {
  const { rows } = await app.db.query<{ id: number }>(
    `select id from outbox where channel = 'telegram' and message_id = $1 and lead_id = $2 and state = 'dead'`,
    [messageId, leadId],
  )
  if (!rows[0] || !(await retryOutbox(app.db, rows[0].id, by))) return false
  app.wake.up('telegram')
  return true
}
