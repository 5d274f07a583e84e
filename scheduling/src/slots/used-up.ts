import { instantOf, wallAt } from '../zone.ts'
import type { Range } from './ranges.ts'
import type { SlotRules } from './slot-input.ts'

const MINUTE = 60_000
const DAY = 86_400_000

type Limits = NonNullable<SlotRules['limits']>
type Unit = 'Day' | 'Week' | 'Month' | 'Year'
const UNITS: Unit[] = ['Day', 'Week', 'Month', 'Year']

/**
 * Days, weeks (from Monday), months and years of the zone `tz` in which the given meetings have reached a limit. A
 * meeting counts where it starts. One that is longer than a limit fits nowhere.
 */
export function usedUp(meetings: Range[], limits: Limits, durationMin: number, tz: string): Range[] {
  return UNITS.flatMap((unit) => {
    const count = limits[`per${unit}`] ?? Infinity
    const minutes = limits[`minutesPer${unit}`] ?? Infinity
    if (count === 0 || durationMin > minutes) return [{ from: -Infinity, to: Infinity }]
    if (count === Infinity && minutes === Infinity) return []
    const used = new Map<number, { to: number; count: number; minutes: number }>()
    for (const { from, to } of meetings) {
      const span = spanOf(unit, wallAt(tz, from))
      const sum = used.get(span.from) ?? { to: span.to, count: 0, minutes: 0 }
      used.set(span.from, {
        to: span.to,
        count: sum.count + 1,
        minutes: sum.minutes + Math.ceil((to - from) / MINUTE),
      })
    }
    return [...used]
      .filter(([, sum]) => sum.count >= count || sum.minutes + durationMin > minutes)
      .map(([from, { to }]) => ({ from: instantOf(tz, from, 'jump'), to: instantOf(tz, to, 'jump') }))
  })
}

/** The day, week, month or year that a wall clock (ms as if UTC) is in. */
function spanOf(unit: Unit, wall: number): Range {
  const at = new Date(wall)
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()]
  const day = Math.floor(wall / DAY) * DAY
  if (unit === 'Day') return { from: day, to: day + DAY }
  if (unit === 'Month') return { from: Date.UTC(year, month), to: Date.UTC(year, month + 1) }
  if (unit === 'Year') return { from: Date.UTC(year, 0), to: Date.UTC(year + 1, 0) }
  const monday = day - ((at.getUTCDay() + 6) % 7) * DAY
  return { from: monday, to: monday + 7 * DAY }
}
