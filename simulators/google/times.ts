import { Temporal } from 'temporal-polyfill'
import { badRequest, invalid } from './errors.ts'
import type { Calendar, EventTime } from './world.ts'

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/
const local = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?$/

/** IANA names only: offsets such as `+03:00` are not zones for Google. */
export function isZone(name: string): boolean {
  if (/^[+-]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** A query's bound in milliseconds since the epoch; the offset is mandatory, milliseconds are ignored. @throws badRequest */
export function parseBound(text: string): number {
  const ms = rfc3339.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms)) throw badRequest()
  return Math.floor(ms / 1000) * 1000
}

/**
 * An event's start or end as it is stored. A `dateTime` with an offset is that instant, one without is the wall clock
 * of `timeZone`. @throws invalid
 */
export function parseEventTime(time: EventTime, name: 'start' | 'end', calendarZone: string): EventTime {
  const { date, dateTime, timeZone } = time
  if (timeZone !== undefined && !isZone(timeZone))
    throw invalid(`Invalid time zone definition for ${name} time.`)
  if (date !== undefined && dateTime !== undefined) throw invalid(`Invalid ${name} time.`)
  try {
    if (date !== undefined) return { date: Temporal.PlainDate.from(date).toString() }
    if (dateTime !== undefined && rfc3339.test(dateTime))
      return { dateTime: instantText(Date.parse(dateTime)), timeZone: timeZone ?? calendarZone }
    if (dateTime !== undefined && local.test(dateTime) && timeZone !== undefined)
      return { dateTime: instantText(wallClock(dateTime, timeZone)), timeZone }
  } catch {
    throw invalid(`Invalid ${name} time.`)
  }
  if (dateTime !== undefined && local.test(dateTime))
    throw invalid(`Missing time zone definition for ${name} time.`)
  throw invalid(`Invalid ${name} time.`)
}

/** Seconds precision, `Z`. */
export const instantText = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** The instant of a wall clock in a zone, milliseconds since the epoch; in a gap of the clock, the later reading. */
export const wallClock = (text: string, zone: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds

/** An instant as Google writes it: the zone's offset, `Z` for UTC, no milliseconds. */
export function inZone(ms: number, zone: string): string {
  const text = Temporal.Instant.fromEpochMilliseconds(ms)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
  return zone === 'UTC' ? text.replace('+00:00', 'Z') : text
}

export const startOf = (time: EventTime, zone: string) =>
  time.date === undefined ? Date.parse(time.dateTime!) : wallClock(time.date, zone)

/** From when to when an event lasts, milliseconds since the epoch. A day is a day of the calendar's zone, never empty. */
export function intervalOf(
  event: { start: EventTime; end: EventTime },
  calendar: Calendar,
): [from: number, to: number] {
  const from = startOf(event.start, calendar.timeZone)
  const { date } = event.start
  if (date === undefined || event.end.date !== date) return [from, startOf(event.end, calendar.timeZone)]
  return [from, wallClock(addDays(date, 1), calendar.timeZone)]
}

export const addDays = (date: string, days: number) => Temporal.PlainDate.from(date).add({ days }).toString()

export const daysBetween = (from: string, to: string) =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days

/** The calendar day of an instant in a zone. */
export const dayOf = (ms: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).toPlainDate().toString()
