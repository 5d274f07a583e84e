import {
  classifierVersion,
  type Decision,
  explainNotFree,
  type Proposal,
  salesVersion,
  type TurnKind,
} from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import type { Business } from '../settings/business.ts'

/**
 * What is said when the model's words may not be: a first touch still opens the talk, else free times are offered if there are
 * any, else a human takes over.
 */
export function fallbackDecision(
  proposal: Proposal,
  { language, kind, company }: { language: Language; kind: TurnKind; company: Business['company'] },
): Decision {
  const { lead: toLead, card } = texts[language]
  return {
    ...proposal,
    sales: { ...words(), offerId: null, note: card.saidByCode.fallback },
    promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
    origin: 'fallback',
  }

  function words(): Pick<Decision['sales'], 'reply' | 'action'> {
    if (kind === 'first_touch') {
      const reply = toLead.firstTouch({
        seller: company.seller[language],
        company: company.name[language],
        disclosure: company.disclosure[language],
      })
      return { reply, action: 'talk' }
    }
    if (proposal.offers.length > 0) {
      const why = explainNotFree(proposal.notFree, language)
      return { reply: why ? `${why} ${toLead.offerTimes}` : toLead.offerTimes, action: 'offer_times' }
    }
    return { reply: toLead.handedOver, action: 'handoff' }
  }
}
