import { Temporal } from 'temporal-polyfill'
import { compact, parseRecurrence, ruleDays } from './recurrence.ts'
import { addDays, daysBetween, instantText, intervalOf, startOf } from './times.ts'
import type { Calendar, EventTime, StoredEvent } from './world.ts'

/**
 * The instances of a series that overlap `from`..`to` (milliseconds since the epoch), without those that are stored as
 * exceptions of their own. Wall-clock time stays the same over a change of clocks.
 */
export function instancesOf(
  series: StoredEvent,
  calendar: Calendar,
  from: number,
  to: number,
): StoredEvent[] {
  const own = new Set(
    calendar.events.filter((event) => event.recurringEventId === series.id).map(({ id }) => id),
  )
  const found: StoredEvent[] = []
  for (const instance of allInstances(series)) {
    const [start, end] = intervalOf(instance, calendar)
    if (start >= to) break
    if (end > from && !own.has(instance.id)) found.push(instance)
  }
  return found
}

/** A stored event, or an instance that a series would have. */
export function findEvent(calendar: Calendar, id: string): StoredEvent | undefined {
  const stored = calendar.events.find((event) => event.id === id)
  const seriesId = /^([a-v0-9]{5,})_\d{8}(T\d{6}Z)?$/.exec(id)?.[1]
  if (stored || !seriesId) return stored
  const series = calendar.events.find((event) => event.id === seriesId && event.recurrence)
  if (!series) return undefined
  for (const one of allInstances(series)) if (one.id === id) return one
  return undefined
}

function* allInstances(series: StoredEvent): Generator<StoredEvent> {
  const rule = parseRecurrence(series.recurrence!)
  const { timeZone, date } = series.start
  const clock = date === undefined ? wallTime(series.start) : undefined
  const first = date ?? clock!.toPlainDate().toString()
  for (const day of ruleDays(rule, first)) {
    const start: EventTime = clock
      ? { dateTime: instantText(onDay(day, clock).epochMilliseconds), timeZone }
      : { date: day }
    const stamp = compact(start.dateTime ?? day)
    if (rule.until && stamp > rule.until && !stamp.startsWith(rule.until)) return
    const local = clock
      ? compact(onDay(day, clock).toPlainDateTime().toString({ smallestUnit: 'second' }))
      : stamp
    if (rule.except.includes(stamp) || rule.except.includes(local)) continue
    yield instanceAt(series, start, stamp)
  }
}

function instanceAt(series: StoredEvent, start: EventTime, stamp: string): StoredEvent {
  const { recurrence: _, ...rest } = series
  const end: EventTime =
    start.date === undefined
      ? {
          dateTime: instantText(Date.parse(start.dateTime!) + length(series)),
          timeZone: series.end.timeZone,
        }
      : { date: addDays(start.date, daysBetween(series.start.date!, series.end.date!)) }
  return {
    ...rest,
    id: `${series.id}_${stamp}`,
    start,
    end,
    recurringEventId: series.id,
    originalStartTime: start,
  }
}

const length = ({ start, end }: StoredEvent) => startOf(end, 'UTC') - startOf(start, 'UTC')

const wallTime = ({ dateTime, timeZone }: EventTime) =>
  Temporal.Instant.from(dateTime!).toZonedDateTimeISO(timeZone!)

const onDay = (day: string, clock: Temporal.ZonedDateTime) =>
  Temporal.PlainDate.from(day).toZonedDateTime({
    timeZone: clock.timeZoneId,
    plainTime: clock.toPlainTime(),
  })
