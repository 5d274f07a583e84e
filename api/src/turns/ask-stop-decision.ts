import { classifierVersion, type Decision, type Proposal, salesVersion } from '@lead/contract'
import type { Language } from '../leads/lead.ts'

const texts = {
  ru: {
    question: 'Правильно понимаю: больше вам не писать? Ответьте «да», и я больше не побеспокою.',
    note: 'Возможно, клиент не хочет сообщений; спросили один раз.',
  },
  en: {
    question:
      'Do I understand right that I should stop writing to you? Just answer "yes" and you will not hear from me again.',
    note: 'The lead may not want messages; asked once.',
  },
}

/** A doubtful wish that we stop is asked back, once. */
export const askStopDecision = (proposal: Proposal, language: Language): Decision => ({
  ...proposal,
  sales: { reply: texts[language].question, action: 'talk', offerId: null, note: texts[language].note },
  promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
  origin: 'code',
})
