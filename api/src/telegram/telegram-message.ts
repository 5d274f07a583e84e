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

/** Kinds that come with a file worth keeping. */
export const fileKinds = new Set(['voice', 'round', 'video', 'audio', 'photo', 'file'])
export const spokenKinds = new Set(['voice', 'round'])

/** What became of it. */
export type InboundAnswer = 'kept' | 'known before' | 'nobody known' | 'ask again'
