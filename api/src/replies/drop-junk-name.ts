import { clip } from '../text/storable.ts'
import { escapePattern } from './compile-pattern.ts'

const tag = /\[[^\]\n]{1,40}\]|\{[^}\n]{1,40}\}|<[^>\n]{1,40}>/gu
const contact = /@|\d(?:[\s().+-]*\d){4}/u

/**
 * A reply without what of a card's name nobody is greeted by: an e-mail or a phone in its place, tags in brackets. The comma that
 * belonged to it goes too. `[TIMES]` and `[MEETING]` are placeholders, whoever is called so.
 */
export function dropJunkName(text: string, name: string | null): string {
  const whole = clip(name?.trim() ?? '', 256).trim()
  if (contact.test(whole)) {
    const found = escapePattern(whole)
    return text
      .replaceAll(new RegExp(`^${found}\\s*[,!:]\\s*(\\p{L})`, 'gu'), (_, first: string) =>
        first.toUpperCase(),
      )
      .replaceAll(new RegExp(`,?[^\\S\\n]*${found}`, 'gu'), '')
      .trim()
  }
  return (whole.match(tag) ?? [])
    .filter((part) => part !== '[TIMES]' && part !== '[MEETING]')
    .reduce((left, part) => left.replaceAll(new RegExp(`${escapePattern(part)}[^\\S\\n]?`, 'gu'), ''), text)
    .trim()
}
