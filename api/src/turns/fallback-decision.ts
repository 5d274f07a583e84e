import { classifierVersion, salesVersion, type Decision, type Proposal } from '@lead/contract'
import type { Language } from '../leads/lead.ts'

const texts = {
  ru: {
    times: 'Давайте подберём удобное время для короткой встречи:\n[TIMES]\nКакое подойдёт?',
    handoff: 'Спасибо! Передам ваш вопрос коллеге, он скоро ответит.',
    note: 'Ответ модели не прошёл проверку; отправлен запасной текст.',
  },
  en: {
    times: 'Let us find a time for a short meeting:\n[TIMES]\nWhich one suits you?',
    handoff: 'Thank you! I am passing your question to a colleague, who will answer soon.',
    note: "The model's answer did not pass the checks; a standby text was sent.",
  },
}

/** What is said when the model's words may not be: free times if there are any, else a human takes over. */
export function fallbackDecision(proposal: Proposal, language: Language): Decision {
  const text = texts[language]
  const hasTimes = proposal.offers.length > 0
  return {
    ...proposal,
    sales: {
      reply: hasTimes ? text.times : text.handoff,
      action: hasTimes ? 'offer_times' : 'handoff',
      offerId: null,
      note: text.note,
    },
    promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
    origin: 'fallback',
  }
}
