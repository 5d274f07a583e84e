import { instantOf, wallAt } from '../zone.ts'
import { DAY } from './open-hours.ts'
import type { Range } from './ranges.ts'
import type { SlotRules } from './slot-input.ts'

// How far a period of bookable days looks for them.
const SEARCH_DAYS = 61

/** The time the period allows, in whole days of the host. */
export function periodRange(rules: SlotRules): Range {
  const { period, hostTz } = rules
  if (!period) return { from: -Infinity, to: Infinity }
  const today = Math.floor(wallAt(hostTz, Date.parse(rules.now)) / DAY)
  const days = (first: number, last: number): Range => ({
    from: instantOf(hostTz, first * DAY, 'jump'),
    to: instantOf(hostTz, (last + 1) * DAY, 'jump'),
  })
  if (period.kind === 'fixed') return days(Date.parse(period.from) / DAY, Date.parse(period.to) / DAY)
  if (period.kind === 'bookable') return days(today, today + SEARCH_DAYS)
  let last = today
  for (let left = period.days; left > 0;) {
    last++
    if (!period.businessDays || isBusinessDay(last)) left--
  }
  return days(today, last)
}

/** Keeps the starts up to the last of the first `period.days` days that have any. */
export function firstBookableDays(starts: number[], { period, hostTz }: SlotRules): number[] {
  if (period?.kind !== 'bookable') return starts
  const dayOf = (start: number): number => Math.floor(wallAt(hostTz, start) / DAY)
  const counted = [...new Set(starts.map(dayOf))].filter((day) => !period.businessDays || isBusinessDay(day))
  const last = counted[period.days - 1] ?? Infinity
  return starts.filter((start) => dayOf(start) <= last)
}

function isBusinessDay(day: number): boolean {
  const weekday = new Date(day * DAY).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
