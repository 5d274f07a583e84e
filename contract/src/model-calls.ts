import * as z from 'zod'

/** The vendors of models, in the order in which they are asked. */
export const vendors = ['openai', 'anthropic'] as const
export const vendorSchema = z.enum(vendors)
export type Vendor = z.infer<typeof vendorSchema>

export const modelSteps = ['classifier', 'sales'] as const

/**
 * How a call of a model can end, and whose fault it is.
 *
 *   answer   the vendor works, and what it said can not be used
 *   request  it refuses what we ask for: people have to change the model or its parameters
 *   account  it does not take our key, or the account is not paid: people have to mend it
 *   outage   it is away, or has too much to do: that passes
 */
export const modelOutcomes = {
  ok: { fault: null },
  refusal: { fault: 'answer' },
  length: { fault: 'answer' },
  empty: { fault: 'answer' },
  unreadable: { fault: 'answer' },
  rejected: { fault: 'request' },
  denied: { fault: 'account' },
  unpaid: { fault: 'account' },
  overloaded: { fault: 'outage' },
  timeout: { fault: 'outage' },
  unreachable: { fault: 'outage' },
} as const satisfies Record<string, { fault: 'answer' | 'request' | 'account' | 'outage' | null }>

export type ModelOutcome = keyof typeof modelOutcomes
const outcomeNames = Object.keys(modelOutcomes) as [ModelOutcome, ...ModelOutcome[]]

const tokens = z.number().int().min(0).max(10_000_000)

/** One call of a model, as n8n reports it. */
export const modelCallSchema = z.object({
  step: z.enum(modelSteps),
  vendor: vendorSchema,
  model: z.string().max(200),
  outcome: z.enum(outcomeNames),
  /** How long it took. */
  ms: z.number().int().min(0).max(3_600_000),
  /** null: the vendor did not say. `input` has those of the cache in it. */
  tokens: z.object({ input: tokens, cached: tokens, output: tokens }).nullable(),
  /** Why it can not be used. */
  reason: z.string().max(500).nullable(),
})
export type ModelCall = z.infer<typeof modelCallSchema>
/** The part of a chat model's message that is read; LangChain's, whatever the vendor. */
export const modelReplySchema = z.looseObject({
  text: z.string().optional(),
  content: z.unknown(),
  /** Of an agent. */
  tool_calls: z.array(z.unknown()).nullish(),
  additional_kwargs: z.looseObject({ refusal: z.string().nullish() }).nullish(),
  response_metadata: z
    .looseObject({
      model_name: z.string().optional(),
      model: z.string().optional(),
      finish_reason: z.string().nullish(),
      stop_reason: z.string().nullish(),
      status: z.string().nullish(),
    })
    .nullish(),
  usage_metadata: z
    .looseObject({
      input_tokens: z.number(),
      output_tokens: z.number(),
      input_token_details: z.looseObject({ cache_read: z.number().nullish() }).nullish(),
    })
    .nullish(),
})
export type ModelReply = z.infer<typeof modelReplySchema>
