import * as z from 'zod'
import { intentNames } from './intents.ts'
import { languageSchema } from './language.ts'

/** A change of meaning gets a new version name. */
export const classifierVersion = 'classifier/2'

export const factNames = ['need', 'budget', 'timeline', 'authority', 'email'] as const
export type FactName = (typeof factNames)[number]

/** What an objection is about. */
export const objectionNames = ['price', 'time', 'trust', 'competitor', 'authority', 'other'] as const
export type Objection = (typeof objectionNames)[number]

export const toneNames = ['neutral', 'friendly', 'hurried', 'irritated'] as const
export type Tone = (typeof toneNames)[number]

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
  // What an older version did not know has a default, so that its stored answers are still read.
  also: z
    .array(z.enum(intentNames))
    .max(4)
    .default([])
    .describe('What else they want in the same messages: answered too, but the intent decides what happens'),
  objections: z
    .array(z.enum(objectionNames))
    .max(3)
    .default([])
    .describe('What their objections are about; empty without one'),
  tone: z.enum(toneNames).default('neutral').describe('How the new messages sound'),
  zoneQuote: quote
    .nullable()
    .default(null)
    .describe(
      "Where the lead says that they are, or by whose clock they go, in the lead's own words; or null",
    ),
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
      'The words of the lead, copied unchanged, that say their need, budget, timeline, authority, e-mail; or null',
    ),
  confidence: z.number().min(0).max(1),
})
export type Classification = z.infer<typeof classificationSchema>

/** Everything that the lead wants, the first thing first. */
export const wants = ({
  intent,
  also = [],
}: Pick<Classification, 'intent'> & { also?: Classification['also'] }): Classification['intent'][] => [
  ...new Set([intent, ...also]),
]
