import type { Offer, Talk } from '@lead/contract'
import { inTags } from './in-tags.ts'

/** The data part of the classifier's prompt. `offered`: the times that are on the table. */
export const classifierPrompt = (talk: Talk, offered: Pick<Offer, 'id' | 'label'>[]): string =>
  inTags({ ...talk, offers: offered.map(({ id, label }) => ({ id, label })) })
