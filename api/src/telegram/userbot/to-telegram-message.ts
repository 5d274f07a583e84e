import type { Message, tl } from '@mtcute/node'
import { plain, type TelegramMessage } from '../telegram-message.ts'

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
    chat.type !== 'user' ||
    chat.isBot ||
    chat.isSelf ||
    chat.id === telegramServiceId ||
    (message.isService && message.action?.type !== 'call')
  if (ignored) return null
  return {
    accountId,
    event,
    peerId: chat.id,
    peerUsername: chat.username,
    peerPhone: phoneOf(chat.phoneNumber) ?? ownContactOf(message),
    peerLanguage: chat.raw._ === 'user' ? (chat.raw.langCode ?? null) : null,
    messageId: message.id,
    outgoing: message.isOutgoing,
    text: message.text,
    sentAt: message.date.toISOString(),
    replyTo: message.replyToMessage?.id ?? null,
    automatic: message.isFromOffline || (message.raw._ === 'message' && message.raw.fromScheduled === true),
    forwarded: message.forward !== null,
    albumId: message.groupedId?.toString() ?? null,
    ...contentOf(message),
  }
}

/** What the other side put on a message of a private chat; null when it took a reaction back, or it is not theirs. */
export function toReaction(
  accountId: string,
  { peer, msgId, reactions }: Pick<tl.RawUpdateMessageReactions, 'peer' | 'msgId' | 'reactions'>,
): TelegramMessage | null {
  if (peer._ !== 'peerUser') return null
  const theirs = (reactions.recentReactions ?? []).find(
    ({ my, peerId }) => !my && peerId._ === 'peerUser' && peerId.userId === peer.userId,
  )
  if (theirs?.reaction._ !== 'reactionEmoji') return null
  return {
    ...plain,
    accountId,
    event: 'reacted',
    peerId: peer.userId,
    messageId: msgId,
    text: theirs.reaction.emoticon,
    sentAt: new Date(theirs.date * 1000).toISOString(),
    replyTo: msgId,
    kind: 'reaction',
  }
}

/** A first reaction comes as an edit of our message that changes nothing in its words. */
export function reactionInEdit(accountId: string, { raw }: Message): TelegramMessage | null {
  if (raw._ !== 'message' || !raw.out || !raw.reactions) return null
  return toReaction(accountId, { peer: raw.peerId, msgId: raw.id, reactions: raw.reactions })
}

/** The phone of the sender's own contact; of somebody else's card it says nothing. */
const ownContactOf = ({ media, chat, isOutgoing }: Message): string | null =>
  media?.type === 'contact' && !isOutgoing && media.userId === chat.id ? phoneOf(media.phoneNumber) : null

function contentOf({ media, action, raw }: Message): Pick<TelegramMessage, 'kind' | 'media'> {
  if (action?.type === 'call') return { kind: 'call', media: { durationSec: action.duration } }
  if (raw._ === 'message' && raw.media && 'ttlSeconds' in raw.media && raw.media.ttlSeconds)
    return { kind: 'view_once', media: null }
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
    case 'live_location':
      return { kind: 'live_location', media: null }
    case 'location':
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
