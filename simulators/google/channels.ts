import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { GoogleError, invalid, notFound, sendJson } from './errors.ts'
import { type Calendar, type Channel, type Google, sharedCalendar } from './world.ts'

const week = 604_800

const channelSchema = z.object({
  id: z.string().min(1).max(64),
  type: z.enum(['web_hook', 'webhook']),
  address: z.url({ protocol: /^https?$/ }),
  token: z.string().max(256).optional(),
  params: z
    .object({
      ttl: z.coerce
        .number()
        .int()
        .min(1)
        .max(30 * 86_400)
        .default(week),
    })
    .optional(),
})

const stopSchema = z.object({ id: z.string(), resourceId: z.string() })

export type Pushes = {
  /** Sends a notification to each live channel of the calendar, without waiting for the answers. */
  notify: (calendarId: string) => void
  /** The first notification of a new channel. */
  sync: (channel: Channel) => void
  close: () => void
}

/** Real POSTs with empty bodies, once each: a lost notification stays lost, as the contract allows. */
export function createPushes(google: () => Google): Pushes {
  const closing = new AbortController()
  const send = async (channel: Channel, state: 'sync' | 'exists') => {
    const { journal } = google()
    const details = { channel: channel.id, state, number: (channel.messages += 1) }
    try {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(10_000)])
      const answer = await fetch(channel.address, {
        method: 'POST',
        headers: headersOf(channel, state),
        signal,
      })
      journal.add('hook', { ...details, status: answer.status })
    } catch (error) {
      if (!closing.signal.aborted) journal.add('hook', { ...details, status: 0, error: String(error) })
    }
  }
  return {
    notify(calendarId) {
      for (const channel of google().world.channels) {
        if (channel.calendarId !== calendarId || channel.expiration <= Date.now()) continue
        void send(channel, 'exists')
      }
    },
    sync: (channel) => void send(channel, 'sync'),
    close: () => closing.abort(),
  }
}

const headersOf = (channel: Channel, state: string) => ({
  'x-goog-channel-id': channel.id,
  'x-goog-message-number': String(channel.messages),
  'x-goog-resource-id': channel.resourceId,
  'x-goog-resource-state': state,
  'x-goog-resource-uri': resourceUri(channel.calendarId),
  'x-goog-channel-expiration': new Date(channel.expiration).toUTCString(),
  ...(channel.token !== undefined && { 'x-goog-channel-token': channel.token }),
})

const resourceUri = (calendarId: string) =>
  `https://www.googleapis.com/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events?alt=json`

/** events.watch and channels.stop. An `http:` address is allowed, which the real Google refuses. */
export function addChannelRoutes(app: FastifyInstance, google: Google, pushes: Pushes): void {
  const { world, changed } = google
  const config = { scopes: ['calendar', 'calendar.events', 'calendar.readonly', 'calendar.events.readonly'] }

  app.post<{ Params: { calendarId: string } }>(
    '/calendars/:calendarId/events/watch',
    { config },
    (request, reply) => {
      const calendar = sharedCalendar(world, request.params.calendarId, 'read')
      const result = channelSchema.safeParse(request.body)
      if (!result.success)
        throw invalid(`Invalid value for ${result.error.issues[0]!.path.join('.') || 'channel'}.`)
      const channel = openChannel(google, calendar, result.data)
      pushes.sync(channel)
      const { id, resourceId, token, expiration } = channel
      const uri = resourceUri(calendar.id)
      return sendJson(reply, {
        kind: 'api#channel',
        id,
        resourceId,
        resourceUri: uri,
        token,
        expiration: String(expiration),
      })
    },
  )

  app.post('/channels/stop', { config }, (request, reply) => {
    const { id, resourceId } = stopSchema.safeParse(request.body).data ?? {}
    const place = world.channels.findIndex((one) => one.id === id && one.resourceId === resourceId)
    if (place < 0) throw notFound()
    world.channels.splice(place, 1)
    changed()
    return reply.code(204).send()
  })
}

function openChannel(google: Google, calendar: Calendar, wanted: z.output<typeof channelSchema>): Channel {
  const { world } = google
  if (world.channels.some(({ id }) => id === wanted.id))
    throw new GoogleError({
      code: 400,
      domain: 'global',
      reason: 'channelIdNotUnique',
      message: `Channel id ${wanted.id} not unique`,
    })
  const channel: Channel = {
    id: wanted.id,
    resourceId: `sim-resource-${world.calendars.indexOf(calendar) + 1}`,
    calendarId: calendar.id,
    address: wanted.address,
    token: wanted.token,
    expiration: Date.now() + (wanted.params?.ttl ?? week) * 1000,
    messages: 0,
  }
  world.channels.push(channel)
  google.changed()
  return channel
}
