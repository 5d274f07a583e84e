import { instantOf, wallAt } from '../zone.ts'
import { intersect, merge, subtract, type Range } from './ranges.ts'
import type { SlotHost } from './slot-input.ts'

export const DAY = 86_400_000
const MINUTE = 60_000

/** The host's open time inside `window`, overrides, travel and absence applied, merged. */
export function openHours(host: SlotHost, window: Range): Range[] {
  const away = host.away.map(({ from, to }) => ({
    from: instantOf(host.hostTz, Date.parse(from), 'jump'),
    to: instantOf(host.hostTz, Date.parse(to ?? from) + DAY, 'jump'),
  }))
  const open = host.ranges
    ? intersect(merge(host.ranges.map(openRange)), [window])
    : weeklyHours(host, window)
  return subtract(open, away)
}

/** Ends are often written as 23:59:59(.999): within a second of a whole minute means that minute. */
export function openRange([from, to]: [string, string]): Range {
  const end = Date.parse(to)
  const minute = Math.ceil(end / MINUTE) * MINUTE
  return { from: Date.parse(from), to: minute - end <= 1000 ? minute : end }
}

function weeklyHours(host: SlotHost, window: Range): Range[] {
  if (host.workingHours.length === 0 && host.overrides.length === 0) return []
  const open: Range[] = []
  const first = Math.floor(window.from / DAY) - 2
  const last = Math.floor(window.to / DAY) + 2
  for (let day = first; day <= last; day++) {
    const tz = zoneOn(host, day)
    for (const [start, end] of hoursOn(host, day)) {
      const endMinute = minuteOfDay(end) === 1439 ? 1440 : minuteOfDay(end)
      // Hours that end before they start are not overnight hours; they are a mistake and open nothing.
      if (minuteOfDay(start) >= endMinute) continue
      open.push({
        from: instantOf(tz, day * DAY + minuteOfDay(start) * MINUTE),
        to: instantOf(tz, day * DAY + endMinute * MINUTE, 'jump'),
      })
    }
  }
  return intersect(merge(open), [window])
}

/** Zone the host lives by on a day of the host, counted from 1970-01-01. */
export function zoneOn(host: SlotHost, day: number): string {
  if (host.travel.length === 0) return host.hostTz
  const date = isoDate(day)
  return host.travel.find((trip) => trip.from <= date && date <= (trip.to ?? '9999'))?.tz ?? host.hostTz
}

/** The day, counted from 1970-01-01, that the host's own clock shows at an instant. */
export function dayOf(host: SlotHost, instant: number): number {
  return Math.floor(wallAt(host.hostTz, instant) / DAY)
}

function isoDate(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

function hoursOn(host: SlotHost, day: number): [string, string][] {
  if (host.overrides.length > 0) {
    const date = isoDate(day)
    const overrides = host.overrides.filter((override) => override.date === date)
    if (overrides.length > 0) return overrides.flatMap((override) => override.ranges)
  }
  const weekday = new Date(day * DAY).getUTCDay()
  return host.workingHours.filter(({ days }) => days.includes(weekday)).map(({ start, end }) => [start, end])
}

function minuteOfDay(clock: string): number {
  const [hour, minute] = clock.split(':')
  return Number(hour) * 60 + Number(minute)
}
