import type { Offer, Talk } from '@lead/contract'
import { inTags } from './in-tags.ts'

/** The data part of the classifier's prompt. `offered`: the times that are on the table. */
export const classifierPrompt = (talk: Talk, offered: Pick<Offer, 'id' | 'label'>[]): string =>
  inTags(inOrder(talk, offered))

/** From what changes least to what changes each time: a beginning that was just read costs less. */
function inOrder(
  { language, lead, summary, history, ...rest }: Talk,
  offered: Pick<Offer, 'id' | 'label'>[],
) {
  return {
    language,
    lead,
    summary,
    history,
    ...rest,
    offers: offered.map(({ id, label }) => ({ id, label })),
  }
}
