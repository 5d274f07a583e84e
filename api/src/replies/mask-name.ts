import { clip } from '../text/storable.ts'
import { escapePattern } from './compile-pattern.ts'

const letter = 'а-яёa-z'
/** Nobody is called by more, in UTF-16 units and words; the pattern grows with them. */
const longest = 256
const mostParts = 8
const mark = '\u{E000}'

/** Where a lead's own name stands in a text: as a whole, or a word of it with a capital, also in a Russian case. */
export function namePattern(name: string): RegExp | null {
  const whole = clip(name.trim(), longest).trim()
  if (whole.length < 2) return null
  const parts = whole
    .split(/\s+/)
    .slice(0, mostParts)
    .filter((part) => new RegExp(`^[${letter}'’-]{2,}$`, 'iu').test(part))
  const forms = parts.map((part) => {
    const capital = escapePattern(part.slice(0, 1).toUpperCase()) + escapePattern(part.slice(1))
    const stem = capital.slice(0, /[аяйь]$/.test(capital) ? -1 : undefined)
    const word =
      /[а-яё]$/i.test(part) && part.length > 3 ? `${stem}(?:[аяыиеуюйь]|о[йю]|е[йю]|[оеё]м)?` : capital
    // A month with a day or a preposition is a date, whoever is called so.
    return String.raw`(?<!\d\s*|(?:^|\s)(?:in|on|of|by|until|till|в|до|на|с|к)\s)${word}(?!\s*\d)`
  })
  const all = whole.includes(' ') || !parts.length ? [escapePattern(whole), ...forms] : forms
  return new RegExp(`(?<![\\p{L}\\d])(?:${all.join('|')})(?![\\p{L}\\d])`, 'gu')
}

/** The text with the lead's own name hidden from rules and placeholders, and the way back. */
export function maskName(
  text: string,
  name: string | null,
): { masked: string; restore(text: string): string } {
  const pattern = name === null ? null : namePattern(name)
  const found: string[] = []
  if (!pattern) return { masked: text, restore: (given) => given }
  const masked = text.replaceAll(mark, '').replaceAll(pattern, (part) => {
    found.push(part)
    return mark
  })
  let next = 0
  return { masked, restore: (given) => given.replaceAll(mark, () => found[next++] ?? '') }
}
