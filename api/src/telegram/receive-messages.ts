import type { Message, TelegramClient } from '@mtcute/node'
import type { App } from '../app.ts'
import type { TelegramMessage } from '../conversations/record-inbound.ts'
import { faultPoint } from '../fault-point.ts'
import { storeEvent } from '../inbox/store-event.ts'

/** Telegram's own notices come from here, login codes among them: never kept, never logged. */
const telegramServiceId = 777000

/**
 * Puts each private message into the inbox and does nothing else: the client waits for it before it notes how far it has
 * read, so a crash in between brings the message again.
 */
export function receiveMessages(app: Pick<App, 'db' | 'wake' | 'log'>, accountId: string) {
  const storing = new Set<Promise<void>>()
  let newest: Promise<unknown> = Promise.resolve()

  async function store(message: Message): Promise<void> {
    const chat = message.chat
    if (
      chat.type !== 'user' ||
      chat.isBot ||
      chat.isSelf ||
      chat.id === telegramServiceId ||
      message.isService
    )
      return
    const event: TelegramMessage = {
      accountId,
      peerId: chat.id,
      peerUsername: chat.username,
      peerPhone: chat.phoneNumber ? `+${chat.phoneNumber.replace(/^\+/, '')}` : null,
      messageId: message.id,
      outgoing: message.isOutgoing,
      text: message.text,
      sentAt: message.date.toISOString(),
    }
    faultPoint('telegram.received')
    await storeEvent(app.db, {
      source: 'telegram',
      dedupeKey: `${accountId}:${chat.id}:${message.id}`,
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify(event)),
    })
    app.wake.up('inbox')
  }

  return {
    /** Keeps one message; the same one again changes nothing. */
    store,
    listen(client: TelegramClient) {
      client.onNewMessage.add((message) => {
        // One after another, so that the inbox has them in the order in which they came.
        const done = newest.then(() => store(message)).finally(() => storing.delete(done))
        newest = done.catch(() => {})
        storing.add(done)
        done.catch((error: unknown) =>
          app.log.error({ err: error, messageId: message.id }, 'A message was not stored'),
        )
      })
    },
    /** @throws when one was not stored: then the position must not move on */
    settle: async () => void (await Promise.all(storing)),
  }
}
