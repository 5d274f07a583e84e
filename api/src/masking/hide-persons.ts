import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/min'
import { addresses } from './address-patterns.ts'
import { accounts, emails, numbers } from './contact-patterns.ts'
import { escapePattern } from '../replies/compile-pattern.ts'
import { personName } from './person-name.ts'
import { saidNames } from './said-names.ts'

/** What stands for what: by the placeholder that a model reads instead, the words of the person. */
export type Hidden = Record<string, string>

const kinds = ['email', 'account', 'phone', 'address', 'name'] as const
type Kind = (typeof kinds)[number]

/** Also one that a model made up, with another number or none. */
export const placeholder = new RegExp(String.raw`\[(?:${kinds.join('|')})(?:-\d+)?\]`, 'giu')

/**
 * Puts placeholders in the place of what tells who a person is: phones and other long numbers, e-mails, accounts, addresses, and names: those
 * of the card, and those that the text itself shows to be names. The same words get the same placeholder in all texts of one mask.
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
    return numbers.reduce(
      (left, [pattern, isOne]) =>
        left.replaceAll(pattern, (words) => (isOne(words) ? stand('phone', words) : words)),
      without,
    )
  }

  const hideNames = (text: string) =>
    [...cardNames, ...saidNames(text).flatMap(wholeName)].reduce(
      (left, pattern) => left.replaceAll(pattern, (words) => stand('name', words)),
      text,
    )

  return {
    hidden,
    standFor: (name) => stand('name', name),
    hide(text) {
      // What a person writes as a placeholder is words of theirs, and must come back as such.
      const plain = text.replaceAll(placeholder, (words) => stand('name', words))
      const hideAll = (patterns: RegExp[], kind: Kind, left: string) =>
        patterns.reduce((rest, pattern) => rest.replaceAll(pattern, (words) => stand(kind, words)), left)
      const inText = hideAll(accounts, 'account', hideAll(emails, 'email', plain))
      const withoutPlaces = hideAll(addresses, 'address', hidePhones(inText))
      return hideNames(withoutPlaces)
    },
  }
}

/** As it was said, and in its other forms. */
const wholeName = (name: string): RegExp[] => [
  new RegExp(String.raw`(?<![\p{L}\p{N}])${escapePattern(name)}(?![\p{L}\p{N}])`, 'gu'),
  ...personName(name),
]
