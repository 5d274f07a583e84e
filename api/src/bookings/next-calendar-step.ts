import { z } from 'zod'

/**
 * The way of a booking through Google, one request at a time. n8n sends the request and brings the answer; this function says
 * what it means. It starts with `find` each time, so that a repeat after a crash sees what was done before.
 *
 *   book:    find ─ not there ─▶ check ─ free ─▶ insert ─▶ booked          move:   find ─ old time ─▶ check ─▶ move ─▶ booked
 *             └─ there ─▶ booked   └─ busy ─▶ lost  └─ 409 ─▶ find                   └─ new time ─▶ booked
 *   cancel:  remove ─▶ cancelled
 */
export type CalendarStep = 'find' | 'check' | 'insert' | 'move' | 'remove'
export type Purpose = 'book' | 'move' | 'cancel'

export type GoogleAnswer = { status: number; body?: unknown }

export type Verdict =
  | { next: CalendarStep }
  | { next: 'booked'; event: z.infer<typeof eventSchema> }
  | { next: 'cancelled' }
  /** The time is gone; the lead must be offered others. */
  | { next: 'lost' }
  /** Google is busy or ill: the same again later. */
  | { next: 'later'; reason: string }
  /** Trying again will not help: a human must look. */
  | { next: 'impossible'; reason: string }

const eventSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  etag: z.string().optional(),
  hangoutLink: z.string().optional(),
  start: z.looseObject({ dateTime: z.string().optional() }).optional(),
  extendedProperties: z.looseObject({ private: z.record(z.string(), z.string()).optional() }).optional(),
})

const freeBusySchema = z.looseObject({
  calendars: z.record(
    z.string(),
    z.looseObject({
      busy: z.array(z.looseObject({ start: z.string(), end: z.string() })).default([]),
      errors: z.array(z.unknown()).optional(),
    }),
  ),
})

export type StepContext = {
  leadId: number
  purpose: Purpose
  calendarId: string
  startsAt: Date
  endsAt: Date
  /** Where the meeting was before the move: our own event, not somebody else's. */
  previous: { startsAt: Date; endsAt: Date } | null
}

export const firstStep = (purpose: Purpose): CalendarStep => (purpose === 'cancel' ? 'remove' : 'find')

export function judgeAnswer(
  context: StepContext,
  asked: CalendarStep,
  { status, body }: GoogleAnswer,
): Verdict {
  const trouble = judgeTrouble(status)
  if (trouble) return trouble
  if (asked === 'remove') return { next: 'cancelled' }
  if (asked === 'find') return judgeFound(context, status, body)
  if (asked === 'check') return judgeBusy(context, body)
  if (status === 409) return { next: 'find' }
  const event = eventSchema.safeParse(body)
  if (status === 200 && event.success) return { next: 'booked', event: event.data }
  return { next: 'later', reason: `Google answered ${status} to ${asked}` }
}

function judgeTrouble(status: number): Verdict | null {
  if (status === 401 || status === 408 || status === 429 || status >= 500) {
    return { next: 'later', reason: `Google answered ${status}` }
  }
  // 403 is a quota more often than a missing right, and a quota passes.
  if (status === 403)
    return { next: 'later', reason: 'Google refused (403): quota, or no right to this calendar' }
  if (status === 400) return { next: 'impossible', reason: 'Google says that the request is wrong (400)' }
  return null
}

function judgeFound({ leadId, purpose, startsAt }: StepContext, status: number, body: unknown): Verdict {
  const event = eventSchema.safeParse(body)
  const deleted = status === 410 || (status === 200 && event.success && event.data.status === 'cancelled')
  // Google never gives a deleted id again: an insert would be a 409, and so on for ever.
  if (deleted && purpose === 'book') return { next: 'lost' }
  if (deleted || status !== 200 || !event.success) {
    return purpose === 'book'
      ? { next: 'check' }
      : { next: 'impossible', reason: 'The event is no longer in the calendar' }
  }
  // An id of ours on an event that is not this lead's: never take it for the booking.
  if (event.data.extendedProperties?.private?.['leadId'] !== String(leadId)) return { next: 'lost' }
  const start = event.data.start?.dateTime
  if (start && Date.parse(start) === startsAt.getTime()) return { next: 'booked', event: event.data }
  return purpose === 'move' ? { next: 'check' } : { next: 'lost' }
}

function judgeBusy({ calendarId, startsAt, endsAt, previous, purpose }: StepContext, body: unknown): Verdict {
  const parsed = freeBusySchema.safeParse(body)
  const calendar = parsed.success ? parsed.data.calendars[calendarId] : undefined
  if (!calendar || calendar.errors?.length)
    return { next: 'later', reason: 'Google cannot read the calendar' }
  const busy = calendar.busy.some((block) => {
    const from = Date.parse(block.start)
    const to = Date.parse(block.end)
    if (previous && from >= previous.startsAt.getTime() && to <= previous.endsAt.getTime()) return false
    return from < endsAt.getTime() && to > startsAt.getTime()
  })
  if (busy) return { next: 'lost' }
  return { next: purpose === 'move' ? 'move' : 'insert' }
}
