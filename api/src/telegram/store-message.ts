import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { TelegramMessage } from './telegram-message.ts'
import { storeEvent } from '../inbox/store-event.ts'
import { storable } from '../text/storable.ts'

/** Puts a message into the inbox, whichever way it was learned of; the same one again changes nothing. */
export async function storeMessage(app: Pick<App, 'db' | 'wake'>, message: TelegramMessage): Promise<void> {
  const { accountId, peerId, messageId, event } = message
  // Telegram counts edits and reactions by the second; two within one are told apart by their words.
  const words =
    event === 'edited' || event === 'reacted'
      ? `:${createHash('sha256').update(message.text).digest('hex').slice(0, 16)}`
      : ''
  await storeEvent(app.db, {
    source: 'telegram',
    dedupeKey: `${accountId}:${peerId}:${messageId}${event === 'new' ? '' : `:${event}${words}`}`,
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify(storable(message))),
    sender: { username: message.peerUsername, phone: message.peerPhone },
  })
  app.wake.up('inbox')
}
