import * as z from 'zod'
import { type Classification, wants } from './classification.ts'
import { intents } from './intents.ts'
import { vendorSchema } from './model-calls.ts'

/** When another vendor is asked about a label once more; null: never. */
export const doubtSchema = z.object({
  vendor: vendorSchema,
  /** A label that is less sure than this is doubtful. */
  confidence: z.number().min(0).max(1),
})
export type Doubt = z.infer<typeof doubtSchema>

/**
 * Whether a wrong label would do what cannot be taken back (nobody writes any more, a meeting is dropped, a human or nobody answers), or the
 * model itself is not sure.
 */
export const isDoubtful = (
  heard: Pick<Classification, 'intent' | 'also' | 'confidence'>,
  doubt: Doubt,
): boolean =>
  heard.confidence < doubt.confidence ||
  wants(heard).some((one) => one === 'cancel' || intents[one].loses || intents[one].byCode !== null)
