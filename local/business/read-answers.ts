import { z } from 'zod'
import { zoneOfPlace } from '../../api/src/hearing/zone/find-place.ts'
import { countries, countrySchema } from '../../api/src/person/country.ts'
import { languages, type Language } from '../../texts/index.ts'

/** What somebody typed as the value of a setting; null: it is none. */
export type ReadAnswer = (typed: string) => string | number | null

/** A line of so many characters at most, without what no terminal shows. */
export const lineOf =
  (longest: number): ReadAnswer =>
  (typed) => {
    const line = typed
      .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim()
    return line !== '' && line.length <= longest ? line : null
  }

export const languageOf: ReadAnswer = (typed) =>
  languages.find((language) => {
    const own = (inLanguage: Language) =>
      new Intl.DisplayNames(inLanguage, { type: 'language' }).of(language) ?? ''
    return [language, ...languages.map(own)].some((name) => same(name, typed))
  }) ?? null

/** Of a name like Europe/Moscow, or of a city or a country with one zone: "Москва". */
export const zoneOf: ReadAnswer = (typed) => {
  const known = Intl.supportedValuesOf('timeZone').find((zone) => same(zone, typed))
  return known ?? (same(typed, 'UTC') ? 'UTC' : zoneOfPlace(typed))
}

/** ISO code of a code or of a country's name in any of our languages. */
export const countryOf: ReadAnswer = (typed) => {
  const code = countrySchema.safeParse(typed)
  if (code.success) return code.data
  const names = languages.map((language) => new Intl.DisplayNames(language, { type: 'region' }))
  const isNamed = (country: string) => names.some((name) => same(name.of(country) ?? '', typed))
  return countries.find(isNamed) ?? null
}

export const calendarOf: ReadAnswer = (typed) =>
  same(typed, 'default') ? 'default' : (z.email().safeParse(typed).data ?? null)

const halves: [words: RegExp, minutes: number][] = [
  [/^(?:полчаса|пол часа|half an hour)$/u, 30],
  [/^полтора часа$/u, 90],
  [/^(?:час|an hour|hour)$/u, 60],
]
const amounts =
  /^(?:(\d+(?:[.,]\d+)?)\s*(?:ч|час\p{L}*|h|hours?)\.?)?\s*(?:(\d+)\s*(?:м|мин\p{L}*|m|min\p{L}*)?\.?)?$/u

/** Minutes between `least` and `most`, of "45", "45 минут", "полчаса", "1.5 h". */
export const minutesOf =
  (least: number, most: number): ReadAnswer =>
  (typed) => {
    const words = typed.toLowerCase()
    const [, hours = '0', rest = '0'] = amounts.exec(words) ?? []
    const counted = Number(hours.replace(',', '.')) * 60 + Number(rest)
    const minutes = halves.find(([half]) => half.test(words))?.[1] ?? counted
    return Number.isInteger(minutes) && minutes >= least && minutes <= most ? minutes : null
  }

/** An id as the settings want it, made of a name; of one without Latin letters: `otherwise`. */
export const idOf = (name: string, otherwise: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 40)
    .replace(/-$/u, '') || otherwise

const same = (one: string, other: string) =>
  one.trim().toLowerCase().replaceAll('ё', 'е') === other.trim().toLowerCase().replaceAll('ё', 'е')
