import type { FreeTimes } from './find-free-times.ts'

/**
 * The data part of the sales prompt: one JSON object in <turn> tags. `<` is escaped inside, so that nothing a lead
 * writes can close the tag.
 */
export function salesPrompt(
  brief: Record<string, unknown>,
  classification: unknown,
  { offers, wishFree, wishUnclear }: FreeTimes,
): string {
  const turn = {
    ...brief,
    classification,
    offers: offers.map(({ id, label }) => ({ id, label })),
    wishFree,
    wishUnclear,
  }
  return `<turn>\n${JSON.stringify(turn).replaceAll('<', String.raw`\u003c`)}\n</turn>`
}
