import { z } from 'zod'
import { fullSyncRequired, invalid } from './errors.ts'
import { deletedResource, etagOf, eventResource } from './event-resource.ts'
import { instancesOf } from './instances.ts'
import { givesSyncToken, type ListQuery } from './list-query.ts'
import { intervalOf } from './times.ts'
import { type Calendar, roleOf, type StoredEvent, type World } from './world.ts'

/**
 * Where the next page starts, the change number at the first page (what changes meanwhile is in the next delta), and what the first page
 * was asked with: a token is good with the very same only.
 */
const page = z.object({ offset: z.number(), asOf: z.number(), asked: z.string() })
/** `since` which change, on which calendar, within which bounds series are expanded. */
const sync = z.object({
  since: z.number(),
  calendarId: z.string(),
  timeMin: z.number().optional(),
  timeMax: z.number().optional(),
})
type Sync = z.output<typeof sync>

/** The answer of events.list. @throws fullSyncRequired for a token that is unknown, foreign or from before a reset */
export function listEvents(world: World, calendar: Calendar, query: ListQuery): object {
  const delta = query.syncToken === undefined ? undefined : readSyncToken(world, calendar, query.syncToken)
  const { offset, asOf } = query.pageToken
    ? readPageToken(query.pageToken, query)
    : { offset: 0, asOf: world.revision }
  const events = inOrder(selected(calendar, query, delta), calendar, query)
  const end = offset + Math.min(query.maxResults, 2500)
  const { timeMin, timeMax } = delta ?? query
  const next =
    end < events.length
      ? { nextPageToken: write({ offset: end, asOf, asked: askedWith(query) }) }
      : givesSyncToken(query) && {
          nextSyncToken: write({ since: asOf, calendarId: calendar.id, timeMin, timeMax }),
        }
  const newest = calendar.events.reduce((a, b) => (a && a.revision > b.revision ? a : b), calendar.events[0])
  return {
    kind: 'calendar#events',
    etag: etagOf(newest?.revision ?? 0),
    summary: calendar.id,
    updated: newest?.updated ?? new Date(0).toISOString(),
    timeZone: query.timeZone ?? calendar.timeZone,
    accessRole: roleOf(calendar),
    defaultReminders: [{ method: 'popup', minutes: 10 }],
    ...next,
    items: events.slice(offset, end).map((event) => {
      const isTombstone = event.status === 'cancelled'
      return (isTombstone ? deletedResource : eventResource)(event, calendar, query.timeZone)
    }),
  }
}

function selected(calendar: Calendar, query: ListQuery, delta: Sync | undefined): StoredEvent[] {
  const from = (delta ?? query).timeMin ?? -Infinity
  const to = (delta ?? query).timeMax ?? Date.now() + 365 * 86_400_000
  const single = query.singleEvents === 'true'
  const deletedToo = delta || query.showDeleted === 'true' || query.updatedMin !== undefined
  return calendar.events
    .filter((event) => !delta || event.revision > delta.since)
    .filter((event) => event.status !== 'cancelled' || deletedToo || (event.recurringEventId && !single))
    .filter((event) => isWanted(event, query))
    .flatMap((event) => {
      if (!event.recurrence) return delta || overlaps(event, calendar, query) ? [event] : []
      if (event.status === 'cancelled') return single && !delta ? [] : [event]
      const instances = instancesOf(event, calendar, from, to)
      if (single) return instances
      return delta || instances.length > 0 ? [event] : []
    })
}

/** `timeMin` looks at the end, `timeMax` at the start; both bounds are outside. */
function overlaps(event: StoredEvent, calendar: Calendar, { timeMin, timeMax }: ListQuery): boolean {
  const [start, end] = intervalOf(event, calendar)
  return end > (timeMin ?? -Infinity) && start < (timeMax ?? Infinity)
}

function isWanted(event: StoredEvent, query: ListQuery): boolean {
  const { eventTypes, iCalUID, q, updatedMin } = query
  const { private: own = {}, shared = {} } = event.extendedProperties ?? {}
  const guests = event.attendees?.flatMap(({ email, displayName }) => [email, displayName]) ?? []
  const words = [event.summary, event.description, event.location, ...guests].join(' ').toLowerCase()
  return (
    (eventTypes.length === 0 || eventTypes.includes(event.eventType)) &&
    (iCalUID === undefined || event.iCalUID === iCalUID) &&
    (q === undefined || words.includes(q.toLowerCase())) &&
    (updatedMin === undefined || Date.parse(event.updated) >= updatedMin) &&
    query.privateExtendedProperty.every((pair) => hasPair(own, pair)) &&
    query.sharedExtendedProperty.every((pair) => hasPair(shared, pair))
  )
}

function hasPair(properties: Record<string, string>, pair: string): boolean {
  const at = pair.indexOf('=')
  return properties[pair.slice(0, at)] === pair.slice(at + 1)
}

function inOrder(events: StoredEvent[], calendar: Calendar, { orderBy }: ListQuery): StoredEvent[] {
  if (!orderBy) return events
  const key = (event: StoredEvent) =>
    orderBy === 'updated' ? event.revision : intervalOf(event, calendar)[0]
  return events.sort((left, right) => key(left) - key(right))
}

const write = (token: object) => Buffer.from(JSON.stringify(token)).toString('base64url')

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data
  } catch {
    return undefined
  }
}

/** How many are wanted may change from page to page. */
const askedWith = ({ pageToken: _page, maxResults: _many, ...rest }: ListQuery): string =>
  JSON.stringify(rest)

function readPageToken(text: string, query: ListQuery) {
  const token = read(page, text)
  if (!token || token.asked !== askedWith(query)) throw invalid('Invalid page token value.')
  return token
}

function readSyncToken(world: World, calendar: Calendar, text: string): Sync {
  const token = read(sync, text)
  const isKnown = token && token.calendarId === calendar.id && token.since >= world.syncFloor
  if (!isKnown || token.since > world.revision) throw fullSyncRequired()
  return token
}
