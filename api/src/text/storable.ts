/**
 * Text from outside becomes storable here and nowhere else, where bytes become values: `parse-json.ts` for what is JSON,
 * `parseHook` for forms, the server's `preValidation` for our own API, `storeMessage` for Telegram. PostgreSQL keeps no NUL and
 * no half of a surrogate pair, and finds a letter only in the normal form that it was stored in.
 */
export const storableText = (text: string): string =>
  isPlain.test(text) ? text : text.replaceAll('\0', '\uFFFD').toWellFormed().normalize('NFC')

/** Most keys and many values: nothing in it could be changed. */
const isPlain = /^[ -~]*$/

/** The first `most` UTF-16 units, storable. Never ends inside of a character that takes two. */
export const clip = (text: string, most: number): string =>
  storableText(text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, ''))

/** What an error says, in a form that may be stored: messages quote what came from outside. */
export const errorText = (error: unknown): string =>
  clip(error instanceof Error ? error.message : String(error), 2000)

/** Nobody nests deeper or sends more on purpose; PostgreSQL and the stack have limits of their own. */
const deepest = 64
const mostValues = 500_000

/** A value that is too deep or has too many parts to be kept. */
export class NotStorable extends Error {
  override name = 'NotStorable'
}

/**
 * The same JSON value with every text and every key storable. A number that JSON cannot say (1e309) becomes null, as
 * JSON.stringify has it; a key `__proto__` is left out.
 * @param tooMuch what becomes of parts that are nested too deep: an answer or an event loses them (`cut`, null in their place) so
 * that the rest of it can be read; who can be told is refused
 * @throws NotStorable with `refuse`
 */
export function storable(value: unknown, tooMuch: 'cut' | 'refuse' = 'cut'): unknown {
  let values = 0
  const clean = (part: unknown, depth: number): unknown => {
    if (typeof part === 'string') return storableText(part)
    if (typeof part === 'number') return Number.isFinite(part) ? part : null
    if (typeof part !== 'object' || part === null) return part
    if (depth > deepest) {
      if (tooMuch === 'refuse') throw new NotStorable(`is nested deeper than ${deepest}`)
      return null
    }
    const size = Array.isArray(part) ? part.length : Object.keys(part).length
    values += size
    if (values > mostValues && tooMuch === 'refuse')
      throw new NotStorable(`has more than ${mostValues} values`)
    if (Array.isArray(part)) return part.map((item) => clean(item, depth + 1))
    const entries = Object.entries(part).filter(([key]) => key !== '__proto__')
    return Object.fromEntries(entries.map(([key, item]) => [storableText(key), clean(item, depth + 1)]))
  }
  return clean(value, 1)
}
