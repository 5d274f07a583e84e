import { actions, type Proposal } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import type { OnTheTable } from './last-offers.ts'

/**
 * The proposal as it has to be after a pick that code alone reads: 👍 on the only time, "2️⃣", "the second one". The model's own words are
 * kept where they do the same; otherwise they are ours. The same object when there is nothing to correct.
 */
export function correctPick(
  proposal: Proposal,
  { offers, picked }: OnTheTable,
  { hasMeeting, language }: { hasMeeting: boolean; language: Language },
): Proposal {
  const { sales } = proposal
  // Who asks for a human or closes the talk does not pick; a model that hands over knows more than a sign says.
  if (picked === null || sales.action === 'handoff' || sales.action === 'close') return proposal
  const { lead, card } = texts[language]
  const text = lead.picked
  const free = new Set(proposal.offers.map(({ id }) => id))
  const say = (reply: string, action: 'offer_times' | 'talk', shown: Proposal['offers']): Proposal => ({
    ...proposal,
    offers: shown,
    sales: { reply, action, offerId: null, note: card.pickedByCode },
  })
  if (picked === 'which') {
    const left = offers.filter(({ id }) => free.has(id))
    // The list that they agreed to is not shown a second time; another one is news.
    const isNews = proposal.offers.some(({ id }) => !offers.some((shown) => shown.id === id))
    if (sales.action === 'offer_times' && isNews) return proposal
    if (left.length === 0)
      return actions[sales.action].takesTime ? say(text.goneNoTimes, 'talk', []) : proposal
    return say(left.length === 1 ? text.confirm : text.which, 'offer_times', left)
  }
  if (!free.has(picked.id)) {
    if (!actions[sales.action].takesTime && sales.action !== 'talk') return proposal
    return proposal.offers.length > 0
      ? say(text.gone, 'offer_times', proposal.offers)
      : say(text.goneNoTimes, 'talk', [])
  }
  const action = hasMeeting ? 'move' : 'book'
  const known = proposal.classification && {
    ...proposal.classification,
    intent: 'picks_time' as const,
    pickedOfferId: picked.id,
    // "The 2nd" is a place in the list and no date.
    timeQuotes: [],
  }
  const clear = { ...proposal, classification: known, wishUnclear: false }
  if (sales.action === action && sales.offerId === picked.id) return { ...clear, sales }
  return { ...clear, sales: { reply: text[action], action, offerId: picked.id, note: card.pickedByCode } }
}
