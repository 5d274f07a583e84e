import { foldConfusables } from '../text/fold-confusables.ts'

const latin = 'aceopxykmhtbiAECOPXYKMHTBI'
const cyrillic = 'асеорхукмнтвіАЕСОРХУКМНТВІ'
const pairs: [latin: string, cyrillic: string][] = [...latin].map((letter, index) => [
  letter,
  cyrillic[index] ?? letter,
])
const toLatin = new Map([
  ...pairs.map(([to, from]): [string, string] => [from, to]),
  ['ѕ', 's'],
  ['ј', 'j'],
  ['ԁ', 'd'],
  ['ɡ', 'g'],
  ['ӏ', 'l'],
  ['һ', 'h'],
  ['ԛ', 'q'],
  ['ԝ', 'w'],
  ['ο', 'o'],
  ['α', 'a'],
  ['ε', 'e'],
  ['ι', 'i'],
  ['ν', 'v'],
  ['ρ', 'p'],
  ['κ', 'k'],
  ['τ', 't'],
  ['υ', 'u'],
  ['χ', 'x'],
  ['η', 'n'],
  ['ω', 'w'],
  ['Α', 'A'],
  ['Β', 'B'],
  ['Ε', 'E'],
  ['Η', 'H'],
  ['Ι', 'I'],
  ['Κ', 'K'],
  ['Μ', 'M'],
  ['Ν', 'N'],
  ['Ο', 'O'],
  ['Ρ', 'P'],
  ['Τ', 'T'],
  ['Υ', 'Y'],
  ['Χ', 'X'],
  ['ı', 'i'],
  ['ⅼ', 'l'],
] satisfies [string, string][])
const toCyrillic = new Map([
  ...pairs.map(([from, to]): [string, string] => [from, to]),
  ['ο', 'о'],
  ['α', 'а'],
  ['ε', 'е'],
  ['ρ', 'р'],
  ['κ', 'к'],
  ['τ', 'т'],
  ['υ', 'у'],
  ['χ', 'х'],
  ['Α', 'А'],
  ['Ο', 'О'],
  ['Ε', 'Е'],
  ['Ρ', 'Р'],
] satisfies [string, string][])

const fold = (text: string, map: Map<string, string>) =>
  Array.from(text, (char) => map.get(char) ?? char).join('')
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
const isMixed = (word: string) =>
  scripts.filter((script) => script.test(word)).length > 1 || /\p{Script=Greek}/u.test(word)

/** Signs and digits in the place of letters: pa$$w0rd, ст0п. */
const signs: [sign: string, latin: string, cyrillic: string][] = [
  ['0', 'o', 'о'],
  ['1', 'i', 'і'],
  ['3', 'e', 'з'],
  ['4', 'a', 'ч'],
  ['5', 's', '5'],
  ['6', 'b', 'б'],
  ['7', 't', '7'],
  ['8', 'b', 'в'],
  ['$', 's', '$'],
  ['@', 'a', 'а'],
  ['!', 'i', 'и'],
  ['€', 'e', 'е'],
]
const latinOfSign = new Map(signs.map(([sign, letter]) => [sign, letter]))
const cyrillicOfSign = new Map(signs.map(([sign, , letter]) => [sign, letter]))

/** Only between letters: "24/7", "B2B" and prices stay. */
const withoutSigns = (text: string) =>
  text.replaceAll(/[\p{L}\d$@!€]+/gu, (word) =>
    /\p{L}[013-8$@!€]{1,3}\p{L}/u.test(word) && word.replaceAll(/\P{L}/gu, '').length > 3
      ? fold(word, /\p{Script=Cyrillic}/u.test(word) ? cyrillicOfSign : latinOfSign)
      : word,
  )

const clockDigits = new Map(
  Object.entries({
    l: '1',
    I: '1',
    і: '1',
    '|': '1',
    o: '0',
    O: '0',
    о: '0',
    О: '0',
    з: '3',
    З: '3',
    б: '6',
    b: '6',
    S: '5',
  }),
)

/** Letters in the place of a clock's digits: "1б:З0". */
const asClock = (text: string) =>
  text.replaceAll(
    /(?<![\p{L}\d])(?=\S{0,4}\d)[\dlIі|oOоОзЗбbS]{1,2}[:.][\dlIі|oOоОзЗбbS]{2}(?![\p{L}\d])/gu,
    (clock) => fold(clock, clockDigits),
  )

/**
 * The text in each way that a reader may take it: as written, look-alikes of all scripts as Latin letters and digits, words of mixed
 * scripts as Latin or Cyrillic, signs as letters, s p a c e d letters joined.
 */
export function readings(given: string): string[] {
  const text = foldConfusables(given)
  const plain = text
    .normalize('NFD')
    .replaceAll(/(?<![иИеЕ])\p{M}+|(?<=[иИ])[^\u0306\P{M}]+|(?<=[еЕ])[^\u0308\P{M}]+/gu, '')
    .normalize('NFC')
  const folded = [toLatin, toCyrillic].map((map) =>
    plain.replaceAll(/\S+/g, (word) => (isMixed(word) ? fold(word, map) : word)),
  )
  const all = [given, text, plain, ...folded, withoutSigns(plain), asClock(plain)]
  const joined = all.map((reading) =>
    reading.replaceAll(/(?<![\p{L}\d])\p{L}(?:[\s.*_·-]{1,3}\p{L}(?![\p{L}\d])){3,}/gu, (run) =>
      run.replaceAll(/[\s*_·-]/g, ''),
    ),
  )
  return [...new Set([...all, ...joined])]
}
