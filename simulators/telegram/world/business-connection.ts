import { z } from 'zod'

/** The rights of a secretary that matter to chats; the names are those of the Bot API. */
export const rightsSchema = z.strictObject({
  can_reply: z.boolean().default(true),
  can_read_messages: z.boolean().default(true),
})

/** A bot that answers in the name of an account. */
export type BusinessConnection = {
  id: string
  botId: number
  accountId: number
  rights: z.infer<typeof rightsSchema>
  enabled: boolean
  /** ISO instant, UTC. */
  connectedAt: string
  /** How long after the person's last words the bot may write; Telegram: 24 hours. */
  replyWindowMs: number
}

export const replyWindowMs = 24 * 3_600_000
