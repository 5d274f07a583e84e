import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../shared/control.ts'
import type { Interval } from './busy.ts'
import { GoogleError } from './errors.ts'
import { deleteEvent, insertEvent, patchEvent } from './event-changes.ts'
import { eventResource } from './event-resource.ts'
import { putServiceAccount, serviceAccountSchema } from './service-accounts.ts'
import { findEvent, instancesOf } from './instances.ts'
import { dayOf, intervalOf, isZone, parseBound } from './times.ts'
import { scopePrefix } from './oauth-client.ts'
import { accessRoles, type Calendar, calendarOf, type Google, type StoredEvent } from './world.ts'

/** Without an offset: the calendar's wall clock. */
const when = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()])

const eventSchema = z.strictObject({
  summary: z.string().optional(),
  start: when,
  end: when,
  transparency: z.enum(['opaque', 'transparent']).optional(),
  status: z.enum(['confirmed', 'tentative']).optional(),
  eventType: z.enum(['default', 'outOfOffice', 'focusTime']).optional(),
  recurrence: z.array(z.string()).optional(),
  attendees: z.array(z.looseObject({ email: z.string() })).optional(),
  /** start and end are days (of instants: the calendar's day); the end is exclusive. */
  allDay: z.boolean().optional(),
})
const newEventSchema = eventSchema.extend({ calendarId: z.string().default('primary') })
const calendarSchema = z.strictObject({
  id: z.string().min(1),
  timeZone: z.string().refine(isZone, 'not an IANA time zone'),
})
const shareSchema = z.strictObject({ calendarId: z.string().min(1), accessRole: z.enum(accessRoles) })
const scopesSchema = z.strictObject({ scopes: z.array(z.string()) })
const byHuman = { by: 'human' } as const

type ByEvent = { Params: { id: string }; Querystring: { calendarId?: string } }
type Listing = { Querystring: { calendarId?: string; from?: string; to?: string } }

/** What the human seller does in Google, and the switches of the token endpoint, under `/_sim/`. */
export function addGoogleControl(app: FastifyInstance, google: Google): void {
  const { world, changed, journal } = google

  app.get<Listing>('/_sim/events', (request, reply) =>
    answering(reply, () => {
      const { calendarId, from, to } = request.query
      const calendars = calendarId ? [calendarOf(world, calendarId)] : world.calendars
      const within: Interval | undefined = from && to ? [parseBound(from), parseBound(to)] : undefined
      return calendars.flatMap((calendar) =>
        eventsWithin(calendar, within).map((event) => shown(event, calendar)),
      )
    }),
  )

  app.post('/_sim/events', (request, reply) => {
    const input = parseControl(newEventSchema, request, reply)
    if (!input) return reply
    const { calendarId, ...event } = input
    return answering(reply, () => {
      const calendar = calendarOf(world, calendarId)
      return shown(insertEvent(google, calendar, toEvent(event, calendar), byHuman), calendar)
    })
  })

  app.patch<ByEvent>('/_sim/events/:id', (request, reply) => {
    const change = parseControl(eventSchema.partial(), request, reply)
    if (!change) return reply
    return answering(reply, () => {
      const calendar = holderOf(google, request)
      return shown(
        patchEvent(google, calendar, request.params.id, toEvent(change, calendar), byHuman),
        calendar,
      )
    })
  })

  app.delete<ByEvent>('/_sim/events/:id', (request, reply) =>
    answering(reply, () => void deleteEvent(google, holderOf(google, request), request.params.id, byHuman)),
  )

  app.get('/_sim/calendars', () => world.calendars.map(({ id, timeZone }) => ({ id, timeZone })))

  app.post('/_sim/calendars', (request, reply) => {
    const calendar = parseControl(calendarSchema, request, reply)
    if (!calendar) return reply
    if (!world.calendars.some(({ id }) => id === calendar.id))
      world.calendars.push({ ...calendar, events: [] })
    journal.add('calendar', calendar)
    changed()
    return calendar
  })

  app.post('/_sim/share', (request, reply) => {
    const share = parseControl(shareSchema, request, reply)
    if (!share) return reply
    return answering(reply, () => {
      calendarOf(world, share.calendarId).accessRole = share.accessRole
      journal.add('share', share)
      changed()
      return share
    })
  })

  app.post('/_sim/tokens/scopes', (request, reply) => {
    const consent = parseControl(scopesSchema, request, reply)
    if (!consent) return reply
    world.scopes = consent.scopes.map((scope) => (scope.includes('/') ? scope : scopePrefix + scope))
    changed()
    return { scopes: world.scopes }
  })

  app.post('/_sim/service-accounts', (request, reply) => {
    const account = parseControl(serviceAccountSchema, request, reply)
    if (!account) return reply
    putServiceAccount(google, account)
    return account
  })

  const tokens = (what: string, act: () => void) =>
    app.post(`/_sim/tokens/${what}`, (_request, reply) => {
      act()
      changed()
      return reply.code(204).send()
    })
  tokens('expire', () => Object.assign(world, { tokens: {}, acting: {} }))
  // Google ends the access tokens of a revoked consent, too.
  tokens('revoke', () => Object.assign(world, { tokens: {}, acting: {}, refreshRevoked: true }))
  tokens('restore', () => (world.refreshRevoked = false))
}

/** All stored events; within an interval those that overlap it, series as their instances. */
function eventsWithin(calendar: Calendar, within: Interval | undefined): StoredEvent[] {
  if (!within) return calendar.events
  return calendar.events
    .flatMap((event) => (event.recurrence ? instancesOf(event, calendar, ...within) : [event]))
    .filter((event) => {
      const [start, end] = intervalOf(event, calendar)
      return end > within[0] && start < within[1]
    })
}

const shown = (event: StoredEvent, calendar: Calendar) => ({
  ...eventResource(event, calendar),
  calendarId: calendar.id,
  by: event.by,
})

/** The named calendar, else the first that has the event, else the first. */
function holderOf({ world }: Google, { query, params }: FastifyRequest<ByEvent>): Calendar {
  if (query.calendarId) return calendarOf(world, query.calendarId)
  return world.calendars.find((calendar) => findEvent(calendar, params.id)) ?? calendarOf(world, 'primary')
}

function toEvent({ allDay, start, end, ...rest }: Partial<z.output<typeof eventSchema>>, calendar: Calendar) {
  const time = (text: string) =>
    allDay || text.length === 10
      ? {
          date: text.length === 10 ? text : dayOf(Date.parse(text), calendar.timeZone),
          dateTime: null,
          timeZone: null,
        }
      : { date: null, dateTime: text, timeZone: calendar.timeZone }
  return { ...rest, ...(start && { start: time(start) }), ...(end && { end: time(end) }) }
}

/** Google's refusals as problem+json, because control requests are ours. */
function answering(reply: FastifyReply, act: () => unknown): unknown {
  try {
    const result = act()
    return result === undefined ? reply.code(204).send() : reply.send(result)
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error
    const { code: status, reason, message } = error.details
    const problem = { type: 'about:blank', title: message, status, reason }
    return reply.code(status).type('application/problem+json').send(problem)
  }
}
