import { z } from 'zod'

const { date, datetime } = z.core.regexes

/** RFC 3339 instant with an offset; seconds may be left out. */
export const instant = z
  .string()
  .regex(
    oneOf(datetime({ offset: true }), datetime({ offset: true, precision: -1 })),
    'an RFC 3339 instant with an offset is expected',
  )

/** An instant, a wall clock time of the host (`2026-11-24T10:00:00`), or a date, which is its midnight there. */
export const moment = z
  .string()
  .regex(
    oneOf(
      datetime({ offset: true }),
      datetime({ offset: true, precision: -1 }),
      datetime({ local: true }),
      date,
    ),
    'an RFC 3339 instant, a local time or a date is expected',
  )

/** Whether a moment says its offset. */
export function isInstant(text: string): boolean {
  return text.endsWith('Z') || (text.length > 10 && /[+-]\d\d:\d\d$/.test(text.slice(-6)))
}

/** One expression: a union of schemas costs five times as much, and a calendar holds thousands of moments. */
function oneOf(...patterns: RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => `(?:${source})`).join('|'))
}
