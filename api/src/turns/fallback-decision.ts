import {
  classifierVersion,
  type Decision,
  explainNotFree,
  type Offer,
  type Proposal,
  salesVersion,
  type TurnKind,
  wants,
} from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'
import type { Business } from '../settings/business.ts'

type Facts = {
  language: Language
  kind: TurnKind
  company: Business['company']
  /** Answers to what the lead asks of ourselves: they are said whatever else is said. */
  truths?: string[]
  /** What stands in the last list of times. */
  shown?: Offer[]
}

/**
 * What is said when the model's words may not be, by what the turn is for: a first touch still opens the talk, a reminder still reminds, a nudge is
 * still one. In an answer what the lead asks of ourselves is answered; who wants a human gets one, and so does who wants the booked meeting
 * dropped; a doubt is asked about; who asked nothing else is asked the next question of the plan; else free times are offered if there are any,
 * none stand right above and no meeting is booked (those of the last list in one line), else a human takes over.
 */
export function fallbackDecision(
  proposal: Proposal,
  { language, kind, company, truths = [], shown = [] }: Facts,
): Decision {
  const { lead: toLead, card } = texts[language]
  const { classification, plan } = proposal
  const said = words()
  return {
    ...proposal,
    sales: {
      reply: [...truths, said.reply].filter(Boolean).join(' '),
      action: said.action,
      offerId: null,
      note: card.saidByCode.fallback,
    },
    promptVersions: { classifier: classification ? classifierVersion : null, sales: salesVersion },
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
    if (kind === 'reminder') return { reply: toLead.standby.reminder, action: 'talk' }
    if (kind === 'follow_up') return { reply: toLead.standby.followUp, action: 'talk' }
    const hasTimes = proposal.offers.length > 0
    if (kind === 'no_show')
      return hasTimes
        ? { reply: `${toLead.standby.noShow}\n[TIMES]`, action: 'offer_times' }
        : { reply: toLead.standby.noShow, action: 'talk' }
    const wanted: string[] = classification ? wants(classification) : []
    const isBooked = plan?.stage === 'booked'
    if (wanted.includes('cancel') && isBooked) return { reply: toLead.cancelledLater, action: 'handoff' }
    if (wanted.includes('wants_human') || proposal.sales.action === 'handoff')
      return { reply: toLead.handedOver, action: 'handoff' }
    if (plan?.stage === 'objection') return { reply: toLead.standby.objection, action: 'talk' }
    const question = plan?.ask ? toLead.askFor[plan.ask] : ''
    const asksMore = classification === null || wanted.some((one) => needsAnswer.has(one))
    if (!asksMore && truths.length > 0) return { reply: question, action: 'talk' }
    if (!asksMore && question) return { reply: `${toLead.heardYou} ${question}`, action: 'talk' }
    if (hasTimes && plan?.offer !== 'just made' && (!isBooked || plan.offer === 'may')) {
      const why = explainNotFree(proposal.notFree, language)
      // The same list a second time would be deaf: it is asked in one line which of them.
      if (!why && proposal.offers.every(({ id }) => shown.some((one) => one.id === id)))
        return { reply: toLead.picked.which, action: 'offer_times' }
      return { reply: why ? `${why} ${toLead.offerTimes}` : toLead.offerTimes, action: 'offer_times' }
    }
    return { reply: toLead.handedOver, action: 'handoff' }
  }
}

/** Who wants one of these is not put off with a question of ours. */
const needsAnswer = new Set<string>([
  'question',
  'objection',
  'wants_human',
  'other_channel',
  'cancel',
  'reschedule',
  'snooze',
  'not_interested',
])
