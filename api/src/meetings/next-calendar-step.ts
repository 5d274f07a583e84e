import type { CalendarPurpose, CalendarStep, GoogleAnswer } from '@lead/contract'
import { z } from 'zod'
import { judgeTrouble, type Trouble, wordsOf } from '../calendar/judge-trouble.ts'

/**
 * The way of a booking through Google, one request at a time. n8n sends the request and brings the answer; this function says
 * what it means. It starts with `find` each time, so that a repeat after a crash sees what was done before.
 *
 *   book:    find ─ not there ─▶ check ─ free ─▶ insert ─▶ booked          move:   find ─ old time ─▶ check ─▶ move ─▶ booked
 *             └─ there ─▶ booked   └─ busy ─▶ lost  └─ 409 ─▶ find                   └─ new time ─▶ booked
 *   cancel:  remove ─▶ cancelled
 *
 * A booked time is looked at once more (`recheck`): Google takes an event over another one without a word, and between `check` and
 * `insert` a human may have put one there. Then the seller is told; the lead's meeting is not moved behind anybody's back.
 */
export type Verdict =
  | { next: CalendarStep }
  | { next: 'booked'; event: z.infer<typeof eventSchema> }
  | { next: 'cancelled' }
  /** Google refuses the event with this extra: the same again without it. */
  | { next: 'without'; extra: Extra; reason: string }
  /** The time is gone; the lead must be offered others. */
  | { next: 'lost' }
  /** Nothing is left to look at. `overlaps`: foreign events at the booked time. */
  | { next: 'settled'; overlaps: string[] }
  | Trouble

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
      busy: z.array(z.looseObject({ start: z.string(), end: z.string() })).optional(),
      errors: z.array(z.looseObject({ reason: z.string().optional() })).optional(),
    }),
  ),
})

const listSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      id: z.string(),
      status: z.string().optional(),
      transparency: z.string().optional(),
      eventType: z.string().optional(),
      attendees: z
        .array(z.looseObject({ self: z.boolean().optional(), responseStatus: z.string().optional() }))
        .optional(),
    }),
  ),
})

/** What an event may have besides its time; a meeting is worth more than any of them. */
export type Extra = 'guest' | 'conference'

export type StepContext = {
  leadId: number
  purpose: CalendarPurpose
  calendarId: string
  eventId: string
  startsAt: Date
  endsAt: Date
  /** Where the meeting was before the move: our own event, not somebody else's. */
  previous: { startsAt: Date; endsAt: Date } | null
  /** What the event is inserted with, the least needed first. */
  extras: Extra[]
}

export const firstStep = (purpose: CalendarPurpose): CalendarStep =>
  purpose === 'cancel' ? 'remove' : 'find'

export function judgeAnswer(context: StepContext, asked: CalendarStep, answer: GoogleAnswer): Verdict {
  // The meeting is booked: nothing that the last look brings, or fails to bring, may hold up telling the lead.
  if (asked === 'recheck') return { next: 'settled', overlaps: foreignEvents(context, answer) }
  const { status, body } = answer
  if (asked === 'insert') {
    const extra = refusedExtra(context.extras, status, wordsOf(body))
    if (extra) return { next: 'without', extra, reason: wordsOf(body) }
  }
  const trouble = judgeTrouble(answer)
  if (trouble) return trouble
  if (asked === 'remove') return { next: 'cancelled' }
  if (asked === 'find') return judgeFound(context, status, body)
  if (asked === 'check') return judgeBusy(context, body)
  if (status === 409) return { next: 'find' }
  if (status === 404 && asked === 'insert')
    return { next: 'disconnected', by: 'calendar', reason: 'Google does not know the calendar (404)' }
  const event = eventSchema.safeParse(body)
  if (status === 200 && event.success) return { next: 'booked', event: event.data }
  return { next: 'later', reason: `Google answered ${status} to ${asked}` }
}

/** The extra that Google's words name; else the first that is left, since most refusals are about one. */
function refusedExtra(extras: Extra[], status: number, words: string): Extra | undefined {
  if (status !== 400 && !(status === 403 && /invite attendees/i.test(words))) return undefined
  const named = /attendee|guest/i.test(words)
    ? 'guest'
    : /conference|hangout/i.test(words)
      ? 'conference'
      : null
  return extras.find((extra) => extra === named) ?? extras[0]
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

const gone = ['notFound', 'forbidden']

function judgeBusy({ calendarId, startsAt, endsAt, previous, purpose }: StepContext, body: unknown): Verdict {
  const parsed = freeBusySchema.safeParse(body)
  const calendar = parsed.success ? parsed.data.calendars[calendarId] : undefined
  const lost = calendar?.errors?.find(({ reason }) => reason && gone.includes(reason))
  if (lost)
    return {
      next: 'disconnected',
      by: 'calendar',
      reason: `Google cannot read the calendar: ${lost.reason}`,
    }
  if (!calendar?.busy || calendar.errors?.length)
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

/** Events of others that take time, by what freeBusy counts as busy. */
function foreignEvents({ eventId }: StepContext, { status, body }: GoogleAnswer): string[] {
  const list = status === 200 ? listSchema.safeParse(body) : null
  if (!list?.success) return []
  return list.data.items
    .filter(
      (event) =>
        event.id !== eventId &&
        event.status !== 'cancelled' &&
        event.transparency !== 'transparent' &&
        event.eventType !== 'workingLocation' &&
        event.eventType !== 'birthday' &&
        !event.attendees?.some((one) => one.self && one.responseStatus === 'declined'),
    )
    .map((event) => event.id)
}
