import type { App } from '../app.ts'
import type { TelegramMessage } from '../conversations/record-inbound.ts'
import { storeEvent } from '../inbox/store-event.ts'

/** Puts a message into the inbox, whichever way it was learned of; the same one again changes nothing. */
export async function storeMessage(app: Pick<App, 'db' | 'wake'>, message: TelegramMessage): Promise<void> {
  await storeEvent(app.db, {
    source: 'telegram',
    dedupeKey: `${message.accountId}:${message.peerId}:${message.messageId}`,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(message)),
  })
  app.wake.up('inbox')
}
