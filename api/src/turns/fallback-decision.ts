import {
  classifierVersion,
  type Decision,
  explainNotFree,
  type Proposal,
  salesVersion,
  type TurnKind,
} from '@lead/contract'
import type { Language } from '../leads/lead.ts'
import type { Business } from '../business.ts'

const texts = {
  ru: {
    times: 'Давайте подберём удобное время для короткой встречи:\n[TIMES]\nКакое подойдёт?',
    firstTouch: (seller: string, company: string, disclosure: string) =>
      `Здравствуйте! Это ${seller}, ${company}. Спасибо за заявку. ${disclosure} Расскажите, пожалуйста, какую задачу вы хотите решить?`,
    handoff: 'Спасибо! Передам ваш вопрос коллеге, он скоро ответит.',
    note: 'Ответ модели не прошёл проверку; отправлен запасной текст.',
  },
  en: {
    times: 'Let us find a time for a short meeting:\n[TIMES]\nWhich one suits you?',
    firstTouch: (seller: string, company: string, disclosure: string) =>
      `Hello! This is ${seller} from ${company}. Thank you for your request. ${disclosure} What would you like to solve?`,
    handoff: 'Thank you! I am passing your question to a colleague, who will answer soon.',
    note: "The model's answer did not pass the checks; a standby text was sent.",
  },
}

/**
 * What is said when the model's words may not be: a first touch still opens the talk, else free times are offered if there are
 * any, else a human takes over.
 */
export function fallbackDecision(
  proposal: Proposal,
  { language, kind, company }: { language: Language; kind: TurnKind; company: Business['company'] },
): Decision {
  const text = texts[language]
  return {
    ...proposal,
    sales: { ...words(), offerId: null, note: text.note },
    promptVersions: { classifier: proposal.classification ? classifierVersion : null, sales: salesVersion },
    origin: 'fallback',
  }

  function words(): Pick<Decision['sales'], 'reply' | 'action'> {
    if (kind === 'first_touch') {
      const reply = text.firstTouch(
        company.seller[language],
        company.name[language],
        company.disclosure[language],
      )
      return { reply, action: 'talk' }
    }
    if (proposal.offers.length > 0) {
      const why = explainNotFree(proposal.notFree, language)
      return { reply: why ? `${why} ${text.times}` : text.times, action: 'offer_times' }
    }
    return { reply: text.handoff, action: 'handoff' }
  }
}
