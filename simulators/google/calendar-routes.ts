import type { FastifyInstance } from 'fastify'
import { sendJson } from './errors.ts'
import { freeBusy } from './free-busy.ts'
import { takeWhatWasFree } from './take-what-was-free.ts'
import { type Calendar, type Google, roleOf, sharedCalendar } from './world.ts'

type ById = { Params: { calendarId: string } }

const reading = ['calendar', 'calendar.readonly', 'calendar.calendars', 'calendar.calendars.readonly']
const listing = ['calendar', 'calendar.readonly', 'calendar.calendarlist', 'calendar.calendarlist.readonly']
const freeBusyScopes = ['calendar', 'calendar.readonly', 'calendar.freebusy', 'calendar.events.freebusy']

/** freeBusy.query, calendars.get, calendarList.list and get. */
export function addCalendarRoutes(app: FastifyInstance, google: Google): void {
  const { world } = google
  app.post('/freeBusy', { config: { scopes: freeBusyScopes } }, (request, reply) => {
    const answer = freeBusy(world, request.body)
    takeWhatWasFree(google, request.body)
    return sendJson(reply, answer)
  })

  app.get<ById>('/calendars/:calendarId', { config: { scopes: reading } }, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'read')
    return sendJson(reply, { kind: 'calendar#calendar', ...common(calendar) })
  })

  app.get('/users/me/calendarList', { config: { scopes: listing } }, (_request, reply) =>
    sendJson(reply, {
      kind: 'calendar#calendarList',
      etag: `"${world.calendars.length}"`,
      items: world.calendars.map((calendar) => listEntry(calendar, calendar === world.calendars[0])),
    }),
  )

  app.get<ById>('/users/me/calendarList/:calendarId', { config: { scopes: listing } }, (request, reply) => {
    const calendar = sharedCalendar(world, request.params.calendarId, 'read')
    return sendJson(reply, listEntry(calendar, calendar === world.calendars[0]))
  })
}

const common = ({ id, timeZone }: Calendar) => ({
  etag: '"1"',
  id,
  summary: id,
  timeZone,
  conferenceProperties: { allowedConferenceSolutionTypes: ['hangoutsMeet'] },
})

const listEntry = (calendar: Calendar, isPrimary: boolean) => ({
  kind: 'calendar#calendarListEntry',
  ...common(calendar),
  selected: true,
  accessRole: roleOf(calendar),
  defaultReminders: [{ method: 'popup', minutes: 10 }],
  ...(isPrimary && { primary: true }),
})
