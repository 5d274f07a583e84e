import * as z from 'zod'

/** An answer of Google as n8n brings it. `status` 0: there was none, and `error` is what n8n says of it. */
export const googleAnswerSchema = z.object({
  status: z.number().int(),
  body: z.unknown().optional(),
  error: z.string().optional(),
})
export type GoogleAnswer = z.infer<typeof googleAnswerSchema>
