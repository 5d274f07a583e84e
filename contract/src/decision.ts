import * as z from 'zod'
import { classificationSchema } from './classification.ts'
import { planSchema } from './sales-stages.ts'
import { salesSchema, salesVersion } from './sales.ts'
import { freeTimesSchema } from './times.ts'

/** What n8n brings to be journaled. The models' parts are checked field by field; nothing unknown passes. */
export const proposalSchema = z.object({
  classification: classificationSchema.nullable(),
  sales: salesSchema,
  ...freeTimesSchema.shape,
  /** What the message was for. A decision of an older version has none, nor has one that no model was asked for. */
  plan: planSchema.nullable().default(null),
})
export type Proposal = z.infer<typeof proposalSchema>

/** The journaled decision: stored before any effect, reused by every repeat of the turn. */
export const decisionSchema = z.object({
  ...proposalSchema.shape,
  /** A human may change a meeting without a word to the lead: then the reply is empty. */
  sales: salesSchema.extend({ reply: z.string().max(1500) }),
  promptVersions: z.object({ classifier: z.string().nullable(), sales: z.string() }),
  /** `ai`: the model's own words. `fallback`: ours, because its words could not be sent. `human`: no model was asked.
   *  `code`: ours, because code knows the answer. */
  origin: z.enum(['ai', 'fallback', 'human', 'code']),
})
export type Decision = z.infer<typeof decisionSchema>

/** What stands in for a stored decision that an older or newer version wrote and this one cannot read: nothing is said, a human gets it. */
const unreadable: Decision = {
  classification: null,
  sales: { reply: '', action: 'handoff', offerId: null, note: 'The stored decision cannot be read' },
  offers: [],
  wishFree: null,
  notFree: [],
  wishUnclear: false,
  plan: null,
  promptVersions: { classifier: null, sales: salesVersion },
  origin: 'human',
}

/** A decision as a row of `turns` holds it. */
export const storedDecisionSchema = decisionSchema.nullable().catch(unreadable)
