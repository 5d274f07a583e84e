import { z } from 'zod'

const user = z.object({
  id: z.number(),
  is_bot: z.boolean(),
  first_name: z.string(),
  username: z.string().optional(),
  language_code: z.string().optional(),
})

const message = z.object({
  message_id: z.number(),
  from: user.optional(),
  chat: z.object({ id: z.number(), type: z.string(), username: z.string().optional() }),
  date: z.number(),
  text: z.string().optional(),
  caption: z.string().optional(),
  contact: z.object({ phone_number: z.string(), user_id: z.number().optional() }).optional(),
  business_connection_id: z.string().optional(),
  sender_business_bot: z.object({ id: z.number() }).optional(),
})

export const businessConnectionSchema = z.object({
  id: z.string().min(1),
  user,
  date: z.number(),
  rights: z
    .object({ can_reply: z.boolean().optional(), can_read_messages: z.boolean().optional() })
    .optional(),
  is_enabled: z.boolean(),
})

/** What we read out of an update of the Bot API; whatever else is in it passes unread. */
export const botUpdateSchema = z.object({
  update_id: z.number().int(),
  message: message.optional(),
  my_chat_member: z
    .object({
      chat: z.object({ id: z.number(), type: z.string() }),
      new_chat_member: z.object({ status: z.string() }),
    })
    .optional(),
  business_connection: businessConnectionSchema.optional(),
  business_message: message.optional(),
})

export type BotUpdate = z.infer<typeof botUpdateSchema>
export type BotMessage = z.infer<typeof message>
export type BusinessConnection = z.infer<typeof businessConnectionSchema>
