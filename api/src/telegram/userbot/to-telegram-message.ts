import type { Message } from '@mtcute/node'
import type { TelegramMessage } from '../../conversations/record-inbound.ts'

/** Telegram's own notices come from here, login codes among them: never kept, never logged. */
const telegramServiceId = 777000

/** A private message of a person, or of ours to one; null for all else: groups, bots, Saved Messages, service messages. */
export function toTelegramMessage(accountId: string, message: Message): TelegramMessage | null {
  const { chat } = message
  const ignored =
    chat.type !== 'user' || chat.isBot || chat.isSelf || chat.id === telegramServiceId || message.isService
  if (ignored) return null
  return {
    accountId,
    peerId: chat.id,
    peerUsername: chat.username,
    peerPhone: chat.phoneNumber ? `+${chat.phoneNumber.replace(/^\+/, '')}` : null,
    messageId: message.id,
    outgoing: message.isOutgoing,
    text: message.text,
    sentAt: message.date.toISOString(),
  }
}
