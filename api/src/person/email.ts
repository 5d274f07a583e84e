import { z } from 'zod'
import { plainLine } from './plain-line.ts'

/** One address in its normal form; null when the text is none. */
export function emailOf(text: string): string | null {
  const address = plainLine(text)
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()
  return z.email().max(254).safeParse(address).success ? address : null
}
