import type { Business } from '../settings/business.ts'
import { isWritable } from './field-value.ts'

type Language = Business['language']
type WantedField = { name: Record<Language, string>; type: string; fits?: string[] }

const words = ['text', 'textarea', 'select', 'radiobutton', 'multiselect', 'streetaddress', 'tracking_data']
const links = ['url', 'text', 'textarea']
const amounts = ['text', 'textarea', 'numeric', 'monetary', 'price', 'select', 'radiobutton']

/** How a field for each fact of ours is made, and which types of an account's own field keep the fact whole. */
const wantedFields: Record<string, WantedField> = {
  need: { name: { ru: 'Потребность', en: 'Need' }, type: 'textarea' },
  budget: { name: { ru: 'Бюджет', en: 'Budget' }, type: 'text', fits: amounts },
  timeline: { name: { ru: 'Сроки', en: 'Timeline' }, type: 'text' },
  authority: { name: { ru: 'Кто решает', en: 'Decides' }, type: 'text', fits: [...words, 'checkbox'] },
  language: { name: { ru: 'Язык', en: 'Language' }, type: 'text' },
  source: { name: { ru: 'Источник (ассистент)', en: 'Source (assistant)' }, type: 'text' },
  meetingAt: { name: { ru: 'Время встречи', en: 'Meeting time' }, type: 'date_time', fits: ['date_time'] },
  meetingLink: { name: { ru: 'Ссылка на встречу', en: 'Meeting link' }, type: 'url', fits: links },
  telegramLink: { name: { ru: 'Ссылка на бота', en: 'Link to the bot' }, type: 'url', fits: links },
}

/** The field that setup makes for a fact: its name and type. */
export function fieldToMake(fact: string, language: Language): { name: string; type: string } {
  const wanted = wantedFields[fact]
  return { name: wanted?.name[language] ?? fact, type: wanted?.type ?? 'text' }
}

/** What is wrong with the type of the account's field for a fact; null when nothing is. */
export function unfitType(fact: string, type: string): string | null {
  const fits = wantedFields[fact]?.fits ?? words
  if (fits.includes(type)) return null
  const wanted = `make it ${wantedFields[fact]?.type ?? 'text'}`
  if (!isWritable(type)) return `nothing can be written to a field of the type ${type}; ${wanted}`
  if (fact === 'meetingAt' && type === 'date') return `a date has no time of day; ${wanted}`
  return `of the type ${type} it takes only some of what is known; ${wanted}`
}

/** Of several names the one in the account's language: by its letters. */
export function nameToMake(wanted: number | string | (number | string)[], language: Language): string | null {
  const names = [wanted].flat().filter((one) => typeof one === 'string')
  const isRussian = (name: string) => /\p{Script=Cyrillic}/u.test(name)
  return names.find((name) => isRussian(name) === (language === 'ru')) ?? names[0] ?? null
}
