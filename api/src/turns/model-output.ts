import { z } from 'zod'

/**
 * What the two AI steps may answer. The same schemas make the JSON Schema in the n8n workflow and check the answer again
 * in the API, because a model's output is untrusted input. A change of meaning gets a new version name.
 */
export const classifierVersion = 'classifier/1'
export const salesVersion = 'sales/1'

export const intents = [
  'greeting',
  'interested',
  'question',
  'objection',
  'snooze',
  'wants_meeting',
  'picks_time',
  'reschedule',
  'cancel',
  'not_interested',
  'opt_out',
  'other_channel',
  'wants_human',
  'other',
] as const

export const factNames = ['need', 'budget', 'timeline', 'authority', 'email'] as const

/** PostgreSQL keeps no NUL in a text. */
const withoutNul = (text: string) => !text.includes('\0')

const quote = z.string().max(500).refine(withoutNul)

export const classificationSchema = z.object({
  language: z.enum(['ru', 'en']).describe('Language of the new messages'),
  intent: z.enum(intents).describe('What the lead wants most in the new messages'),
  timeQuotes: z
    .array(quote)
    .max(6)
    .describe(
      "Every mention of a time for the meeting, in the lead's own words, unchanged. Never a computed date.",
    ),
  pickedOfferId: z
    .string()
    .max(40)
    .nullable()
    .describe('id of the offered time that the lead accepted, or null'),
  facts: z
    .object(
      Object.fromEntries(factNames.map((name) => [name, quote.nullable()])) as Record<
        (typeof factNames)[number],
        z.ZodNullable<z.ZodString>
      >,
    )
    .describe(
      "What the lead said of need, budget, timeline, authority, e-mail; in the lead's words, or null",
    ),
  confidence: z.number().min(0).max(1),
})

const actions = ['talk', 'offer_times', 'book', 'move', 'cancel', 'handoff', 'close'] as const

export const salesSchema = z.object({
  reply: z
    .string()
    .min(1)
    .max(1500)
    .refine(withoutNul)
    .describe(
      'The message to the lead. Where times are offered write [TIMES]; where the booked meeting is named write [MEETING]. Never write a date or a time yourself.',
    ),
  action: z.enum(actions),
  offerId: z.string().max(40).nullable().describe('id of the offered time to book or to move to, else null'),
  note: z.string().max(500).refine(withoutNul).describe('One line for the CRM: what happened in this turn'),
})
