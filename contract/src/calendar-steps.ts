import * as z from 'zod'
import { busyAgain } from './times.ts'

/** The requests to Google that a booking is made of, and how each is sent. api/src/meetings/next-calendar-step.ts has their order. */
export const calendarSteps = {
  find: { method: 'GET', path: 'event', title: 'find the event' },
  check: { method: 'POST', path: 'freeBusy', title: 'still free?' },
  insert: { method: 'POST', path: 'events', title: 'insert the event' },
  move: { method: 'PATCH', path: 'event', title: 'move the event' },
  remove: { method: 'DELETE', path: 'event', title: 'delete the event' },
  recheck: { method: 'GET', path: 'events', title: 'anything else then?' },
} as const

export type CalendarStep = keyof typeof calendarSteps
export const calendarStepNames = Object.keys(calendarSteps) as [CalendarStep, ...CalendarStep[]]
export const calendarStepSchema = z.enum(calendarStepNames)

/**
 * Where in Google Calendar a request goes: the parts of its path, and its query. The host and the rest of the path are fixed in
 * n8n's nodes, which send the credential along; no id may lead anywhere else.
 */
export const googlePlaceSchema = z.object({
  calendarId: z.string().regex(/^[^\s/\\?]+@[^\s/\\?]+$/, 'is no address of a calendar'),
  eventId: z
    .string()
    .regex(/^[\w-]+$/, 'is no id of an event')
    .optional(),
  query: z.record(z.string(), z.string()).default({}),
})
export type GooglePlace = z.output<typeof googlePlaceSchema>

/** What of a request to Google is a turn's own. n8n's node has the method, the host, the path and the credential. */
export const googleRequestSchema = googlePlaceSchema.extend({ body: z.unknown().optional() })
export type GoogleRequest = z.output<typeof googleRequestSchema>

/** What n8n is to do next for the turn's meeting. */
export const calendarAnswerSchema = z.discriminatedUnion('next', [
  z.object({ next: calendarStepSchema, request: googleRequestSchema }),
  /** Nothing (more) to do in the calendar: send. */
  z.object({ next: z.literal('done') }),
  /** The time was lost: think again. */
  z.object({ next: z.literal('again'), problem: z.string(), ...busyAgain }),
  /** Stop here: the turn is tried again later, or is no longer this execution's. */
  z.object({ next: z.literal('stop'), reason: z.string() }),
])
export type CalendarAnswer = z.infer<typeof calendarAnswerSchema>
