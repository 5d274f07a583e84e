import { conferenceAfter } from './conference.ts'
import {
  conditionNotMet,
  deleted,
  duplicate,
  eventTypeRestriction,
  invalid,
  notFound,
  rangeEmpty,
} from './errors.ts'
import { type EventBody, mergePatch, parseEventBody, plainFields } from './event-fields.ts'
import { etagOf } from './event-resource.ts'
import { findEvent } from './instances.ts'
import { parseRecurrence } from './recurrence.ts'
import { parseEventTime, startOf } from './times.ts'
import type { By, Calendar, EventTime, Google, StoredEvent } from './world.ts'

export type WriteOptions = {
  by: By
  conferenceDataVersion?: number
  sendUpdates?: string | undefined
  /** An etag, or `*`. */
  ifMatch?: string | undefined
}

/** Stores a new event. As with Google there is no check for overlap, and the id of a deleted event stays taken. @throws GoogleError */
export function insertEvent(
  google: Google,
  calendar: Calendar,
  input: unknown,
  options: WriteOptions,
): StoredEvent {
  const body = parseEventBody(input)
  const { id = freeId(google, calendar) } = body
  if (!/^[a-v0-9]{5,1024}$/.test(id)) throw invalid('Invalid resource id value.')
  const taken = calendar.events.some(
    (other) => other.id === id || (body.iCalUID && other.iCalUID === body.iCalUID),
  )
  if (taken) throw duplicate()
  if (body.eventType === 'birthday' || body.eventType === 'fromGmail')
    throw eventTypeRestriction('Events of this type cannot be created.')

  const event: StoredEvent = {
    ...contents(body, calendar),
    id,
    iCalUID: body.iCalUID ?? `${id}@google.com`,
    status: body.status ?? 'confirmed',
    created: new Date().toISOString().replace(/\d{3}Z$/, '000Z'),
    updated: '',
    sequence: 0,
    revision: 0,
    by: options.by,
  }
  setConference(google, event, undefined, body, options)
  calendar.events.push(event)
  return committed(google, calendar, event, 'event.insert', options)
}

/** PATCH: objects are merged, `null` removes, arrays are replaced. @throws GoogleError */
export function patchEvent(
  google: Google,
  calendar: Calendar,
  id: string,
  input: unknown,
  options: WriteOptions,
): StoredEvent {
  const before = eventForWrite(calendar, id, input, options)
  const { status, start, end } = before
  const merged = mergePatch({ ...plainFields(before), status, start, end }, input ?? {})
  // A patch that does not speak of the conference leaves it, whatever version it names.
  const isSilent = (input as { conferenceData?: unknown } | undefined)?.conferenceData === undefined
  return rewrite(google, calendar, before, merged, {
    ...options,
    ...(isSilent && { conferenceDataVersion: 0 }),
  })
}

/** PUT: what is not given is cleared. @throws GoogleError */
export function updateEvent(
  google: Google,
  calendar: Calendar,
  id: string,
  input: unknown,
  options: WriteOptions,
): StoredEvent {
  return rewrite(google, calendar, eventForWrite(calendar, id, input, options), input, options)
}

/** The event stays as a tombstone, with the exceptions of a series. @throws notFound, deleted, conditionNotMet */
export function deleteEvent(
  google: Google,
  calendar: Calendar,
  id: string,
  options: WriteOptions,
): StoredEvent {
  const event = eventForWrite(calendar, id, {}, options)
  return cancel(google, calendar, event, options)
}

function eventForWrite(
  calendar: Calendar,
  id: string,
  input: unknown,
  { ifMatch }: WriteOptions,
): StoredEvent {
  const event = findEvent(calendar, id)
  if (!event) throw notFound()
  const status = (input as { status?: unknown } | null)?.status
  if (event.status === 'cancelled' && status !== 'confirmed' && status !== 'tentative') throw deleted()
  if (ifMatch && ifMatch !== '*' && ifMatch !== etagOf(event.revision)) throw conditionNotMet()
  return event
}

