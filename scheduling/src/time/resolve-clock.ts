import type { Clock, Part } from './model.ts'

/** Minutes of the day (0..1440) and another reading when the words leave it open. */
export type Minutes = { at: number; other?: number }

const NOON = 12 * 60

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
): { from: number; to: number; other?: number } {
  const end = resolveClock({ ...to, half: to.half ?? halfOf(part, to.h) })
  if (to.half && !from.half && !from.written24) {
    const shared = resolveClock({ ...from, half: to.half === 'day' && from.h > 6 ? undefined : to.half }).at
    const start = shared < end.at ? shared : resolveClock(from).at
    return { from: start, to: end.at }
  }
  const start = resolveClock(from, part)
  if (from.half && !to.half && end.at <= start.at)
    return { from: start.at, to: Math.min(end.at + NOON, 1440) }
  const later = end.at + NOON
  if (end.at <= start.at) return { from: start.at, to: later > start.at && later <= 1440 ? later : 1440 }
  // "from 8 to 10" is morning or evening; "from 8 to 12" is not asked about.
  const twice = start.other !== undefined && !to.written24 && to.h > from.h && to.h <= 10
  return { from: start.at, to: end.at, other: twice ? start.other : undefined }
}
