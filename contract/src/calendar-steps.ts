import * as z from 'zod'
import { busySchema } from './times.ts'

/** The requests to Google that a booking is made of, and how each is sent. api/src/bookings/next-calendar-step.ts has their order. */
export const calendarSteps = {
  find: { method: 'GET', title: 'find the event' },
  check: { method: 'POST', title: 'still free?' },
  insert: { method: 'POST', title: 'insert the event' },
  move: { method: 'PATCH', title: 'move the event' },
  remove: { method: 'DELETE', title: 'delete the event' },
  recheck: { method: 'GET', title: 'anything else then?' },
} as const

export type CalendarStep = keyof typeof calendarSteps
export const calendarStepNames = Object.keys(calendarSteps) as [CalendarStep, ...CalendarStep[]]
export const calendarStepSchema = z.enum(calendarStepNames)

export const googleRequestSchema = z.object({ url: z.string(), body: z.unknown().optional() })
export type GoogleRequest = z.infer<typeof googleRequestSchema>

/** What n8n is to do next for the turn's meeting. */
export const calendarAnswerSchema = z.discriminatedUnion('next', [
  z.object({ next: calendarStepSchema, request: googleRequestSchema }),
  /** Nothing (more) to do in the calendar: send. */
  z.object({ next: z.literal('done') }),
  /** The time was lost: think again. */
  z.object({ next: z.literal('again'), problem: z.string(), busy: busySchema.nullable() }),
  /** Stop here: the turn is tried again later, or is no longer this execution's. */
  z.object({ next: z.literal('stop'), reason: z.string() }),
])
export type CalendarAnswer = z.infer<typeof calendarAnswerSchema>
