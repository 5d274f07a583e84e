import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Language } from './lead.ts'

const russianSpeaking = new Set(['RU', 'BY', 'KZ', 'KG', 'UZ', 'TJ', 'AM'])

/** The language to greet in before the lead has said a word: what the card says, else the phone's country, else the default. */
export function guessLanguage<Otherwise extends Language | null>(
  card: { languageField: string | null; phone: string | null },
  otherwise: Otherwise,
): Language | Otherwise {
  const field = card.languageField?.trim().toLowerCase() ?? ''
  if (/^(ru|рус)/.test(field)) return 'ru'
  if (/^(en|анг)/.test(field)) return 'en'
  const country = card.phone && parsePhoneNumberFromString(card.phone)?.country
  if (!country) return otherwise
  return russianSpeaking.has(country) ? 'ru' : 'en'
}
