import { entriesOf } from './entries-of.ts'
import { circled, lookAlikes } from './confusables.ts'

const plain = new Map(
  [...entriesOf(lookAlikes), ...entriesOf(circled)].flatMap(([to, from]) =>
    Array.from(from, (char): [string, string] => [char, to]),
  ),
)
const digit = /^\p{Nd}$/u

/** Decimal digits stand in tens, each from its zero on. */
function digitOf(char: string): string {
  const code = char.codePointAt(0) ?? 0
  let zero = code
  while (zero > code - 60 && digit.test(String.fromCodePoint(zero - 1))) zero -= 1
  return String((code - zero) % 10)
}

/** A text with letters, signs and digits of all scripts that pass for Latin ones written as those. Cyrillic and Greek stay. */
export const foldConfusables = (text: string): string =>
  Array.from(text.replaceAll(/(?<=\p{L})[\u0660\u06f0](?=\p{L})/gu, '.'), (char) =>
    char < '\u0080' ? char : (plain.get(char) ?? (digit.test(char) ? digitOf(char) : char)),
  ).join('')
