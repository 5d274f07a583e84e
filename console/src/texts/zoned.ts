import { dayKey, offsetMin } from './times.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** The instant at which the zone's clocks show this. In an hour that the zone skips, an hour later. */
export function instantOf(day: string, minutes: number, zone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`) + minutes * minuteMs
  let guess = wall - offsetMin(new Date(wall), zone) * minuteMs
  guess = wall - offsetMin(new Date(guess), zone) * minuteMs
  return new Date(guess)
}

/** Minutes since the zone's midnight. */
export function minuteOfDay(at: string | Date, zone: string): number {
  const instant = new Date(at)
  const shifted = instant.getTime() + offsetMin(instant, zone) * minuteMs
  return Math.round((((shifted % dayMs) + dayMs) % dayMs) / minuteMs)
}

/** `days` later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay()

/** The Monday of the week that it is in the zone, so many weeks from now. */
export function mondayOf(weeks: number, zone: string): string {
  const today = dayKey(new Date(), zone)
  return addDays(today, ((weekdayOf(today) + 6) % 7) * -1 + weeks * 7)
}
