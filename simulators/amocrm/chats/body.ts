import { z } from 'zod'
import { ChatError } from './chat-error.ts'

const text = z.string().min(1)
const personSchema = z.looseObject({
  id: text,
  name: z.string().optional(),
  avatar: z.string().optional(),
  ref_id: z.string().optional(),
  profile: z.looseObject({ phone: z.string().optional(), email: z.string().optional() }).optional(),
})
const source = z.looseObject({ external_id: z.string().optional() }).optional()

export const connectSchema = z.looseObject({
  account_id: text,
  title: z.string().default(''),
  hook_api_version: z.string().default('v2'),
  is_time_window_disabled: z.boolean().default(false),
})
export const disconnectSchema = z.looseObject({ account_id: text })
export const chatSchema = z.looseObject({ conversation_id: text, source, user: personSchema })
export const messageSchema = z.looseObject({
  event_type: z.enum(['new_message', 'edit_message']),
  payload: z.looseObject({
    timestamp: z.int().optional(),
    msec_timestamp: z.int().optional(),
    msgid: text,
    conversation_id: text.optional(),
    conversation_ref_id: text.optional(),
    sender: personSchema.optional(),
    receiver: personSchema.optional(),
    message: z.looseObject({
      type: z.enum(['text', 'picture', 'video', 'voice', 'audio', 'file', 'sticker', 'location', 'contact']),
      text: z.string().optional(),
      media: z.string().optional(),
      file_name: z.string().optional(),
      file_size: z.int().optional(),
    }),
    source,
    silent: z.boolean().default(false),
  }),
})
/** Two spellings of the status are in use. */
export const deliverySchema = z.looseObject({
  delivery_status: z.literal([1, 2, -1]).optional(),
  status_code: z.literal([1, 2, -1]).optional(),
  error_code: z.int().optional(),
  error: z.string().optional(),
})
export const typingSchema = z.looseObject({ conversation_id: text, sender: z.looseObject({ id: text }) })
export const reactSchema = z.looseObject({
  conversation_id: text,
  type: z.enum(['react', 'unreact']),
  emoji: z.string().optional(),
})

/** @throws ChatError 400 that names the field */
export function readChatBody<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw new ChatError(400, 'INVALID_REQUEST', 'the body is not JSON')
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ChatError(400, 'VALIDATION_ERROR', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`)
}
