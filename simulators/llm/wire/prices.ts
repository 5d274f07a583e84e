/**
 * What the vendors bill, in US dollars for a million tokens, as their pages had it in November 2026. Of the newer models of OpenAI writing into
 * the cache costs more than reading none; that is not billed here. A name that fits no row is free of charge: a model of one's own.
 */
type Price = { pattern: RegExp; input: number; cached: number; output: number }

const price = (pattern: RegExp, input: number, cached: number, output: number): Price => ({
  pattern,
  input,
  cached,
  output,
})
const prices = [
  price(/^gpt-6-luna/, 0.1, 0.01, 0.5),
  price(/^gpt-6-sol/, 2, 0.2, 10),
  price(/^gpt-6-astra/, 10, 1, 50),
  price(/^gpt-5\.6-luna/, 0.2, 0.02, 1.2),
  price(/^gpt-5\.6-terra/, 2, 0.2, 12),
  price(/^gpt-5\.6-sol/, 4, 0.4, 20),
  price(/^gpt-4\.1-mini/, 0.4, 0.1, 1.6),
  price(/^gpt-4\.1(?!-)/, 2, 0.5, 8),
  price(/^gpt-4o-mini/, 0.15, 0.075, 0.6),
  price(/^gpt-4o(?!-)/, 2.5, 1.25, 10),
  price(/^claude-sonnet-5-5/, 2, 0.1, 10),
  price(/^claude-sonnet-5/, 2, 0.2, 10),
  price(/^claude-opus-5-5/, 4, 0.2, 20),
  price(/^claude-opus-5/, 5, 0.5, 25),
  price(/^claude-haiku-5-5/, 0.1, 0.01, 0.5),
  price(/^claude-haiku-4-5/, 1, 0.1, 5),
]

export type Usage = { input: number; cached: number; output: number }

/** US dollars; null: nobody bills it. */
export function billOf(model: string, { input, cached, output }: Usage): number | null {
  const found = prices.find(({ pattern }) => pattern.test(model))
  if (!found) return null
  return ((input - cached) * found.input + cached * found.cached + output * found.output) / 1_000_000
}
