import type { Clock, Part } from './model.ts'

/** Minutes of the day (0..1440) and another reading when the words leave it open. */
export type Minutes = { at: number; other?: number }

const NOON = 12 * 60
const EVENING = 17 * 60

/** A time of the following night, in minutes of the day before it. */
function night({ h, m }: Clock): number {
  return 1440 + (h % 24 === 12 ? 0 : h % 24) * 60 + m
}

/** Bare hours from 1 to 6 mean the afternoon, 7 and 8 are asked about, a word or part of the day decides all. */
export function resolveClock(clock: Clock, part?: Part): Minutes {
  const { h, m, other } = clock
  const half = clock.half ?? halfOf(part, h)
  const made =
    half && !(clock.half === undefined && clock.written24) ? { at: h24(h, half) * 60 + m } : bare(clock)
  return other
    ? { at: made.at, other: resolveClock({ ...clock, ...other, other: undefined }, part).at }
    : made
}

/** Twelve in the morning is noon. */
function halfOf(part: Part | undefined, h: number): Clock['half'] {
  return part?.half === 'am' && h === 12 ? 'pm' : part?.half
}

function h24(h: number, half: NonNullable<Clock['half']>): number {
  if (h > 12 || h === 0) return h
  if (half === 'am') return h === 12 ? 0 : h
  if (half === 'pm') return h === 12 ? 12 : h + 12
  if (half === 'day') return h <= 6 ? h + 12 : h
  if (half === 'evening') return h === 12 ? 24 : h + 12
  return h === 12 ? 24 : h < 6 ? h : h + 12
}

function bare({ h, m, written24, digital }: Clock): Minutes {
  const at = h * 60 + m
  if (written24 || h === 0 || h > 8) return { at }
  if (h <= 6) return { at: at + NOON }
  return digital ? { at } : { at, other: at + NOON }
}

/** Both ends of a range; a half said once holds for both where that makes sense. */
export function resolveClocks(
  from: Clock,
  to: Clock,
  part?: Part,
): { from: number; to: number; other?: number; unsure?: boolean } {
  const made = pairOfClocks(from, to, part)
  return fitsPart(made, part) ? made : { ...made, unsure: true }
}

/** "From 3 to 5 in the evening" is not one thing or the other. */
export function fitsPart({ from, to }: { from: number; to: number }, part: Part | undefined): boolean {
  if (part?.half === 'evening') return from >= EVENING - 60
  if (part?.half === 'am') return from < NOON
  return part?.half !== 'pm' || to > NOON
}

function pairOfClocks(
  from: Clock,
  to: Clock,
  part?: Part,
): { from: number; to: number; other?: number; unsure?: boolean } {
  const end = resolveClock({ ...to, half: to.half ?? halfOf(part, to.h) })
  if (to.half && !from.half && !from.written24) {
    const shared = resolveClock({ ...from, half: to.half === 'day' && from.h > 6 ? undefined : to.half }).at
    const start = shared < end.at ? shared : resolveClock(from).at
    if (start < end.at) return { from: start, to: end.at }
    return start >= EVENING ? { from: start, to: night(to) } : { from: start, to: 1440, unsure: true }
  }
  const start = resolveClock(from, part)
  if (from.half && !to.half && end.at <= start.at)
    return { from: start.at, to: end.at + NOON > start.at ? Math.min(end.at + NOON, 1440) : night(to) }
  const firmEnd = Boolean(to.half ?? to.written24)
  const later = end.at + NOON
  if (end.at <= start.at && !firmEnd && later > start.at && later <= 1440)
    return { from: start.at, to: later }
  // Over midnight, when it begins late; else the two do not fit together.
  if (end.at <= start.at)
    return start.at >= EVENING
      ? { from: start.at, to: night(to), unsure: !from.half && !from.written24 }
      : { from: start.at, to: 1440, unsure: true }
  // "from 8 to 10" is morning or evening; "from 8 to 12" is not asked about.
  const twice = start.other !== undefined && !to.written24 && to.h > from.h && to.h <= 10
  return { from: start.at, to: end.at, other: twice ? start.other : undefined }
}
