import { isInstant } from '../instant.ts'
import { instantOf } from '../zone.ts'
import type { Range } from './ranges.ts'

const DAY = 86_400_000

/**
 * When a block is busy: RFC 3339 instants, local times or dates on the clock of `tz`. A date is its midnight, so that
 * an all-day block ends before its last date, as Google writes it; one date twice is that whole day.
 */
export function busyRange({ from, to }: { from: string; to: string }, tz: string): Range {
  const oneDay = from.length === 10 && from === to
  return { from: moment(from, tz), to: oneDay ? instantOf(tz, Date.parse(to) + DAY, 'jump') : moment(to, tz) }
}

function moment(text: string, tz: string): number {
  if (text.length === 10) return instantOf(tz, Date.parse(text), 'jump')
  return isInstant(text) ? Date.parse(text) : instantOf(tz, Date.parse(`${text}Z`))
}
