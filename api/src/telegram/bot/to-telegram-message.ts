import { plain, type TelegramMessage } from '../telegram-message.ts'
import type { BotMessage, BotReaction } from './bot-update.ts'

/** Telegram's own notices, login codes among them: never kept, never logged. */
const telegramServiceId = 777000

type BotFile = NonNullable<BotMessage['voice']>

/** A video note or an animation may name itself a document or video too: the first one counts. */
const fileFields = [
  ['voice', 'voice'],
  ['video_note', 'round'],
  ['video', 'video'],
  ['audio', 'audio'],
  ['photo', 'photo'],
  ['document', 'file'],
] as const

/**
 * A message of a private chat as all ways keep it; null for the secretary's own words and for Telegram's notices. `ownerId` is the
 * owner of the account that the chat belongs to, null in the bot's own chats. The Bot API tells a phone only when it is shared.
 */
export function toTelegramMessage(
  message: BotMessage,
  {
    accountId,
    ownerId,
    event,
  }: { accountId: string; ownerId: number | null; event: TelegramMessage['event'] },
): TelegramMessage | null {
  const { chat, from } = message
  if (message.sender_business_bot || chat.id === telegramServiceId || chat.id === ownerId) return null
  const outgoing = ownerId !== null && from?.id === ownerId
  if (!outgoing && from?.is_bot) return null
  return {
    accountId,
    event,
    peerId: chat.id,
    peerUsername: chat.username ?? null,
    peerPhone: sharedPhone(message),
    peerLanguage: outgoing ? null : (from?.language_code ?? null),
    messageId: message.message_id,
    outgoing,
    text: message.text ?? message.caption ?? '',
    sentAt: new Date(message.date * 1000).toISOString(),
    replyTo: message.reply_to_message?.message_id ?? null,
    automatic: message.is_from_offline ?? false,
    forwarded: message.forward_origin !== undefined,
    albumId: message.media_group_id ?? null,
    ...contentOf(message),
  }
}

/** What a person put on a message of the bot's chat; null when they took a reaction back. */
export function toReaction(
  { chat, message_id: messageId, user, date, new_reaction: now }: BotReaction,
  accountId: string,
): TelegramMessage | null {
  const emoji = now.find((one) => one.type === 'emoji')?.emoji
  if (chat.type !== 'private' || !user || user.is_bot || !emoji) return null
  return {
    ...plain,
    accountId,
    event: 'reacted',
    peerId: chat.id,
    peerUsername: chat.username ?? null,
    peerLanguage: user.language_code ?? null,
    messageId,
    text: emoji,
    sentAt: new Date(date * 1000).toISOString(),
    replyTo: messageId,
    kind: 'reaction',
  }
}

/** The phone of the sender's own contact; of somebody else's card it says nothing. */
export function sharedPhone({ contact, from }: BotMessage): string | null {
  if (!contact || contact.user_id === undefined || contact.user_id !== from?.id) return null
  return `+${contact.phone_number.replace(/^\+/, '')}`
}

function contentOf(message: BotMessage): Pick<TelegramMessage, 'kind' | 'media'> {
  for (const [field, kind] of fileFields) {
    const found = message[field]
    const held = Array.isArray(found) ? found.at(-1) : found
    if (held) return { kind, media: mediaOf(held, kind) }
  }
  if (message.sticker) return { kind: 'sticker', media: { emoji: message.sticker.emoji ?? '' } }
  if (message.contact) {
    const { first_name: first, last_name: last, phone_number: phone } = message.contact
    return { kind: 'contact', media: { name: [first, last].filter(Boolean).join(' '), phone } }
  }
  if (message.location)
    return { kind: message.location.live_period ? 'live_location' : 'location', media: null }
  return { kind: message.text === undefined ? 'other' : 'text', media: null }
}

const mediaOf = (held: BotFile, kind: TelegramMessage['kind']) => ({
  fileId: held.file_id,
  size: held.file_size ?? null,
  ...(held.file_name ? { name: held.file_name } : {}),
  ...(held.duration === undefined ? {} : { durationSec: held.duration }),
  mimeType: held.mime_type ?? (kind === 'photo' ? 'image/jpeg' : 'application/octet-stream'),
})
