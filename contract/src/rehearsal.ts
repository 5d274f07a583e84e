import * as z from 'zod'
import { decisionSchema } from './decision.ts'

/** The examples that can be played in n8n's editor. */
export const rehearsals = {
  first_touch: 'First touch: a new lead, nothing was said yet',
  wish: 'Answer with a wish: the lead names a time',
  booking: 'Booking: the lead takes the second of the offered times',
} as const
export type Rehearsal = keyof typeof rehearsals
export const rehearsalNames = Object.keys(rehearsals) as [Rehearsal, ...Rehearsal[]]
export const rehearsalSchema = z.enum(rehearsalNames)

/** A talk that somebody plays as a lead in the console, by its id. */
export const playgroundSchema = z.string().regex(/^playground-[0-9a-f]{16}$/, 'is no talk of the playground')

/**
 * No turn of a database ever has this id: should a report of a rehearsal go the way of a real one, it finds no turn.
 */
export const rehearsalTurnId = Number.MAX_SAFE_INTEGER

/** What a rehearsal's answers have besides those of a real turn. Nothing of a rehearsal is stored: the decision goes along. */
export const rehearsedSchema = z.object({
  rehearsed: decisionSchema.nullable(),
  /** What the step would do in earnest, for people to read. */
  would: z.record(z.string(), z.unknown()),
})
export type Rehearsed = z.infer<typeof rehearsedSchema>
