import type { Message, TelegramClient } from '@mtcute/node'
import type { App } from '../../app.ts'
import { faultPoint } from '../../fault-point.ts'
import { storeMessage } from '../store-message.ts'
import { toTelegramMessage } from './to-telegram-message.ts'

/**
 * Puts each private message into the inbox and does nothing else: the client waits for it before it notes how far it has
 * read, so a crash in between brings the message again.
 */
export function receiveMessages(app: Pick<App, 'db' | 'wake' | 'log'>, accountId: string) {
  const storing = new Set<Promise<void>>()
  let newest: Promise<unknown> = Promise.resolve()

  async function store(message: Message): Promise<void> {
    const kept = toTelegramMessage(accountId, message)
    if (!kept) return
    faultPoint('telegram.received')
    await storeMessage(app, kept)
  }

  return {
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
