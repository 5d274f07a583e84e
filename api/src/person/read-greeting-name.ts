import { givenNameRank } from './given-names.ts'
import {
  afterNames,
  companyWords,
  isPatronymic,
  labelWords,
  looksLikeSurname,
  otherPerson,
  particles,
  shortSurnames,
  surnameTitles,
  testWords,
  titleWords,
} from './name-words.ts'
import { emailPattern, plainLine } from './plain-line.ts'

/**
 * The name to greet by, as its owner writes it; null when the field names no person or leaves it open which word is the given name.
 * A greeting without a name is better than one by a surname, a company or a note.
 */
export function readGreetingName(field: string): string | null {
  const text = plainLine(field)
  if (/utm_|[?&=]{1}\w+=/i.test(text) || isCompanyInQuotes(text)) return null
  const parts = text
    .replaceAll(/&(?:quot|amp|lt|gt|nbsp|#\d+);/g, ' ')
    .replaceAll(/\([^)]*\)|\[[^\]]*\]|\{[^}]*\}|<[^>]*>/g, ' ')
    .replace(/[([{].*$/su, ' ')
    .replaceAll(emailPattern, ' ')
    .replaceAll(/(?:https?:\/\/|www\.)\S+|@\S+|#\S*|\S*[_=%]\S*|\S+&\S+/g, ' ')
    .replace(otherPerson, '\0')
    .replace(/\0.*$/su, '')
    .split(/[|/;:,\n\t•·]|\p{Extended_Pictographic}|\s[-–—]+\s|\s[-–—]+$|^[-–—]+\s/u)
    .map(wordsOf)
    .filter((part) => part.length > 0)
  if (parts.flat().some((word) => testWords.has(low(word)))) return null
  const persons = withoutCompanies(parts)
  // "Smith, John"
  const [first, second] = persons
  if (first && second && persons.length === 2 && isSurnameAlone(first)) {
    const name = nameIn(second)
    if (name) return name
  }
  // Two people: "Ольга / Сергей"
  if (first && second && [first, second].every(isGivenAlone)) return null
  for (const part of persons) {
    const name = nameIn(part)
    if (name) return name
  }
  return null
}

const low = (word: string) => word.toLowerCase().replaceAll('ё', 'е')

const isCompanyInQuotes = (text: string) => /^\s*[«„“][^»”]*[»”]\s*$/u.test(text)

function wordsOf(part: string): string[] {
  const words = part
    .replaceAll(/[^\p{L}\p{M}\p{N}'’ʼ`.\-+&]/gu, ' ')
    .split(/\s+/)
    .flatMap((word) => (isHandle(word) ? [] : word.split(/(?<=\.)/)))
    .map((word) => word.replaceAll(/^[^\p{L}+&]+|[^\p{L}.+&]+$/gu, '').replace(/(?<=\p{L}{2})\.$/u, ''))
    .map(inOneScript)
    .flatMap(splitCapitals)
    .flatMap((word) =>
      word.split('-').some((piece) => labelWords.has(low(piece))) ? word.split('-') : [word],
    )
    .filter((word) => /[\p{L}+&]/u.test(word))
  // О л ь г а
  const isSpread = words.length > 2 && words.every((word) => /^\p{L}$/u.test(word))
  return isSpread ? [words.join('')] : words
}

/** olga.k, ivan2000: an address of somebody, not their name. */
const isHandle = (word: string) =>
  /^[a-z0-9]{2,}\.[a-z0-9.]*[a-z0-9]$/.test(word) || /[a-z]\d|\d[a-z]/i.test(word)

const lookAlike: Record<string, string> = Object.fromEntries(
  [...'aceopxykhbmtABCEHKMOPTXY'].map((letter, index) => [
    letter,
    [...'асеорхукнвмтАВСЕНКМОРТХУ'][index] ?? letter,
  ]),
)

/** A Latin letter inside a Cyrillic word is a slip of the keyboard. */
const inOneScript = (word: string) =>
  /\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)
    ? word.replaceAll(/[a-z]/gi, (letter) => lookAlike[letter] ?? letter)
    : word

/** OlgaKuznetsova */
function splitCapitals(word: string): string[] {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})/u)
  const [first = ''] = parts
  const whole = parts.length !== 2 || parts.some((part) => part.length < 3) || givenNameRank(word) > 0
  return whole || particles.has(low(first)) || /^(?:mac|fitz)$/i.test(first) ? [word] : parts
}

/** A legal form alone behind a comma belongs to what stands before it. */
function withoutCompanies(parts: string[][]): string[][] {
  const isCompany = (part: string[]) => part.some((word) => companyWords.has(low(word).replace('.', '')))
  return parts.filter((part, index) => {
    const next = parts[index + 1]
    return !isCompany(part) && !(next?.length === 1 && isCompany(next))
  })
}

const isGivenAlone = (part: string[]) => {
  const [word = '', ...more] = part
  const isSurname = looksLikeSurname(word) || shortSurnames.has(low(word))
  return more.length === 0 && givenNameRank(word) === 3 && !isSurname
}

const isSurnameAlone = (part: string[]) => {
  const words = part.filter((word) => !particles.has(low(word)))
  const [word] = words
  if (words.length !== 1 || !word || labelWords.has(low(word))) return false
  return givenNameRank(word) === 0 || /^[\p{Script=Latin}'’-]+$/u.test(word)
}

function nameIn(part: string[]): string | null {
  if (
    part.some(
      (word, index) =>
        /^(?:и|and|und|y|et|&|\+)$/iu.test(word) && isGiven(part[index - 1]) && isGiven(part[index + 1]),
    )
  )
    return null
  const words = part.filter((word) => !labelWords.has(low(word)) && !afterNames.has(low(word)))
  const titles = words.filter((word) => titleWords.has(low(word)))
  const rest = words.filter(
    (word, index) =>
      !titleWords.has(low(word)) && !(particles.has(low(word)) && (index > 0 || words.length > 2)),
  )
  const full = rest.filter((word) => word.replaceAll('.', '').length > 1)
  if (full.length === 0 || full.length > 5) return null
  // Mr Lee
  if (rest.length === 1 && titles.some((title) => surnameTitles.has(low(title)))) return null
  const strangers = full.filter(
    (word) => givenNameRank(word) === 0 && /^\p{Ll}/u.test(word) && !looksLikeSurname(word),
  )
  if (strangers.length > 2) return null

  const patronymic = full.findIndex((word, index) => isPatronymic(word) && index > 0)
  const before = full[patronymic - 1]
  if (before && (givenNameRank(before) > 0 || (patronymic > 1 && !looksLikeSurname(before))))
    return mend(before)

  const candidates = full
    .map((word) => ({
      word,
      rank: full.length > 1 && shortSurnames.has(low(word)) ? 1 : givenNameRank(word),
    }))
    .filter(
      ({ word, rank }) => rank > 0 && (rank > 1 || full.length > 1) && !(isPatronymic(word) && rank < 3),
    )
    .toSorted((one, other) => other.rank - one.rank)
  const [best] = candidates
  if (best)
    return best.rank > 1 || shortSurnames.has(low(best.word)) || hasSurname(full, best.word)
      ? mend(best.word)
      : null
  const unknown = full.filter((word) => !looksLikeSurname(word) && !isPatronymic(word))
  const [only = ''] = unknown
  const isLikely = full.length === 2 && unknown.length === 1 && /^\p{Lu}?[\p{L}'’-]{2,}$/u.test(only)
  return isLikely && /[aeiouyаеиоуыэюя]/iu.test(only.normalize('NFD')) ? mend(only) : null
}

const isGiven = (word: string | undefined) => word !== undefined && givenNameRank(word) > 0

const hasSurname = (words: string[], name: string) =>
  words.some((word) => word !== name && looksLikeSurname(word))

/** Capitals as in a letter; those that a name has inside (LaToya, McKenna) are kept. */
function mend(name: string): string {
  const word = name.replaceAll('.', '')
  const isMixed = /^\p{Lu}[\p{Ll}'’]+\p{Lu}\p{Ll}+$/u.test(word) && /\p{Script=Latin}/u.test(word)
  if (isMixed) return word
  return word
    .split('-')
    .map((part) => part.charAt(0).toLocaleUpperCase() + part.slice(1).toLocaleLowerCase())
    .join('-')
    .replaceAll(/(?<=^\p{L}['’])\p{Ll}/gu, (letter) => letter.toUpperCase())
}
