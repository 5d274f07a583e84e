import { actions, explainNotFree, type Proposal } from '@lead/contract'
import { checkText } from '../replies/check-text.ts'
import type { Known } from '../replies/known-text.ts'
import { maskName } from '../replies/mask-name.ts'
import type { ReplyRule } from '../replies/reply-rule.ts'

/** `rules`: other ones than replyRules, to see what one of them is good for. */
export type ProposalFacts = { known: Known; hasMeeting: boolean; name: string | null; rules?: ReplyRule[] }

/**
 * Why a proposal, its reply cleaned, may not be carried out; null when it may. The reason is shown to the model for its next
 * try. `name` is the lead's, null when it is not known.
 */
export function checkProposal(proposal: Proposal, facts: ProposalFacts): string | null {
  const { reply } = proposal.sales
  const broken = () => checkText(reply, facts)
  return (
    checkAction(proposal, maskName(reply, facts.name).masked, facts.hasMeeting) ??
    checkDoubt(proposal) ??
    checkReason(proposal) ??
    describe(broken())
  )
}

const describe = (problem: ReturnType<typeof checkText>) =>
  problem && `the reply has ${problem.rule}: ${JSON.stringify(problem.found)}`

/** Whether the action fits what is known, and its words hold the places that it needs; null when so. `reply`: with the lead's name masked. */
export function checkAction(
  { sales, offers }: Pick<Proposal, 'sales' | 'offers'>,
  reply: string,
  hasMeeting: boolean,
): string | null {
  const { action, offerId } = sales
  const { takesTime } = actions[action]
  if (takesTime && !offers.some((offer) => offer.id === offerId))
    return 'offerId is not the id of an offered time'
  if (!takesTime && offerId !== null) return 'offerId goes only with the actions book and move'
  if ((action === 'move' || action === 'cancel') && !hasMeeting)
    return 'there is no booked meeting to move or cancel'
  if (action === 'book' && hasMeeting) return 'there is a booked meeting already; use the action move'
  if (count(reply, '[MEETING]') > (takesTime || (hasMeeting && action === 'talk') ? 1 : 0))
    return '[MEETING] goes once, with book or move or to speak of the booked meeting'
  if (action === 'offer_times') {
    if (offers.length === 0) return 'there are no free times to offer'
    if (count(reply, '[TIMES]') !== 1) return 'offer_times needs [TIMES] once in the reply'
  } else if (reply.includes('[TIMES]')) return '[TIMES] goes only with the action offer_times'
  return null
}

/** Words of time that can be read in two ways lead to a question; only a pick from the list that the lead saw needs none. */
function checkDoubt({ sales, wishUnclear, classification }: Proposal): string | null {
  if (!actions[sales.action].takesTime || !wishUnclear || classification?.pickedOfferId === sales.offerId)
    return null
  return 'it is unclear which time the lead means: ask, with [TIMES] if there are offers'
}

/** Times other than the wished one come with the true reason, in our words: the model's would be a guess. */
function checkReason({ sales, notFree, wishUnclear }: Proposal): string | null {
  if (sales.action !== 'offer_times' || wishUnclear || notFree.length === 0) return null
  const sentences = [explainNotFree(notFree, 'ru'), explainNotFree(notFree, 'en')]
  if (sentences.some((sentence) => sentence && sales.reply.includes(sentence))) return null
  return `say first why the wished time is not offered, as it stands: ${sentences.join(' / ')}`
}

const count = (text: string, part: string) => text.split(part).length - 1
