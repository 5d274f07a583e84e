import { zoneOfPlace } from '../hearing/zone/find-place.ts'
import { guessLanguage } from './guess-language.ts'
import { type Source, sureOf } from './know-lead.ts'
import type { Language } from './lead.ts'
import { zoneOfPhone } from './phone-zone.ts'

type Known<Fact> = Fact & { source: Source; confidence: number }

/** What is known of the language before the lead has said a word: the card's field, the phone's country, the letters of the name. */
export function firstLanguage(
  card: { languageField: string | null; phone: string | null; name: string | null },
  otherwise: Language,
): Known<{ language: Language }> {
  const language = guessLanguage(card, otherwise)
  const source: Source = guessLanguage({ languageField: card.languageField, phone: null }, null)
    ? 'card'
    : guessLanguage({ languageField: null, phone: card.phone }, null)
      ? 'phone'
      : 'business'
  const byName = source === 'business' && card.name && /^\P{L}*\p{Script=Cyrillic}/u.test(card.name)
  return byName
    ? { language: 'ru', source: 'name', confidence: sureOf.name }
    : { language, source, confidence: sureOf[source] }
}

/** What is known of the zone: a city on the card, the phone's country or area. */
export function firstZone(
  card: { cityField: string | null; phone: string | null },
  otherwise: string,
): Known<{ zone: string }> {
  const byCity = card.cityField ? zoneOfPlace(card.cityField) : null
  if (byCity) return { zone: byCity, source: 'card', confidence: sureOf.card }
  const byPhone = zoneOfPhone(card.phone)
  return byPhone
    ? { ...byPhone, source: 'phone' }
    : { zone: otherwise, source: 'business', confidence: sureOf.business }
}