function rewrite(
  google: Google,
  calendar: Calendar,
  before: StoredEvent,
  input: unknown,
  options: WriteOptions,
): StoredEvent {
  const body = parseEventBody(input)
  if (body.status === 'cancelled') return cancel(google, calendar, before, options)
  const after = contents(body, calendar)
  if (after.eventType !== before.eventType)
    throw eventTypeRestriction('The type of an event cannot be changed.')
  const { id, iCalUID, created, by, recurringEventId, originalStartTime } = before
  const event: StoredEvent = {
    ...after,
    id,
    iCalUID,
    created,
    by,
    updated: '',
    revision: 0,
    ...(recurringEventId && originalStartTime && { recurringEventId, originalStartTime }),
    status: body.status ?? 'confirmed',
    sequence: before.sequence + (placeOf(after) === placeOf(before) ? 0 : 1),
  }
  setConference(google, event, before, body, options)
  return committed(google, calendar, store(calendar, event), 'event.patch', options)
}

const placeOf = ({
  start,
  end,
  location,
  recurrence,
}: Pick<StoredEvent, 'start' | 'end' | 'location' | 'recurrence'>) =>
  JSON.stringify([start.date, start.dateTime, end.date, end.dateTime, location, recurrence])

function cancel(google: Google, calendar: Calendar, event: StoredEvent, options: WriteOptions): StoredEvent {
  for (const exception of calendar.events) {
    if (exception.recurringEventId === event.id)
      Object.assign(exception, { status: 'cancelled', revision: ++google.world.revision })
  }
  const tombstone = store(calendar, { ...event, status: 'cancelled' })
  return committed(google, calendar, tombstone, 'event.delete', options)
}

/** Puts an event in the place of its older self; an instance that was only computed becomes a stored exception. */
function store(calendar: Calendar, event: StoredEvent): StoredEvent {
  const place = calendar.events.findIndex(({ id }) => id === event.id)
  if (place < 0) calendar.events.push(event)
  else calendar.events[place] = event
  return event
}

function contents(body: EventBody & { start: EventTime; end: EventTime }, calendar: Calendar) {
  const start = parseEventTime(body.start, 'start', calendar.timeZone)
  const end = parseEventTime(body.end, 'end', calendar.timeZone)
  if ((start.date === undefined) !== (end.date === undefined))
    throw invalid('Start and end times must either both be date or both be dateTime.')
  if (startOf(end, calendar.timeZone) < startOf(start, calendar.timeZone)) throw rangeEmpty()
  if (body.recurrence) parseRecurrence(body.recurrence)
  const seldom = ['outOfOffice', 'focusTime', 'workingLocation'].includes(body.eventType)
  if (seldom && calendar.id.endsWith('@group.calendar.google.com'))
    throw eventTypeRestriction('Events of this type can only be created on a primary calendar.')
  if (start.date !== undefined && seldom && body.eventType !== 'workingLocation')
    throw eventTypeRestriction('Events of this type cannot be all-day events.')
  return { ...plainFields(body), start, end }
}

function setConference(
  google: Google,
  event: StoredEvent,
  before: StoredEvent | undefined,
  body: EventBody,
  options: WriteOptions,
): void {
  const conference = conferenceAfter(
    google,
    before?.conference,
    body.conferenceData,
    options.conferenceDataVersion ?? 0,
  )
  if (conference) event.conference = conference
}

/** The end of each write: a new etag, a journal entry, the saved world, the push channels. */
export function committed(
  google: Google,
  calendar: Calendar,
  event: StoredEvent,
  kind: 'event.insert' | 'event.patch' | 'event.delete',
  { by, sendUpdates }: WriteOptions,
): StoredEvent {
  event.revision = ++google.world.revision
  event.updated = new Date().toISOString()
  const { id, start, end, summary, status, attendees } = event
  google.journal.add(kind, {
    calendarId: calendar.id,
    id,
    start: start.date ?? start.dateTime,
    end: end.date ?? end.dateTime,
    summary,
    by,
    status,
    ...(sendUpdates && { sendUpdates }),
    ...(attendees && { attendees: attendees.map(({ email }) => email) }),
  })
  google.changed()
  google.notify(calendar.id)
  return event
}

/** Counted; 26 characters as Google's own ids. */
function freeId(google: Google, calendar: Calendar): string {
  const id = `sim${(++google.world.counter).toString(32).padStart(23, '0')}`
  return calendar.events.some((event) => event.id === id) ? freeId(google, calendar) : id
}
