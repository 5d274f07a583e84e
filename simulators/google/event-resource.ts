import { conferenceFields } from './conference.ts'
import { plainFields } from './event-fields.ts'
import { inZone } from './times.ts'
import type { Calendar, EventTime, StoredEvent } from './world.ts'

export const etagOf = (revision: number) => `"${3_500_000_000_000_000 + revision * 2000}"`

/** An event as the API gives it; times are written in `zone` (the asked one, else the calendar's). */
export function eventResource(event: StoredEvent, calendar: Calendar, zone = calendar.timeZone) {
  const { attendees, eventType, transparency, visibility, ...fields } = plainFields(event)
  const self = { email: calendar.id, self: true }
  return {
    kind: 'calendar#event',
    etag: etagOf(event.revision),
    id: event.id,
    status: event.status,
    htmlLink: `https://www.google.com/calendar/event?eid=${eid(event, calendar)}`,
    created: event.created,
    updated: event.updated,
    ...fields,
    creator: self,
    organizer: self,
    start: timeResource(event.start, zone),
    end: timeResource(event.end, zone),
    ...(transparency === 'transparent' && { transparency }),
    ...(visibility && visibility !== 'default' && { visibility }),
    ...recurringFields(event, zone),
    iCalUID: event.iCalUID,
    sequence: event.sequence,
    ...(attendees && {
      attendees: attendees.map((one) =>
        one.email === calendar.id ? { ...one, organizer: true, self: true } : one,
      ),
    }),
    ...conferenceFields(event.conference),
    reminders: event.reminders ?? { useDefault: true },
    eventType,
  }
}

/** A deleted event in a list: only these fields are there for sure, so only these are given. */
export function deletedResource(event: StoredEvent, calendar: Calendar, zone = calendar.timeZone) {
  return {
    kind: 'calendar#event',
    etag: etagOf(event.revision),
    id: event.id,
    status: 'cancelled',
    ...recurringFields(event, zone),
  }
}

const eid = (event: StoredEvent, calendar: Calendar) =>
  Buffer.from(`${event.id} ${calendar.id}`).toString('base64url')

const recurringFields = ({ recurringEventId, originalStartTime }: StoredEvent, zone: string) => ({
  ...(recurringEventId && { recurringEventId }),
  ...(originalStartTime && { originalStartTime: timeResource(originalStartTime, zone) }),
})

const timeResource = ({ date, dateTime, timeZone }: EventTime, zone: string) =>
  date === undefined ? { dateTime: inZone(Date.parse(dateTime!), zone), timeZone } : { date }
