import { instancesOf } from './instances.ts'
import { intervalOf } from './times.ts'
import type { Calendar, StoredEvent } from './world.ts'

export type Interval = [from: number, to: number]

/**
 * When a calendar is busy within `from`..`to` (milliseconds since the epoch): sorted, clipped to the bounds, overlapping
 * and touching blocks merged.
 */
export function busyOf(calendar: Calendar, from: number, to: number): Interval[] {
  // Holidays and birthdays of contacts are calendars for reading, not somebody's time.
  if (/#(holiday|contacts)@/.test(calendar.id)) return []
  const merged: Interval[] = []
  const intervals = calendar.events
    .filter((event) => blocks(event, calendar))
    .flatMap((event) => (event.recurrence ? instancesOf(event, calendar, from, to) : [event]))
    .map((event) => clip(intervalOf(event, calendar), from, to))
    .filter(([start, end]) => start < end)
    .sort(([left], [right]) => left - right)
  for (const [start, end] of intervals) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

const clip = ([start, end]: Interval, from: number, to: number): Interval => [
  Math.max(start, from),
  Math.min(end, to),
]

const blocks = (event: StoredEvent, calendar: Calendar) =>
  event.status !== 'cancelled' &&
  event.transparency !== 'transparent' &&
  event.eventType !== 'workingLocation' &&
  event.eventType !== 'birthday' &&
  !event.attendees?.some((one) => one.email === calendar.id && one.responseStatus === 'declined')
