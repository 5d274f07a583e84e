import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readConference } from './conference.ts'
import { errorForStatus, invalid, notFound, sendJson } from './errors.ts'
import { deleteEvent, insertEvent, patchEvent, updateEvent, type WriteOptions } from './event-changes.ts'
import { eventResource } from './event-resource.ts'
import { findEvent, instancesOf } from './instances.ts'
import { listEvents } from './list-events.ts'
import { parseListQuery } from './list-query.ts'
import { actingBy } from './oauth.ts'
import { isZone } from './times.ts'
import { type Calendar, type Google, sharedCalendar, type StoredEvent } from './world.ts'

type OfCalendar = { Params: { calendarId: string } }
type OfEvent = { Params: { calendarId: string; eventId: string } }

const events = ['calendar', 'calendar.events', 'calendar.events.owned', 'calendar.app.created']
const reading = {
  config: {
    scopes: [...events, 'calendar.readonly', 'calendar.events.readonly', 'calendar.events.owned.readonly'],
  },
}
const writing = { config: { scopes: events } }

const writeQuery = z.object({
  conferenceDataVersion: z.coerce.number().int().min(0).max(1).default(0),
  sendUpdates: z.enum(['all', 'externalOnly', 'none']).optional(),
})
const zoneQuery = z.object({ timeZone: z.string().refine(isZone, 'unknown zone').optional() })

/** events.insert, list, get, patch, update, delete and instances. */
export function addEventRoutes(app: FastifyInstance, google: Google): void {
  const { world } = google

  app.get<OfCalendar>('/calendars/:calendarId/events', reading, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'read')
    const answer = listEvents(world, calendar, parseListQuery(request.query)) as { etag: string }
    return unlessSame(request, reply, answer)
  })

  app.post<OfCalendar>('/calendars/:calendarId/events', writing, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'write')
    refuseExtras(google, request)
    return sendEvent(reply, calendar, insertEvent(google, calendar, request.body, writeOptions(request)))
  })

  app.get<OfEvent>('/calendars/:calendarId/events/:eventId', reading, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'read')
    const event = findEvent(calendar, request.params.eventId)
    if (!event) throw notFound()
    readConference(google, calendar, event)
    const { timeZone } = parseQuery(zoneQuery, request)
    return unlessSame(request, reply, eventResource(event, calendar, timeZone))
  })

  app.get<OfEvent>('/calendars/:calendarId/events/:eventId/instances', reading, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'read')
    const series = findEvent(calendar, request.params.eventId)
    if (!series?.recurrence) throw notFound()
    const query = parseListQuery({ ...(request.query as object), singleEvents: 'true' })
    const { timeMin = -Infinity, timeMax = Date.now() + 365 * 86_400_000 } = query
    const items = [
      ...instancesOf(series, calendar, timeMin, timeMax),
      ...calendar.events.filter(
        (event) => event.recurringEventId === series.id && event.status !== 'cancelled',
      ),
    ].map((event) => eventResource(event, calendar, query.timeZone))
    return sendJson(reply, { kind: 'calendar#events', timeZone: calendar.timeZone, items })
  })

  app.patch<OfEvent>('/calendars/:calendarId/events/:eventId', writing, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'write')
    refuseExtras(google, request)
    const { eventId } = request.params
    return sendEvent(
      reply,
      calendar,
      patchEvent(google, calendar, eventId, request.body, writeOptions(request)),
    )
  })

  app.put<OfEvent>('/calendars/:calendarId/events/:eventId', writing, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'write')
    refuseExtras(google, request)
    const { eventId } = request.params
    return sendEvent(
      reply,
      calendar,
      updateEvent(google, calendar, eventId, request.body, writeOptions(request)),
    )
  })

  app.delete<OfEvent>('/calendars/:calendarId/events/:eventId', writing, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'write')
    deleteEvent(google, calendar, request.params.eventId, writeOptions(request))
    return reply.code(204).send()
  })
}

const guestsSchema = z.looseObject({ attendees: z.array(z.unknown()).min(1) })
const roomSchema = z.looseObject({ conferenceData: z.looseObject({ createRequest: z.looseObject({}) }) })

/** A service account that acts as itself may invite nobody and make no Meet room. @throws GoogleError */
function refuseExtras(google: Google, request: FastifyRequest): void {
  const acting = actingBy(google, request)
  if (!acting || acting.subject !== null) return
  if (guestsSchema.safeParse(request.body).success) throw errorForStatus(403, 'forbiddenForServiceAccounts')
  if (roomSchema.safeParse(request.body).success) throw invalid('Invalid conference type value.')
}

function sendEvent(reply: FastifyReply, calendar: Calendar, event: StoredEvent): FastifyReply {
  const resource = eventResource(event, calendar)
  return sendJson(reply.header('etag', resource.etag), resource)
}

function unlessSame(request: FastifyRequest, reply: FastifyReply, body: { etag: string }): FastifyReply {
  reply.header('etag', body.etag)
  return request.headers['if-none-match'] === body.etag ? reply.code(304).send() : sendJson(reply, body)
}

const writeOptions = (request: FastifyRequest): WriteOptions => ({
  by: 'api',
  ...parseQuery(writeQuery, request),
  ifMatch: request.headers['if-match'],
})

function parseQuery<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const result = schema.safeParse(request.query)
  if (!result.success)
    throw invalid(`Invalid value for parameter ${String(result.error.issues[0]!.path[0])}.`)
  return result.data
}
