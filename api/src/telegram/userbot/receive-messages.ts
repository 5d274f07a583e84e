import type { TelegramClient } from '@mtcute/node'
import type { App } from '../../app.ts'
import { faultPoint } from '../../process/fault-point.ts'
import { storeMessage } from '../store-message.ts'
import { plain } from '../telegram-message.ts'
import { reactionInEdit, toReaction, toTelegramMessage } from './to-telegram-message.ts'

/**
 * Puts each private message, edit and deletion into the inbox and does nothing else: the client waits for it before it notes
 * how far it has read, so a crash in between brings the message again.
 */
export function receiveMessages(app: Pick<App, 'db' | 'wake' | 'log'>, accountId: string) {
  const storing = new Set<Promise<void>>()
  let newest: Promise<unknown> = Promise.resolve()

  /** One after another, so that the inbox has them in the order in which they came. */
  function inOrder(messageId: number | undefined, store: () => Promise<void>): void {
    const done = newest.then(store).finally(() => storing.delete(done))
    newest = done.catch(() => {})
    storing.add(done)
    done.catch((error: unknown) => app.log.error({ err: error, messageId }, 'A message was not stored'))
  }

  return {
    listen(client: TelegramClient) {
      for (const [emitter, event] of [
        [client.onNewMessage, 'new'],
        [client.onEditMessage, 'edited'],
      ] as const) {
        emitter.add((message) =>
          inOrder(message.id, async () => {
            const kept =
              (event === 'edited' && reactionInEdit(accountId, message)) ||
              toTelegramMessage(accountId, message, event)
            if (!kept) return
            faultPoint('telegram.received')
            await storeMessage(app, kept)
          }),
        )
      }
      client.onRawUpdate.add(({ update }) => {
        if (update._ !== 'updateMessageReactions') return
        const reaction = toReaction(accountId, update)
        if (reaction) inOrder(reaction.messageId, () => storeMessage(app, reaction))
      })
      client.onDeleteMessage.add(({ messageIds, channelId }) => {
        // In private chats Telegram names the messages only; their ids are the account's own.
        if (channelId !== null) return
        for (const messageId of messageIds)
          inOrder(messageId, () =>
            storeMessage(app, {
              ...plain,
              accountId,
              event: 'deleted',
              peerId: 0,
              messageId,
              text: '',
              sentAt: new Date().toISOString(),
            }),
          )
      })
    },
    /** @throws when one was not stored: then the position must not move on */
    settle: async () => void (await Promise.all(storing)),
  }
}
