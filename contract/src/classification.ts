import * as z from 'zod'
import { intentNames } from './intents.ts'
import { languageSchema } from './language.ts'

/** A change of meaning gets a new version name. */
export const classifierVersion = 'classifier/1'

export const factNames = ['need', 'budget', 'timeline', 'authority', 'email'] as const
export type FactName = (typeof factNames)[number]

const quote = z.string().max(500)
const facts: Record<FactName, z.ZodNullable<typeof quote>> = {
  need: quote.nullable(),
  budget: quote.nullable(),
  timeline: quote.nullable(),
  authority: quote.nullable(),
  email: quote.nullable(),
}

/**
 * What the classifier may answer. The same schema makes the JSON Schema in the n8n workflow and checks the answer again in the
 * API, because a model's output is untrusted input.
 */
export const classificationSchema = z.object({
  language: languageSchema.describe('Language of the new messages'),
  intent: z.enum(intentNames).describe('What the lead wants most in the new messages'),
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
    .object(facts)
    .describe(
      "What the lead said of need, budget, timeline, authority, e-mail; in the lead's words, or null",
    ),
  confidence: z.number().min(0).max(1),
})
export type Classification = z.infer<typeof classificationSchema>
