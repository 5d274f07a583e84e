/**
 * What families of models refuse and how much they think by themselves, as their vendors document it (November 2026) or as others
 * have seen it. A name that fits no row takes everything and thinks nothing.
 */
type Effort = 'none' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'
type Family = {
  pattern: RegExp
  thinksByDefault: Effort
  refusesMaxTokens?: boolean
  refusesStop?: boolean
  refusesToolsWhileThinking?: boolean
  /** Anthropic: thinking cannot be switched off. */
  alwaysThinks?: boolean
  /** OpenAI: YYYY-MM-DD, as GET /v1/models tells it. */
  shutdownDate?: string
}

const families: Family[] = [
  {
    pattern: /^gpt-6/,
    thinksByDefault: 'medium',
    refusesMaxTokens: true,
    refusesStop: true,
    refusesToolsWhileThinking: true,
  },
  { pattern: /^gpt-5\.1/, thinksByDefault: 'medium', refusesMaxTokens: true, shutdownDate: '2027-04-01' },
  { pattern: /^gpt-5\./, thinksByDefault: 'medium', refusesMaxTokens: true },
  { pattern: /^(gpt-5|o\d)/, thinksByDefault: 'medium', refusesMaxTokens: true, shutdownDate: '2026-12-11' },
  { pattern: /^gpt-4/, thinksByDefault: 'none', shutdownDate: '2027-01-14' },
  { pattern: /^claude-haiku-5/, thinksByDefault: 'medium' },
  { pattern: /^claude-opus-5-[1-9]/, thinksByDefault: 'medium', alwaysThinks: true },
  { pattern: /^claude-sonnet-5-[1-9]|^claude-fable/, thinksByDefault: 'high', alwaysThinks: true },
  { pattern: /^claude-(sonnet|opus)-5/, thinksByDefault: 'high' },
]

/** Tokens of thinking that a small question costs; guessed, in the order of what people report. */
const thinkingTokens: Record<Effort, number> = {
  none: 0,
  low: 300,
  medium: 1500,
  high: 2500,
  xhigh: 4000,
  max: 8000,
}

const familyOf = (model: string) => families.find(({ pattern }) => pattern.test(model))
const isEffort = (value: unknown): value is Effort => typeof value === 'string' && value in thinkingTokens

export const shutdownDateOf = (model: string): string | null => familyOf(model)?.shutdownDate ?? null

export type Refusal = { message: string; param: string; code: string }
type OpenAiAsk = {
  model: string
  max_tokens?: number | null | undefined
  temperature?: number | null | undefined
  stop?: unknown
  reasoning_effort?: unknown
  tools?: unknown[] | null | undefined
}

/** Why OpenAI's Chat Completions refuses a request (400), and the tokens that the model would think. */
export function openAiThinking(ask: OpenAiAsk): { tokens: number; refusal: Refusal | null } {
  const family = familyOf(ask.model)
  const refuse = (param: string, message: string, code = 'unsupported_parameter') => ({
    tokens: 0,
    refusal: { message, param, code },
  })
  if (ask.reasoning_effort != null && !isEffort(ask.reasoning_effort))
    return refuse('reasoning_effort', `Invalid value: '${String(ask.reasoning_effort)}'.`, 'invalid_value')
  if (!family || family.thinksByDefault === 'none')
    return ask.reasoning_effort == null
      ? { tokens: 0, refusal: null }
      : refuse('reasoning_effort', `Unrecognized request argument supplied: reasoning_effort`)
  if (family.refusesMaxTokens && ask.max_tokens != null)
    return refuse(
      'max_tokens',
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    )
  if (ask.temperature != null && ask.temperature !== 1)
    return refuse(
      'temperature',
      `Unsupported value: 'temperature' does not support ${ask.temperature} with this model. Only the default (1) value is supported.`,
      'unsupported_value',
    )
  if (family.refusesStop && ask.stop != null)
    return refuse('stop', "Unsupported parameter: 'stop' is not supported with this model.")
  const effort = isEffort(ask.reasoning_effort) ? ask.reasoning_effort : family.thinksByDefault
  if (family.refusesToolsWhileThinking && ask.tools?.length && effort !== 'none')
    return refuse(
      'tools',
      "Function calling needs reasoning_effort 'none' with this model here. Use the Responses API instead.",
    )
  return { tokens: thinkingTokens[effort], refusal: null }
}

type AnthropicAsk = {
  model: string
  temperature?: number | null | undefined
  top_k?: number | null | undefined
  thinking?: { type: string } | null | undefined
  output_config?: { effort?: unknown } | null | undefined
}

/** Why Anthropic refuses a request (400), and the tokens that the model would think. */
export function anthropicThinking(ask: AnthropicAsk): { tokens: number; refusal: string | null } {
  const family = familyOf(ask.model)
  const refuse = (refusal: string) => ({ tokens: 0, refusal })
  const kind = ask.thinking?.type
  if (!family)
    return kind === 'adaptive'
      ? refuse('thinking: adaptive thinking is not supported on this model')
      : { tokens: kind === 'enabled' ? thinkingTokens.low : 0, refusal: null }
  if (kind === 'enabled')
    return refuse(
      'thinking.type.enabled: manual extended thinking is not supported on this model; use adaptive',
    )
  if (kind === 'disabled' && family.alwaysThinks)
    return refuse('thinking.type.disabled: thinking cannot be disabled on this model')
  if ((ask.temperature != null && ask.temperature !== 1) || ask.top_k != null)
    return refuse('temperature, top_p and top_k are not supported on this model')
  if (kind === 'disabled') return { tokens: 0, refusal: null }
  const effort = ask.output_config?.effort
  return { tokens: thinkingTokens[isEffort(effort) ? effort : family.thinksByDefault], refusal: null }
}
