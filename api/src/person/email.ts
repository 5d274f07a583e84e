import { z } from 'zod'
import { emailPattern, plainLine } from './plain-line.ts'

/** One address in its normal form; null when the text is none. */
export function emailOf(text: string): string | null {
  const address = plainLine(text)
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/^<(.*)>$/, '$1')
    .toLowerCase()
  return z.email().max(254).safeParse(address).success ? address : null
}

/** The addresses that stand in a text, in their normal form, in the order in which they were said. */
export const emailsIn = (text: string): string[] =>
  [...text.matchAll(emailPattern)].flatMap(([found]) => emailOf(found.replace(/[.]+$/, '')) ?? [])
