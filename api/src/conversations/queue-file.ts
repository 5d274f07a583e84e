import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { waitForCap } from '../leads/hourly-caps.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { spokenKinds, type TelegramMessage } from '../telegram/telegram-message.ts'

/** Has the file of a message fetched, when the lead's cap has room for it, and names it on the card unless it will be listened to. */
export async function queueFile(
  app: App,
  tx: PoolClient,
  {
    leadId,
    messageId,
    message,
    content,
  }: { leadId: number; messageId: number; message: TelegramMessage; content: string },
): Promise<void> {
  await tx.query('insert into message_files (message_id, mime_type) values ($1, $2)', [
    messageId,
    message.media?.mimeType ?? null,
  ])
  const room = await waitForCap(app, tx, leadId, 'files')
  if (room) await tx.query('update message_files set run_at = $2 where message_id = $1', [messageId, room])
  app.wake.up('inbox')
  // Beyond the cap the conversation on the card has to be enough.
  if (room || spokenKinds.has(message.kind)) return
  await enqueue(tx, {
    leadId,
    turnId: null,
    channel: 'amocrm',
    // An album is one thing that was sent.
    key: message.albumId ? `lead:${leadId}:album:${message.albumId}` : `message:${messageId}:file`,
    payload: { kind: 'note', text: `Telegram: ${content}` },
  })
}
