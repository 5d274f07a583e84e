import type { Message, tl } from '@mtcute/node'
import type { TelegramMessage } from '../telegram-message.ts'

/** Telegram's own notices come from here, login codes among them: never kept, never logged. */
export const telegramServiceId = 777000

/** As cards have it; Telegram leaves the plus out. */
export const phoneOf = (phone: string | null | undefined): string | null =>
  phone ? `+${phone.replace(/^\+/, '')}` : null

/** A private message of a person, or of ours to one; null for all else: groups, bots, Saved Messages, service messages. */
export function toTelegramMessage(
  accountId: string,
  message: Message,
  event: 'new' | 'edited' = 'new',
): TelegramMessage | null {
  const { chat } = message
  const ignored =
    chat.type !== 'user' || chat.isBot || chat.isSelf || chat.id === telegramServiceId || message.isService
  if (ignored) return null
  return {
    accountId,
    event,
    peerId: chat.id,
    peerUsername: chat.username,
    peerPhone: phoneOf(chat.phoneNumber),
    peerLanguage: chat.raw._ === 'user' ? (chat.raw.langCode ?? null) : null,
    messageId: message.id,
    outgoing: message.isOutgoing,
    text: message.text,
    sentAt: message.date.toISOString(),
    replyTo: message.replyToMessage?.id ?? null,
    ...contentOf(message),
  }
}

/** What the other side put on a message of a private chat; null when it took a reaction back, or it is not theirs. */
export function toReaction(
  accountId: string,
  { peer, msgId, reactions }: tl.RawUpdateMessageReactions,
): TelegramMessage | null {
  if (peer._ !== 'peerUser') return null
  const theirs = (reactions.recentReactions ?? []).find(
    ({ my, peerId }) => !my && peerId._ === 'peerUser' && peerId.userId === peer.userId,
  )
  if (theirs?.reaction._ !== 'reactionEmoji') return null
  return {
    accountId,
    event: 'reacted',
    peerId: peer.userId,
    peerUsername: null,
    peerPhone: null,
    peerLanguage: null,
    messageId: msgId,
    outgoing: false,
    text: theirs.reaction.emoticon,
    sentAt: new Date(theirs.date * 1000).toISOString(),
    replyTo: msgId,
    kind: 'reaction',
    media: null,
  }
}

function contentOf({ media }: Message): Pick<TelegramMessage, 'kind' | 'media'> {
  switch (media?.type) {
    case undefined:
    case 'webpage':
      return { kind: 'text', media: null }
    case 'voice':
      return { kind: 'voice', media: { ...fileOf(media), durationSec: media.duration } }
    case 'video':
      return {
        kind: media.isRound ? 'round' : 'video',
        media: { ...fileOf(media), durationSec: media.duration },
      }
    case 'audio':
      return { kind: 'audio', media: { ...fileOf(media), durationSec: media.duration } }
    case 'document':
      return { kind: 'file', media: fileOf(media) }
    case 'photo':
      return { kind: 'photo', media: { mimeType: 'image/jpeg', size: media.fileSize ?? null } }
    case 'sticker':
      return { kind: 'sticker', media: { emoji: media.emoji } }
    case 'contact': {
      const name = [media.firstName, media.lastName].filter(Boolean).join(' ')
      return { kind: 'contact', media: { name, phone: media.phoneNumber } }
    }
    case 'location':
    case 'live_location':
    case 'venue':
      return { kind: 'location', media: null }
    default:
      return { kind: 'other', media: null }
  }
}

const fileOf = (file: { fileName: string | null; mimeType: string; fileSize?: number | undefined }) => ({
  ...(file.fileName ? { name: file.fileName } : {}),
  mimeType: file.mimeType,
  size: file.fileSize ?? null,
})
