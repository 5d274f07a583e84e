import * as z from 'zod'
import { actionNames } from './actions.ts'

/** A change of meaning gets a new version name. */
export const salesVersion = 'sales/2'

/** What the sales step may answer; checked like the classification. */
export const salesSchema = z.object({
  reply: z
    .string()
    .min(1)
    .max(1500)
    .describe(
      'The message to the lead. Where times are offered write [TIMES]; where the booked meeting is named write [MEETING]. Never write a date or a time yourself.',
    ),
  action: z.enum(actionNames),
  offerId: z.string().max(40).nullable().describe('id of the offered time to book or to move to, else null'),
  note: z.string().max(500).describe('One line for the CRM: what happened in this turn'),
})
export type Sales = z.infer<typeof salesSchema>
