import type { Entry } from '../journals.ts'

/** One of our events between two changes. `to` is Infinity for how it is in the end; milliseconds since 1970. */
export type Booking = {
  n: number
  calendarId: string
  id: string
  summary: string
  start: number
  end: number
  since: number
  until: number
}

/** Where our events were and when, by the calendar's journal. What the human made is not here. */
export function readBookings(google: Entry[]): Booking[] {
  const bookings: Booking[] = []
  const open = new Map<string, Booking>()
  for (const entry of google) {
    if (!entry.kind.startsWith('event.') || entry['by'] !== 'api') continue
    const id = String(entry['id'])
    const at = Date.parse(entry.at)
    const before = open.get(id)
    if (before) before.until = at
    open.delete(id)
    if (entry.kind === 'event.delete' || entry['status'] === 'cancelled') continue
    const booking: Booking = {
      n: entry.n,
      calendarId: String(entry['calendarId']),
      id,
      summary: String(entry['summary']),
      start: Date.parse(String(entry['start'])),
      end: Date.parse(String(entry['end'])),
      since: at,
      until: Number.POSITIVE_INFINITY,
    }
    open.set(id, booking)
    bookings.push(booking)
  }
  return bookings
}

export const isFinal = (booking: Booking) => booking.until === Number.POSITIVE_INFINITY

/** Our title ends with the contact's name. */
export const isOf = (name: string) => (booking: Booking) => booking.summary.endsWith(`: ${name}`)
