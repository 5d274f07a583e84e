import type { ModelRequest } from './model-request.ts'

/** The latest prompts of each model; not saved: a cache is gone after minutes. */
export type PromptCache = Map<string, string[]>

const [smallest, step, kept] = [1024, 128, 8]

/**
 * Tokens of the prompt that the vendor has read a moment ago, and bills for less: of OpenAI any beginning of 1,024 tokens or more, in steps of
 * 128 (documented). Anthropic caches only what a request marks, and nobody here does.
 */
export function readCached(
  cache: PromptCache,
  { vendor, model, system, user }: ModelRequest,
  countTokens: (text: string) => number,
): number {
  if (vendor !== 'openai') return 0
  const prompt = system + user.join('\n')
  const earlier = cache.get(model) ?? []
  cache.set(model, [prompt, ...earlier].slice(0, kept))
  const shared = Math.max(0, ...earlier.map((other) => sharedLength(prompt, other)))
  const tokens = shared === 0 ? 0 : countTokens(prompt.slice(0, shared))
  return tokens < smallest ? 0 : Math.floor(tokens / step) * step
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}
