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

/** Russian that was typed in Latin letters, back in Cyrillic ones, as well as letters alone can tell. In lower case. */
export const fromTranslit = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[’‘`]/gu, "'")
    .replaceAll(/(?<=[aeiou])y(?![aeiou])/gu, 'j')
    .replaceAll(latin, (found) => toCyrillic.get(found) ?? found)
