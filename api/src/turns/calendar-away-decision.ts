import {
  actions,
  classifierVersion,
  type Decision,
  intents,
  type Proposal,
  salesVersion,
} from '@lead/contract'
import type { Language } from '../leads/lead.ts'

const texts = {
  ru: {
    book: 'Спасибо! Время подтвердит коллега: он напишет вам в ближайшее время.',
    cancel: 'Хорошо, передаю коллеге: он подтвердит отмену встречи.',
    note: 'Google Календарь недоступен. Ответьте клиенту сами и восстановите доступ к календарю.',
    refused: 'Google Календарь не принял запись. Ответьте клиенту сами и проверьте календарь.',
    wished: 'Клиент выбрал: {when}.',
    reason: 'Причина: {why}',
  },
  en: {
    book: 'Thank you! A colleague will confirm the time and write to you shortly.',
    cancel: 'All right, I am passing this to a colleague, who will confirm the cancellation.',
    note: 'Google Calendar is out of reach. Please answer the lead yourself and restore access to the calendar.',
    refused: 'Google Calendar did not take it. Please answer the lead yourself and check the calendar.',
    wished: 'The lead chose: {when}.',
    reason: 'The reason: {why}',
  },
}

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
  const text = texts[language]
  const isCancel = proposal.sales.action === 'cancel' || proposal.classification?.intent === 'cancel'
  return {
    ...proposal,
    sales: {
      reply: isCancel ? text.cancel : text.book,
      action: 'handoff',
      offerId: null,
      note: [
        refused ? text.refused : text.note,
        when && text.wished.replace('{when}', () => when),
        why && text.reason.replace('{why}', () => why),
      ]
        .filter(Boolean)
        .join(' ')
        .slice(0, 500),
    },
    promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
    origin: 'fallback',
  }
}
