import * as z from 'zod'

/** What a reviewer may refuse a reply for; it can do nothing else. */
export const reviewRules = ['promise', 'price', 'data', 'tone'] as const

/** What the reviewing model answers. */
export const reviewSchema = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('pass') }),
  z.object({
    verdict: z.literal('refuse'),
    rule: z.enum(reviewRules),
    /** Words of the reply. */
    quote: z.string().min(1).max(1500),
    reason: z.string().max(300).nullish(),
  }),
])
export type Review = z.infer<typeof reviewSchema>
export type Refusal = Extract<Review, { verdict: 'refuse' }>
