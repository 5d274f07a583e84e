import { explainNotFree, type Brief, type Classification, type FreeTimes } from '@lead/contract'

/**
 * The data part of the sales prompt: one JSON object in <turn> tags. `<` is escaped inside, so that nothing a lead
 * writes can close the tag.
 */
export function salesPrompt(
  brief: Brief,
  classification: Classification | null,
  { offers, wishFree, notFree, wishUnclear }: FreeTimes,
): string {
  const turn = {
    ...brief,
    classification,
    offers: offers.map(({ id, label }) => ({ id, label })),
    wishFree,
    notFree: explainNotFree(notFree, brief.language),
    wishUnclear,
  }
  return `<turn>\n${JSON.stringify(turn).replaceAll('<', String.raw`\u003c`)}\n</turn>`
}
