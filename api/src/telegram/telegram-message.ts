import { z } from 'zod'

const kinds = [
  'text',
  'voice',
  'round',
  'video',
  'audio',
  'photo',
  'file',
  'sticker',
  'contact',
  'location',
  'live_location',
  'call',
  /** A picture or a video that goes after one look: it is a person's to look at. */
  'view_once',
  'reaction',
  'other',
] as const

/** What came from Telegram, or was written there by hand, as userbot and bot alike tell it. */
export const telegramMessageSchema = z.object({
  accountId: z.string(),
  /** `reacted`: the person put `text`, an emoji, on the message `messageId`. */
  event: z.enum(['new', 'edited', 'deleted', 'reacted']).default('new'),
  peerId: z.int(),
  peerUsername: z.string().nullable(),
  peerPhone: z.string().nullable(),
  /** Of the person's app, where Telegram tells it: IETF tag. */
  peerLanguage: z.string().nullable().default(null),
  messageId: z.int(),
  /** True for what the account itself wrote, from any device. */
  outgoing: z.boolean(),
  text: z.string(),
  /** Telegram counts in whole seconds. */
  sentAt: z.iso.datetime(),
  /** Id of the message that this one answers. */
  replyTo: z.int().nullable().default(null),
  kind: z.enum(kinds).default('text'),
  /** Sent by Telegram for the account, or at a time that was set before: away, greeting and scheduled messages. */
  automatic: z.boolean().default(false),
  /** Somebody else's words. */
  forwarded: z.boolean().default(false),
  /** What came together has the same one. */
  albumId: z.string().nullable().default(null),
  media: z
    .object({
      name: z.string().optional(),
      mimeType: z.string().optional(),
      /** Bytes; null when Telegram does not say. */
      size: z.int().nullable().optional(),
      durationSec: z.number().optional(),
      emoji: z.string().optional(),
      phone: z.string().optional(),
      /** By which a bot fetches the file. */
      fileId: z.string().optional(),
    })
    .nullable()
    .default(null),
})
export type TelegramMessage = z.infer<typeof telegramMessageSchema>

/** What most events are: of the other side, without anything beside the words. */
export const plain = {
  peerUsername: null,
  peerPhone: null,
  peerLanguage: null,
  outgoing: false,
  replyTo: null,
  kind: 'text',
  automatic: false,
  forwarded: false,
  albumId: null,
  media: null,
} satisfies Partial<TelegramMessage>

/** Kinds that come with a file worth keeping. */
export const fileKinds = new Set(['voice', 'round', 'video', 'audio', 'photo', 'file'])
export const spokenKinds = new Set(['voice', 'round'])

/** What became of it. */
export type InboundAnswer = 'kept' | 'known before' | 'nobody known' | 'ask again'
