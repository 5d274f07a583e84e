import type { AskedOfUs } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import type { Language, Lead } from '../leads/lead.ts'
import { checkText } from '../replies/check-text.ts'
import type { Business } from '../settings/business.ts'

/** Longer, and it is no name of a source. */
const longestSource = 60

/** What is answered to questions about ourselves, from what we have: never more than the card says. */
export function truthOf(
  { company }: Pick<Business, 'company'>,
  { card }: Pick<Lead, 'card'>,
  language: Language,
): Record<AskedOfUs, string> {
  const { truth } = texts[language].lead
  return {
    asks_if_bot: truth.assistant(company.name[language]),
    asks_source: truth.source({ company: company.name[language], from: safeSource(card.source ?? null) }),
  }
}

/** Strangers write into these fields: what would be no words of ours is left out. */
function safeSource(source: string | null): string | null {
  if (source === null || source.length > longestSource || /[«»"“”\n]/u.test(source)) return null
  return checkText(source, { known: { text: '', names: [] }, name: null }) === null ? source : null
}
