import { Temporal } from '@lead/scheduling'
import { z } from 'zod'

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const time = z.looseObject({ dateTime: instant.optional(), date: z.iso.date().optional() })

/** An event of ours as Google gives it, in a page of changes or alone. A deleted one may be no more than id and status. */
export const calendarEventSchema = z.looseObject({
  id: z.string().min(1).max(1024),
  status: z.string().optional(),
  etag: z.string().max(200).optional(),
  created: instant.optional(),
  updated: instant.optional(),
  hangoutLink: z.string().optional(),
  start: time.optional(),
  end: time.optional(),
  attendees: z
    .array(z.looseObject({ email: z.string().optional(), responseStatus: z.string().optional() }))
    .optional(),
  extendedProperties: z.looseObject({ private: z.record(z.string(), z.string()).optional() }).optional(),
})
export type CalendarEvent = z.infer<typeof calendarEventSchema>

/** What the calendar says of an event of ours now. */
export type CalendarChange =
  | { id: string; gone: true }
  | {
      id: string
      gone: false
      etag: string | undefined
      createdAt: Date | null
      /** When Google last changed it. */
      updatedAt: Date | null
      /** The lead that it was booked for, by the marks that our events bear; null: it bears none. */
      leadId: number | null
      /** All-day: the day, and no hour. */
      at: { startsAt: Date; endsAt: Date } | { day: string }
      meetLink: string | null
      /** E-mails of guests who said no, in small letters. */
      declined: string[]
    }

export function changeOf({
  id,
  status,
  etag,
  created,
  updated,
  start,
  end,
  hangoutLink,
  attendees,
  extendedProperties,
}: CalendarEvent): CalendarChange {
  const marks = extendedProperties?.private ?? {}
  const at =
    start?.dateTime && end?.dateTime
      ? { startsAt: start.dateTime, endsAt: end.dateTime }
      : start?.date
        ? { day: start.date }
        : null
  if (status === 'cancelled' || at === null) return { id, gone: true }
  return {
    id,
    gone: false,
    etag,
    createdAt: created ?? null,
    updatedAt: updated ?? null,
    leadId:
      marks['bookingId'] === id && /^\d{1,15}$/.test(marks['leadId'] ?? '') ? Number(marks['leadId']) : null,
    at,
    meetLink: hangoutLink ?? null,
    declined: (attendees ?? [])
      .filter(({ responseStatus }) => responseStatus === 'declined')
      .flatMap(({ email }) => (email ? [email.toLowerCase()] : [])),
  }
}

/** A time on another day at the same hour of the clock in `zone`, as long as before. */
export function sameHourOn(
  day: string,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
  zone: string,
): { startsAt: Date; endsAt: Date } {
  const hour = Temporal.Instant.fromEpochMilliseconds(startsAt.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainTime()
  const moved = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: hour })
  const start = new Date(moved.epochMilliseconds)
  return { startsAt: start, endsAt: new Date(start.getTime() + endsAt.getTime() - startsAt.getTime()) }
}
