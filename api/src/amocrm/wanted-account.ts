import { texts } from '../../../texts/index.ts'
import type { Business } from '../settings/business.ts'
import { isWritable } from './field-value.ts'

type Language = Business['language']
type WantedField = { type: string; fits?: string[] }

const words = ['text', 'textarea', 'select', 'radiobutton', 'multiselect', 'streetaddress', 'tracking_data']
const links = ['url', 'text', 'textarea']
const amounts = ['text', 'textarea', 'numeric', 'monetary', 'price', 'select', 'radiobutton']

/** How a field for each fact of ours is made, and which types of an account's own field keep the fact whole. */
const wantedFields: Partial<Record<string, WantedField>> = {
  need: { type: 'textarea' },
  budget: { type: 'text', fits: amounts },
  timeline: { type: 'text' },
  authority: { type: 'text', fits: [...words, 'checkbox'] },
  language: { type: 'text' },
  source: { type: 'text' },
  meetingAt: { type: 'date_time', fits: ['date_time'] },
  meetingLink: { type: 'url', fits: links },
  telegramLink: { type: 'url', fits: links },
}

/** The field that setup makes for a fact: its name and type. */
export function fieldToMake(fact: string, language: Language): { name: string; type: string } {
  const names: Partial<Record<string, string>> = texts[language].card.fieldNames
  return { name: names[fact] ?? fact, type: wantedFields[fact]?.type ?? 'text' }
}

/** What is wrong with the type of the account's field for a fact; null when nothing is. */
export function unfitType(fact: string, type: string, language: Language = 'en'): string | null {
  const fits = wantedFields[fact]?.fits ?? words
  if (fits.includes(type)) return null
  const say = texts[language].terminal.checks.amocrm
  const wanted = wantedFields[fact]?.type ?? 'text'
  if (!isWritable(type)) return say.nothingWritten({ type, wanted })
  if (fact === 'meetingAt' && type === 'date') return say.dateOnly(wanted)
  return say.tooNarrow({ type, wanted })
}

/** Of several names the one in the account's language: by its letters. */
export function nameToMake(wanted: number | string | (number | string)[], language: Language): string | null {
  const names = [wanted].flat().filter((one) => typeof one === 'string')
  const isRussian = (name: string) => /\p{Script=Cyrillic}/u.test(name)
  return names.find((name) => isRussian(name) === (language === 'ru')) ?? names[0] ?? null
}
