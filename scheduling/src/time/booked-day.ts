import { DAY } from '../slots/open-hours.ts'
import { wallAt } from '../zone.ts'
import type { Today } from './resolve-day.ts'
import { unnamedDay, type DayRange, type Days, type Hours } from './which-days.ts'

const MINUTE = 60_000

/** Start of the meeting that is booked and those that are offered in its place, in ms. */
export type Booked = { at: number; offered: number[] }

/**
 * The day of hours without one, said by somebody who has a meeting: that of the offered time they fit, else that of the meeting. In
 * doubt where offers of several days fit, where none of another day does, and where the meeting's own day has no such hour left.
 */
export function bookedDays(
  { at, offered }: Booked,
  hours: Hours,
  { today, minuteNow, zone }: { today: Today; minuteNow: number; zone: string },
): Days {
  const dayAt = (ms: number): number => Math.floor(wallAt(zone, ms) / DAY)
  const days = (starts: number[]): number[] => [...new Set(starts.map(dayAt))].sort((a, b) => a - b)
  const isPoint = hours.from !== undefined && hours.from === hours.to
  const readings = [hours, ...hours.others]
  const fitting = days(
    offered.filter((start) => readings.some((one) => fits((wallAt(zone, start) % DAY) / MINUTE, one))),
  )
  if (fitting.length > 0) {
    const [first, ...rest] = fitting.map(whole)
    if (!isPoint || !first) return { list: fitting.map(whole), others: [] }
    return { list: [first], others: rest, unsure: rest.length > 0 }
  }
  const day = dayAt(at)
  const others = days(offered)
    .filter((one) => one !== day)
    .map(whole)
  if (day > today.day) return { list: [whole(day)], others, unsure: others.length > 0 }
  const next = unnamedDay(hours, today, minuteNow)
  const isToday = next.list.every(({ from }) => from === today.day)
  return {
    ...next,
    others: [...next.others, ...others],
    unsure: next.unsure || !isToday || others.length > 0,
  }
}

const whole = (day: number): DayRange => ({ from: day, to: day + 1 })

function fits(minute: number, { from = 0, to = 1440 }: { from?: number; to?: number }): boolean {
  return from === to ? minute === from : from <= minute && minute < to
}
