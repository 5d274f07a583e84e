import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/min'
import { givenNameRank } from '../person/given-names.ts'
import { emailPattern } from '../person/plain-line.ts'
import { personName } from './person-name.ts'

/** What stands for what: by the placeholder that a model reads instead, the words of the person. */
export type Hidden = Record<string, string>

const kinds = ['email', 'account', 'phone', 'address', 'name'] as const
type Kind = (typeof kinds)[number]

/** Also one that a model made up, with another number or none. */
export const placeholder = new RegExp(String.raw`\[(?:${kinds.join('|')})(?:-\d+)?\]`, 'giu')

const account =
  /(?:https?:\/\/)?(?:t\.me|telegram\.me|wa\.me|vk\.com|instagram\.com)\/[\w.+-]+|(?<![\p{L}\p{N}@.])@[a-z]\w{3,31}/giu
/** What is no phone of any country's plan, but was written as one. */
const dialled = /(?<![\p{L}\p{N}+])\+\d[\d\s().-]{6,20}\d/gu

const street = String.raw`(?:(?:ул|пер|пр|просп|наб|пл|бул|ш)\.|(?:улиц|переул|проспект|набережн|площад|бульвар|шоссе|проезд|тупик)\p{L}*|пр-т\p{L}*|б-р)`
const house = String.raw`(?:,?\s*(?:д(?:ом|\.)?|к(?:орпус|орп|в|вартира)?\.?|стр(?:оение|\.)?|оф(?:ис|\.)?|подъезд|этаж)?\s*№?\s*\d+[а-яa-z]?(?:\/\d+)?)`
const addresses = [
  new RegExp(String.raw`(?<!\p{L})${street}\s*[\p{L}\d][\p{L}\d .-]{1,40}?${house}+(?![\p{L}\d])`, 'giu'),
  new RegExp(
    String.raw`(?<!\p{L})\p{Lu}[\p{L}-]{2,30}\s(?:улиц|переул|проспект|набережн|площад|бульвар|шоссе|проезд)\p{L}*${house}+(?![\p{L}\d])`,
    'gu',
  ),
  /(?<![\p{L}\d])\d{1,5}[a-z]?\s(?:[A-Z][\p{L}'’.-]+\s){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Way|Square|Court|Place|Terrace)(?!\p{L})\.?(?:,?\s(?:apt|apartment|flat|suite|unit|#)\.?\s*\w+)?/giu,
]
const introduction = String.raw`(?<!\p{L})(?:[Мм]еня зовут|[Мм]о[её] имя|[Mm]y name is|[Mm]y name['’]s|[Cc]all me)\s+`
/** How people say who they are. */
const introduced = new RegExp(
  String.raw`${introduction}(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+){0,2})`,
  'gu',
)
/** Without a capital a word behind it is a name only where it is a known one: "call me tomorrow". */
const introducedLow = new RegExp(String.raw`${introduction}(\p{Ll}[\p{L}'’-]+)`, 'gu')

/**
 * Puts placeholders in the place of what tells who a person is: phones, e-mails, accounts, addresses, and the names that the card or the
 * person gives. The same words get the same placeholder in all texts of one mask. A name that nobody named is not known to be one.
 * `standFor` is for what is a name as a whole.
 * @param names of the person, as cards and contacts have them
 * @param country whose phones need no country code
 */
export function hidePersons(
  names: (string | null)[],
  country: CountryCode,
): { hide: (text: string) => string; standFor: (name: string) => string; hidden: Hidden } {
  const hidden: Hidden = {}
  const known = new Map<string, string>()
  const counts = new Map<Kind, number>()
  const cardNames = names.filter((name) => name !== null).flatMap(personName)

  function stand(kind: Kind, words: string): string {
    const before = known.get(words)
    if (before) return before
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    const sign = `[${kind}-${number}]`
    known.set(words, sign)
    hidden[sign] = words
    return sign
  }

  function hidePhones(text: string): string {
    const found = findPhoneNumbersInText(text, country).toReversed()
    const without = found.reduce(
      (left, { startsAt, endsAt }) =>
        left.slice(0, startsAt) + stand('phone', text.slice(startsAt, endsAt)) + left.slice(endsAt),
      text,
    )
    return without.replaceAll(dialled, (words) => stand('phone', words))
  }

  function hideNames(text: string): string {
    const said = [...text.matchAll(introduced)].flatMap(([, name]) => name ?? [])
    const saidLow = [...text.matchAll(introducedLow)].flatMap(([, name = '']) =>
      givenNameRank(name) === 3 ? name : [],
    )
    return [...cardNames, ...[...said, ...saidLow].flatMap(personName)].reduce(
      (left, pattern) => left.replaceAll(pattern, (words) => stand('name', words)),
      text,
    )
  }

  return {
    hidden,
    standFor: (name) => stand('name', name),
    hide(text) {
      // What a person writes as a placeholder is words of theirs, and must come back as such.
      const plain = text.replaceAll(placeholder, (words) => stand('name', words))
      const inText = plain
        .replaceAll(emailPattern, (words) => stand('email', words))
        .replaceAll(account, (words) => stand('account', words))
      const withoutPlaces = addresses.reduce(
        (left, pattern) => left.replaceAll(pattern, (words) => stand('address', words)),
        hidePhones(inText),
      )
      return hideNames(withoutPlaces)
    },
  }
}
