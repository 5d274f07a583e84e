import { instantOf, wallAt } from '../zone.ts'
import { DAY, openHours } from './open-hours.ts'
import { intersect, merge, subtract, type Range } from './ranges.ts'
import type { SlotHost, SlotRules } from './slot-input.ts'

const MINUTE = 60_000
// Monday of the week of the epoch (1 January 1970 was a Thursday).
const FIRST_MONDAY = -3 * DAY

/** Time of one host that can still be given away: open, not busy, not past a limit. */
export function hostFree(host: SlotHost, rules: SlotRules, window: Range): Range[] {
  const open = host.ranges ? intersect(merge(host.ranges.map(openRange)), [window]) : openHours(host, window)
  const now = Date.parse(rules.now)
  const busy = host.busy.filter(
    ({ id, holdUntil }) =>
      (id === undefined || id !== rules.excludeId) &&
      (holdUntil === undefined || Date.parse(holdUntil) > now),
  )
  const blocked = busy
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, bufferBefore = 0, bufferAfter = 0 }) => ({
      from: Date.parse(from) - (bufferBefore + rules.bufferAfter) * MINUTE,
      to: Date.parse(to) + (bufferAfter + rules.bufferBefore) * MINUTE,
    }))
  return subtract(open, [...blocked, ...usedUp({ ...host, busy }, rules)])
}

/** Ends are often written as 23:59:59(.999): within a second of a whole minute means that minute. */
export function openRange([from, to]: [string, string]): Range {
  const end = Date.parse(to)
  const minute = Math.ceil(end / MINUTE) * MINUTE
  return { from: Date.parse(from), to: minute - end <= 1000 ? minute : end }
}

/** Days and weeks of the host in which our own meetings have reached a limit. */
function usedUp(host: SlotHost, { limits, durationMin }: SlotRules): Range[] {
  if (!limits) return []
  const own = host.busy.filter((block) => block.own)
  const over = (span: number, origin: number, count = Infinity, minutes = Infinity): Range[] => {
    if (durationMin > minutes || count === 0) return [{ from: -Infinity, to: Infinity }]
    const used = new Map<number, { count: number; minutes: number }>()
    for (const { from, to } of own) {
      const index = Math.floor((wallAt(host.hostTz, Date.parse(from)) - origin) / span)
      const sum = used.get(index) ?? { count: 0, minutes: 0 }
      used.set(index, {
        count: sum.count + 1,
        minutes: sum.minutes + (Date.parse(to) - Date.parse(from)) / MINUTE,
      })
    }
    return [...used]
      .filter(([, sum]) => sum.count >= count || sum.minutes + durationMin > minutes)
      .map(([index]) => ({
        from: instantOf(host.hostTz, origin + index * span, 'jump'),
        to: instantOf(host.hostTz, origin + (index + 1) * span, 'jump'),
      }))
  }
  return [
    ...over(DAY, 0, limits.perDay, limits.minutesPerDay),
    ...over(7 * DAY, FIRST_MONDAY, limits.perWeek, limits.minutesPerWeek),
  ]
}
