import { z } from 'zod'
import { classificationSchema, salesSchema } from './model-output.ts'

const instant = z.iso.datetime({ offset: true })

export const offerSchema = z.object({
  id: z.string().min(1).max(40),
  sellerId: z.string().min(1).max(40),
  start: instant,
  end: instant,
  label: z.string().min(1).max(120),
})

/** What n8n brings to be journaled. The model's parts are checked field by field; nothing unknown passes. */
export const proposalSchema = z.object({
  classification: classificationSchema.nullable(),
  sales: salesSchema,
  offers: z.array(offerSchema).max(10),
  wishFree: z.boolean().nullable(),
  wishUnclear: z.boolean(),
})

export type Offer = z.infer<typeof offerSchema>
export type Proposal = z.infer<typeof proposalSchema>

/** The journaled decision: stored before any effect, reused by every repeat of the turn. */
export type Decision = Proposal & {
  promptVersions: { classifier: string | null; sales: string }
  /** `ai`: the model's own words. `fallback`: ours, because its words could not be sent. `human`: no model was asked. `code`: ours, because code knows the answer. */
  origin: 'ai' | 'fallback' | 'human' | 'code'
}
