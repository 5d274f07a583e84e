import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { Language } from './lead.ts'

const russianSpeaking = new Set(['RU', 'BY', 'KZ', 'KG', 'UZ', 'TJ', 'AM'])

/** The language to write in to somebody whose Telegram speaks this language (IETF tag); Russian where it is what neighbours share. */
export const languageOfTag = (tag: string): Language =>
  /^(?:ru|be|kk|ky|uz|tg|hy)(?:$|-)/u.test(tag.toLowerCase()) ? 'ru' : 'en'

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
