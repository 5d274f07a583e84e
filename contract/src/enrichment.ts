import * as z from 'zod'

const line = (most: number) => z.string().trim().min(1).max(most)

/** What a look-up found of a lead's company: untrusted, and nothing that the lead said. `source`: where people can look at it. */
export const foundFactSchema = z.object({ name: line(60), value: line(300), source: line(300) })
export type FoundFact = z.infer<typeof foundFactSchema>

export const foundFactsSchema = z.array(foundFactSchema).max(12)

/** What the workflow `enrich` is asked about: no name, phone or e-mail of a person. */
export const enrichRequestSchema = z.object({
  turn: z.object({
    id: z.number().int().positive(),
    fencing: z.number().int().positive(),
    kind: z.literal('first_touch'),
    leadId: z.number().int(),
  }),
  /** The look-up service: `enrich.url` of config/business.yaml. */
  url: z.string(),
  timeoutMs: z.number().int().positive(),
  about: z.object({
    title: z.string().nullable(),
    source: z.string().nullable(),
    /** What stands behind the @ of the lead's e-mail, where that is no public mail service. */
    emailDomain: z.string().nullable(),
    language: z.string(),
  }),
})
export type EnrichRequest = z.infer<typeof enrichRequestSchema>

/** taken: the first touch has them; late: it went without; unreadable: they are not of this form. */
export const enrichAnswerSchema = z.object({ outcome: z.enum(['taken', 'late', 'unreadable']) })
export type EnrichAnswer = z.infer<typeof enrichAnswerSchema>
