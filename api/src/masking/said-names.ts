import { zoneOfPlace } from '../hearing/zone/find-place.ts'
import { givenNameRank, isListedName } from '../person/given-names.ts'
import { companyWords, isPatronymic, labelWords, looksLikeSurname, titleWords } from '../person/name-words.ts'
import { isAlsoWord } from './person-name.ts'

const first = String.raw`(\p{L}[\p{L}'’-]+)`
const more = String.raw`((?:\s\p{Lu}[\p{L}'’-]+){0,2})`
/** What people say before their own name. */
const introduction = String.raw`(?<!\p{L})(?:меня (?:зовут|звать)|зовут(?: меня)?|мо[её] имя|имя|с вами|с уважением|my name is|my name['’]s|name is|call me|this is|i am|i['’]m|(?:best |kind |warm )?regards|это|я)\s?[:,—–-]?\s+`
const introduced = new RegExp(`${introduction}${first}`, 'giu')
const formally = /^(?:меня|мо|my name|с уважением)/iu

const capitals = new RegExp(String.raw`(?<![\p{L}\p{N}@[-])(?!I['’])(\p{Lu}[\p{L}'’-]+)${more}`, 'gu')
const initials =
  /(?<![\p{L}\p{N}])(?:(\p{Lu}[а-яё]{2,30})\s\p{Lu}\.(?:\s?\p{Lu}\.)?|\p{Lu}\.\s?\p{Lu}\.\s?(\p{Lu}[а-яё]{2,30}))/gu

/**
 * Names that somebody says in a text, of whomever: behind an introduction ("это пётр"), a given name with a capital, in Russian also in
 * its cases, a patronymic or a surname with it, a surname with initials. A surname by itself is not known to be one.
 */
export function saidNames(text: string): string[] {
  const found = new Set<string>()
  for (const [whole, name = ''] of text.matchAll(introduced)) {
    const isName = isGiven(name) || (formally.test(whole) && /^\p{Lu}/u.test(name))
    if (!isName) continue
    const rest = /^\P{L}*((?:\s\p{Lu}[\p{L}'’-]+){0,2})/u.exec(text.slice(text.indexOf(whole) + whole.length))
    found.add(`${name}${rest?.[1] ?? ''}`)
  }
  for (const { 1: name = '', 2: rest = '', index } of text.matchAll(capitals)) {
    const [next = '', last = ''] = rest.trim().split(' ')
    const begins = /(?:^|[.!?\n]\s*)$/u.test(text.slice(0, index))
    if (isPatronymicForm(next) && !isOther(name))
      found.add(`${name} ${next}${isFamily(last) ? ` ${last}` : ''}`)
    else if (isGiven(name) || (!begins && isGivenForm(name) && zoneOfPlace(name) === null))
      found.add(isFamily(next) ? `${name} ${next}` : name)
    else if ((isFamily(name) && isGiven(next)) || (givenNameRank(name) === 2 && russianInLatin.test(next)))
      found.add(`${name} ${next}`)
  }
  for (const [whole] of text.matchAll(initials)) found.add(whole)
  return [...found].toSorted((one, other) => other.length - one.length)
}

const isOther = (word: string) =>
  [labelWords, titleWords, companyWords].some((words) => words.has(word.toLowerCase()))
const isGiven = (word: string) => word.length > 2 && isListedName(word) && !isAlsoWord(word) && !isOther(word)

/** Of a second word with a capital: a surname of Russian form, or any Latin word. */
const isFamily = (word: string) =>
  word !== '' &&
  !isOther(word) &&
  (isPatronymicForm(word) ||
    looksLikeSurname(word) ||
    surnameInCase.test(word) ||
    /^[A-Z][a-z'’-]+$/u.test(word))
const surnameInCase = /(?:[оеё]в|[иы]н|ск)(?:а|у|ым|е|ой|ого|ому|им|ую)$/u
const russianInLatin = /^[A-Z][a-z]+(?:ov|ova|ev|eva|in|ina|sky|skiy|skaya|enko|chuk|yan)$/u
const isPatronymicForm = (word: string) =>
  isPatronymic(word) || /(?:[оеь]вич|ич)(?:а|у|ем|е)$|(?:овн|евн|ичн)(?:ы|е|у|ой)$/u.test(word)

/** Its Russian cases, by the ending of the name itself. */
const cases: [endings: RegExp, names: string[]][] = [
  [/(?:ой|ей|ы|и|е|у)$/u, ['а', 'я']],
  [/(?:ией|ии|ию)$/u, ['ия']],
  [/(?:ом|ем|а|у|е)$/u, ['']],
  [/(?:ем|я|ю|е)$/u, ['й', 'ь']],
  [/(?:ю|ей)$/u, ['я']],
]
const isGivenForm = (word: string) =>
  /^\p{Lu}[а-яё]{3,}$/u.test(word) &&
  cases.some(([endings, names]) => {
    if (!endings.test(word)) return false
    const stem = word.replace(endings, '')
    return stem.length > 2 && names.some((ending) => isGiven(stem + ending))
  })
