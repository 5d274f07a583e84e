import { z } from 'zod'

/** Up to the year 9999, where a date ends. */
const unixSec = z.int().min(0).max(253_402_300_799)

const user = z.object({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})

const file = z.object({
  file_id: z.string(),
  file_size: z.int().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
  duration: z.number().optional(),
})

const message = z.object({
  message_id: z.int(),
  from: user.optional(),
  chat: z.object({ id: z.int(), type: z.string(), username: z.string().optional() }),
  date: unixSec,
  text: z.string().optional(),
  caption: z.string().optional(),
  reply_to_message: z.object({ message_id: z.int() }).optional(),
  voice: file.optional(),
  video_note: file.optional(),
  video: file.optional(),
  audio: file.optional(),
  document: file.optional(),
  /** The same picture in several sizes, the largest last. */
  photo: z.array(file).min(1).optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  location: z.object({ live_period: z.int().optional() }).optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string().optional(),
      last_name: z.string().optional(),
      user_id: z.int().optional(),
    })
    .optional(),
  /** Away, greeting and scheduled messages of a business account. */
  is_from_offline: z.boolean().optional(),
  forward_origin: z.object({ type: z.string() }).optional(),
  media_group_id: z.string().optional(),
  business_connection_id: z.string().optional(),
  sender_business_bot: z.object({ id: z.int() }).optional(),
})

const reaction = z.object({
  chat: z.object({ id: z.int(), type: z.string(), username: z.string().optional() }),
  message_id: z.int(),
  user: user.optional(),
  date: unixSec,
  new_reaction: z.array(z.object({ type: z.string(), emoji: z.string().optional() })),
})

export const businessConnectionSchema = z.object({
  id: z.string().min(1),
  user,
  date: unixSec,
  rights: z
    .object({ can_reply: z.boolean().optional(), can_read_messages: z.boolean().optional() })
    .optional(),
  is_enabled: z.boolean(),
})

/** What we read out of an update of the Bot API; whatever else is in it passes unread. */
export const botUpdateSchema = z.object({
  update_id: z.int(),
  message: message.optional(),
  my_chat_member: z
    .object({
      chat: z.object({ id: z.int(), type: z.string() }),
      new_chat_member: z.object({ status: z.string() }),
    })
    .optional(),
  business_connection: businessConnectionSchema.optional(),
  business_message: message.optional(),
  edited_message: message.optional(),
  message_reaction: reaction.optional(),
  edited_business_message: message.optional(),
  deleted_business_messages: z
    .object({
      business_connection_id: z.string(),
      chat: z.object({ id: z.int(), username: z.string().optional() }),
      message_ids: z.array(z.int()),
    })
    .optional(),
})

export type BotUpdate = z.infer<typeof botUpdateSchema>
export type BotMessage = z.infer<typeof message>
export type BotReaction = z.infer<typeof reaction>
export type BusinessConnection = z.infer<typeof businessConnectionSchema>
