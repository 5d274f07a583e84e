import { givenNameRank } from '../person/given-names.ts'
import { companyWords, isPatronymic, labelWords, looksLikeSurname, titleWords } from '../person/name-words.ts'
import { escapePattern } from '../replies/compile-pattern.ts'
import { namePattern } from '../replies/mask-name.ts'
import { clip } from '../text/storable.ts'

/** Nobody is called by more, in UTF-16 units and words; the patterns grow with them. */
const longest = 256
const mostParts = 8

/** Names that are words, months or days as well: without a capital, or where a date would stand, they are no name. */
const alsoWords = new Set(
  (
    'may june april august summer autumn dawn will mark grace hope faith joy rose bill art rob drew chase guy chance rich frank pat ' +
    'sue carol ray jack penny sandy daisy violet ivy iris ruby amber pearl crystal max don fine our gene dean earl duke king ' +
    'май марта август вера надежда любовь люба роза слава лев света злата роман мир марк дар лилия милан'
  ).split(' '),
)

export const isAlsoWord = (word: string) => alsoWords.has(word.toLowerCase())

const endings =
  '(?:[аяуюыиейьо]|[оеыи]й|[оеё]м|[оеи]ю|[ыи]м|[ое]го|[ое]му|[ыи]ми|[ыи]х|ая|яя|ую|и[еяию]|ием)?'

/**
 * Where the words of a name stand in a text, whatever the case of their letters and their Russian case: patterns that are looked for one
 * after another. Words of a card that are no name of a person ("Заявка с сайта") are found as a whole, or with a capital.
 */
export function personName(name: string): RegExp[] {
  const whole = clip(name.trim(), longest).trim()
  if (whole === '') return []
  const parts = whole.split(/[\s,]+/u).slice(0, mostParts)
  const persons = parts.filter(isOfPerson).map(anyForm)
  const strange = parts.filter(isOfOtherAlphabet).map(escapePattern)
  const written = namePattern(whole)
  return [
    ...(persons.length > 0 ? [wholeWord([escapePattern(whole), ...persons], 'giu')] : []),
    // Some of these alphabets have no spaces, so nothing tells where a word begins.
    ...(strange.length > 0 ? [new RegExp(strange.join('|'), 'giu')] : []),
    ...(written ? [written] : []),
  ]
}

const wholeWord = (forms: string[], flags: string) =>
  new RegExp(String.raw`(?<![\p{L}\p{M}\d])(?:${forms.join('|')})(?![\p{L}\p{M}\d])`, flags)

function isOfPerson(part: string): boolean {
  const word = part.toLowerCase()
  if (word.length < 3 || !/^[а-яёa-z'’-]+$/u.test(word)) return false
  if ([alsoWords, labelWords, titleWords, companyWords].some((known) => known.has(word))) return false
  return givenNameRank(word) > 1 || looksLikeSurname(part) || isPatronymic(word)
}

const isOfOtherAlphabet = (part: string) =>
  /^\p{L}[\p{L}\p{M}'’-]*$/u.test(part) && !/[\p{Script=Cyrillic}\p{Script=Latin}]/u.test(part)

function anyForm(part: string): string {
  if (!/[а-яё]$/i.test(part)) return escapePattern(part)
  const stem = part.replace(/(?:[иыо]й|ая|[аяйь])$/iu, '')
  // Павел, Павлу
  const short = stem.replace(/[еоё](?=[лнцкр]$)/iu, '')
  const stems = [...new Set([stem, short])].map((one) => escapePattern(one).replaceAll(/[её]/giu, '[её]'))
  return `(?:${stems.join('|')})${endings}`
}
