import type { TelegramMessage } from '../../conversations/record-inbound.ts'
import type { BotMessage } from './bot-update.ts'

/** Telegram's own notices, login codes among them: never kept, never logged. */
const telegramServiceId = 777000

/**
 * A message of a private chat as all ways keep it; null for the secretary's own words and for Telegram's notices. `ownerId` is the
 * owner of the account that the chat belongs to, null in the bot's own chats. The Bot API tells a phone only when it is shared.
 */
export function toTelegramMessage(
  message: BotMessage,
  { accountId, ownerId }: { accountId: string; ownerId: number | null },
): TelegramMessage | null {
  const { chat, from, contact } = message
  if (message.sender_business_bot || chat.id === telegramServiceId || chat.id === ownerId) return null
  const outgoing = ownerId !== null && from?.id === ownerId
  if (!outgoing && from?.is_bot) return null
  const shared = contact && contact.user_id === from?.id ? contact.phone_number : null
  return {
    accountId,
    peerId: chat.id,
    peerUsername: chat.username ?? null,
    peerPhone: shared ? `+${shared.replace(/^\+/, '')}` : null,
    messageId: message.message_id,
    outgoing,
    text: message.text ?? message.caption ?? '',
    sentAt: new Date(message.date * 1000).toISOString(),
  }
}
