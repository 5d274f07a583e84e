import { anyOf } from './words.ts'

const letters: [latin: string, cyrillic: string][] = [
  ['shch', 'щ'],
  ['sch', 'щ'],
  ['yo', 'е'],
  ['jo', 'е'],
  ['zh', 'ж'],
  ['kh', 'х'],
  ['ch', 'ч'],
  ['sh', 'ш'],
  ['ts', 'ц'],
  ['ya', 'я'],
  ['ja', 'я'],
  ['yu', 'ю'],
  ['ju', 'ю'],
  ['ye', 'е'],
  ['yj', 'ый'],
  ['iy', 'ий'],
  ['ij', 'ий'],
  ['a', 'а'],
  ['b', 'б'],
  ['v', 'в'],
  ['w', 'в'],
  ['g', 'г'],
  ['d', 'д'],
  ['e', 'е'],
  ['z', 'з'],
  ['i', 'и'],
  ['j', 'й'],
  ['k', 'к'],
  ['l', 'л'],
  ['m', 'м'],
  ['n', 'н'],
  ['o', 'о'],
  ['p', 'п'],
  ['r', 'р'],
  ['s', 'с'],
  ['t', 'т'],
  ['u', 'у'],
  ['f', 'ф'],
  ['h', 'х'],
  ['c', 'ц'],
  ['y', 'ы'],
  ['x', 'х'],
  ['q', 'к'],
  ["'", ''],
]
const toCyrillic = new Map(letters)
const latin = new RegExp(letters.map(([one]) => one).join('|'), 'gu')

/** Words of Russian that no English text turns into; who types one of them in Latin letters types all in Russian. */
const telling = anyOf(
  String.raw`послезавтра|завтра\p{L}*|сегодня|понедел\p{L}+|вторник\p{L}*|сред[ауы]|средам|четверг\p{L}*|пятниц\p{L}+|суббот[аеуы]|воскресен\p{L}+|утром|утра|вечер|вечера|вечером|вечерком|днем|дня|полден\p{L}?|обед|обеда|обеду|недел[яеию]|часа|часов|часам|через`.split(
    '|',
  ),
)
/** What Latin letters leave out, in the words that times are made of. */
const softened: [RegExp, string][] = [
  [anyOf([String.raw`понеделник(\p{L}*)`], 'g'), 'понедельник$1'],
  [anyOf(['воскресен([еияю])'], 'g'), 'воскресень$1'],
  [anyOf(['полден'], 'g'), 'полдень'],
  [anyOf(['((?:п|дев|дес)ят|шест|сем|восем)'], 'g'), '$1ь'],
]

/** The text in Cyrillic letters when it is Russian about a time in Latin ones ("zavtra posle obeda"); else as it is. */
export function readTranslit(text: string): string {
  if (/\p{Script=Cyrillic}/u.test(text)) return text
  const cyrillic = fromTranslit(text)
  if (cyrillic.search(telling) < 0) return text
  return softened.reduce((said, [pattern, word]) => said.replaceAll(pattern, word), cyrillic)
}

/** Russian that was typed in Latin letters, back in Cyrillic ones, as well as letters alone can tell. In lower case. */
export const fromTranslit = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[’‘`]/gu, "'")
    .replaceAll(/(?<=[aeiou])y(?![aeiou])/gu, 'j')
    .replaceAll(latin, (found) => toCyrillic.get(found) ?? found)
