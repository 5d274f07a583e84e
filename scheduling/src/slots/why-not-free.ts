import { instantOf, wallAt } from '../zone.ts'
import { hostFree } from './host-free.ts'
import { DAY, dayOf, openHours, openRange, zoneOn } from './open-hours.ts'
import { intersect, type Range } from './ranges.ts'
import { slotInputSchema, type SlotHost, type SlotInput, type SlotRules } from './slot-input.ts'

const MINUTE = 60_000

/** Why a wished time is not offered. Of several hosts the one that is nearest to having time speaks: the later in this list. */
export const notFreeReasons = [
  /** It is over. */
  'past',
  /** It is to come, but sooner than the notice that is needed. */
  'too_soon',
  /** It is after the last day that is given away. */
  'beyond_horizon',
  /** Nobody works on that day. */
  'closed_day',
  /** That day is worked, these hours are not. */
  'outside_hours',
  /** A meeting or another event is there. */
  'taken',
  /** Only a hold for somebody else is there, which may lapse. */
  'held',
  /** It is free, but no meeting begins at that minute. */
  'off_grid',
] as const
export type NotFreeReason = (typeof notFreeReasons)[number]

/** The wished start, or the span that the meeting should lie in, as instants in ms; equal ends are a start. */
export type WishedTime = { from: number; to: number }

/**
 * Why a meeting cannot be at the wished time, for each host's input as findSlots takes it (`window` is how far times are given
 * away). To be asked about a wish that no free time meets. Null when there is no host. Throws ZodError.
 */
export function whyNotFree(wish: WishedTime, inputs: SlotInput[]): NotFreeReason | null {
  const reasons = inputs.map((input) => reasonOf(wish, slotInputSchema.parse(input)))
  return notFreeReasons.findLast((reason) => reasons.includes(reason)) ?? null
}

function reasonOf(wish: WishedTime, rules: SlotRules): NotFreeReason {
  const length = rules.durationMin * MINUTE
  const now = Date.parse(rules.now)
  const isPoint = wish.from === wish.to
  const room = isPoint ? { from: wish.from, to: wish.from + length } : wish
  const lastStart = room.to - length
  if (isPoint ? wish.from <= now : room.to <= now) return 'past'
  const earliest = now + rules.minNoticeMin * MINUTE
  if (lastStart < earliest) return 'too_soon'
  const window = rules.window ? openRange(rules.window) : { from: -Infinity, to: Infinity }
  if (room.from >= window.to || (isPoint && room.to > window.to)) return 'beyond_horizon'

  const host: SlotHost = rules
  const ahead = { from: Math.max(room.from, earliest), to: Math.min(room.to, window.to) }
  const days = wholeDays(ahead, host)
  const open = openHours(host, days)
  if (open.length === 0) return 'closed_day'
  if (!holds([ahead], open, length)) return 'outside_hours'
  const isFree = (blocks: SlotHost['busy']): boolean =>
    holds([ahead], hostFree({ ...host, busy: blocks }, rules, days).free, length)
  if (isFree(host.busy)) return 'off_grid'
  return isFree(host.busy.filter(({ holdUntil }) => holdUntil === undefined)) ? 'held' : 'taken'
}

function holds(wanted: Range[], free: Range[], length: number): boolean {
  return intersect(wanted, free).some(({ from, to }) => to - from >= length)
}

/** The days of the host that a range touches. */
function wholeDays({ from, to }: Range, host: SlotHost): Range {
  const midnight = (instant: number, days: number): number => {
    const tz = zoneOn(host, dayOf(host, instant))
    return instantOf(tz, (Math.floor(wallAt(tz, instant) / DAY) + days) * DAY, 'jump')
  }
  return { from: midnight(from, 0), to: midnight(Math.max(from, to - 1), 1) }
}
