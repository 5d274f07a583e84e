import {
  actions,
  classifierVersion,
  type Decision,
  intents,
  type Proposal,
  salesVersion,
} from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language } from '../leads/lead.ts'

/** Whether what the lead wants, or what the model proposes, cannot be done without the calendar. */
export const needsCalendar = ({ classification, sales }: Proposal): boolean =>
  actions[sales.action].needsCalendar ||
  (classification !== null && intents[classification.intent].needsCalendar)

/**
 * What is said when the calendar is out of reach: never "booked", and nobody is left without a word. A human confirms.
 * `when`: the time that the lead chose, as the seller reads it. `why`: Google's own reason, for the
 * task. `refused`: it answered, with a no to just this.
 */
export function calendarAwayDecision(
  proposal: Proposal,
  {
    language,
    when,
    why,
    refused,
  }: { language: Language; when: string | null; why?: string; refused?: boolean },
): Decision {
  const { lead: toLead, task } = texts[language]
  const isCancel = proposal.sales.action === 'cancel' || proposal.classification?.intent === 'cancel'
  return {
    ...proposal,
    sales: {
      reply: isCancel ? toLead.cancelledLater : toLead.bookedLater,
      action: 'handoff',
      offerId: null,
      note: [
        refused ? task.calendarRefused : task.calendarAway,
        when && task.wished(when),
        why && task.because(why),
      ]
        .filter(Boolean)
        .join(' ')
        .slice(0, 500),
    },
    promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
    origin: 'fallback',
  }
}
