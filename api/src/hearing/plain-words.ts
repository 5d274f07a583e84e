import { foldConfusables } from '../text/fold-confusables.ts'
import { heardText } from './heard-text.ts'

/** Latin letters that look like Cyrillic ones, as people (and spam filters' enemies) mix them into a word. */
const lookalikes: Record<string, string> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  n: 'п',
  o: 'о',
  p: 'р',
  t: 'т',
  u: 'и',
  x: 'х',
  y: 'у',
}

const toLatin = new Map(Array.from('асеорхукмнтві', (letter, at) => [letter, 'aceopxykmhtbi'[at] ?? letter]))

const isMixed = (word: string) => /\p{Script=Cyrillic}/u.test(word) && /[a-z]/u.test(word)

/** A Russian word with Latin letters in it, or an English one with Russian ones: what all its letters can be. */
function inOneScript(word: string): string {
  const russian = [...word].map((letter) => lookalikes[letter] ?? letter).join('')
  return /[a-z]/u.test(russian) ? [...word].map((letter) => toLatin.get(letter) ?? letter).join('') : russian
}

/**
 * One spelling for what people write in many: lower case, е for ё, one apostrophe, no emoji or invisible characters, letters that
 * were drawn out ("стооооп") once, Latin letters inside of a Russian word as Russian ones. Keeps line ends and punctuation.
 */
export function plainWords(text: string): string {
  return heardText(foldConfusables(text.normalize('NFKC')))
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/[’‘`´ʼ]/gu, "'")
    .replaceAll(/[\p{Cf}\p{Mn}]/gu, '')
    .replaceAll(/\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\u{20E3}/gu, ' ')
    .replaceAll(/(?<=\p{L})0(?=\p{L})/gu, 'o')
    .replaceAll(/(?<![\p{L}\d])\p{L}(?:[ .*_-]\p{L}(?![\p{L}\d])){3,}/gu, (run) =>
      run.replaceAll(/[ .*_-]/g, ''),
    )
    .replaceAll(/(\p{L})\1{2,}/gu, '$1')
    .replaceAll(/\p{L}+/gu, (word) => (isMixed(word) ? inOneScript(word) : word))
    .replaceAll(/[^\S\n]+/gu, ' ')
    .trim()
}
