import { readBookings } from './calendar-history.ts'
import { checkEach, type Invariant, type Violation } from './invariant.ts'

/** At no moment do two of our events overlap on one calendar. */
export const noOverlap: Invariant = {
  name: 'no overlapping meetings',
  check({ journals }) {
    const bookings = readBookings(journals.google)
    return checkEach(bookings, (one): Violation[] => {
      const other = bookings.find(
        (candidate) =>
          candidate.n < one.n &&
          candidate.id !== one.id &&
          candidate.calendarId === one.calendarId &&
          candidate.until > one.since &&
          candidate.start < one.end &&
          candidate.end > one.start,
      )
      if (!other) return []
      const where = [`google#${other.n}`, `google#${one.n}`]
      return [
        {
          what: `${one.calendarId}: ${other.summary} and ${one.summary} at ${new Date(one.start).toISOString()}`,
          where,
        },
      ]
    })
  },
}
