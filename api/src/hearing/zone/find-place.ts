import { adjectiveStems, placesByZone } from './places.ts'

/** A place that was found at the start of some words: its zone, how many words it took, and whether Russian grammar makes it a target ("в Омск"). */
export type Place = { zone: string; length: number; isTarget: boolean }

type Entry = { zone: string; name: string }

const endings =
  /(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ом|ем|ым|им|ых|их|ах|ях|ам|ям|ую|юю|ая|яя|ое|ее|ый|ий|ые|ие|ию|ии|ия|а|я|у|ю|е|ё|о|ы|и|ь|й)$/u

/** A Russian word without its ending, so that "Москве" and "Москва" meet. Short words keep theirs. */
const stem = (word: string) =>
  word
    .split('-')
    .map((part) => (part.length > 3 ? part.replace(endings, '') : part.replace(/[аеуыояию]$/u, '') || part))
    .join('-')
const stemAll = (words: string[]) => words.map(stem).join(' ')

const english = new Map<string, string>()
const russian = new Map<string, Entry>()
for (const [zone, names] of Object.entries(placesByZone)) {
  const [ru = '', en = ''] = names.split('|')
  for (const name of ru.split(',').filter(Boolean)) {
    const key = stemAll(name.split(' '))
    if (!russian.has(key)) russian.set(key, { zone, name })
    // "Вьетнам" ends as if in a case; "Вьетнаме" without its ending is the whole name.
    if (/[бвгджзклмнпрстфхцчшщ]$/u.test(name) && !russian.has(name)) russian.set(name, { zone, name })
  }
  for (const name of en.split(',').filter(Boolean)) english.set(name, zone)
}

const longest = 4

/** The longest place that the words (lower case, е for ё) begin with. */
export function findPlace(words: string[]): Place | null {
  for (let length = Math.min(longest, words.length); length > 0; length--) {
    const some = words.slice(0, length)
    const zone = english.get(some.join(' '))
    if (zone) return { zone, length, isTarget: false }
    const entry = russian.get(stemAll(some))
    if (entry && (!isRigid(entry.name) || entry.name === some.join(' ')))
      return { zone: entry.zone, length, isTarget: isAccusative(entry.name, some.join(' ')) }
  }
  return null
}

/** Дели, Сочи, Баку, Осло have one form; their stems are those of other words ("в деле"). */
const isRigid = (name: string) => name.length <= 5 && /[иуоеэ]$/u.test(name) && !name.endsWith('ки')

/** "в Омск", "в Москву" is where one goes; "в Омске", "в Москве" where one is. Names that do not change tell neither. */
function isAccusative(name: string, form: string): boolean {
  if (/[ая]$/u.test(name)) return /[ую]$/u.test(form)
  return (
    /[бвгджзклмнпрстфхцчшщй]$/u.test(name) && form === name && name.length > 3 && !abbreviations.has(name)
  )
}
const abbreviations = new Set(['хмао', 'янао', 'подмосковье'])

/** The zone of "московскому" or "берлинское"; null for other words. */
export function zoneOfAdjective(word: string): string | null {
  const base = /^(.+?)(?:ск|цк)(?:ому|ое|ого|ом|ий|им)$/u.exec(word)?.[1]
  if (!base) return null
  return (
    adjectiveStems[base] ??
    adjectiveStems[`${base}с`] ??
    russian.get(base)?.zone ??
    russian.get(`${base}ск`)?.zone ??
    russian.get(stem(`${base}а`))?.zone ??
    null
  )
}

/** What place a word or two by themselves name; for a field of a card. */
export function zoneOfPlace(text: string): string | null {
  const words =
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}.-]+/gu) ?? []
  const place = findPlace(words)
  return place && place.length === words.length ? place.zone : null
}
