import type { Ports } from '../app.ts'
import { readBusy } from '../calendar/busy-times.ts'
import { calendarStates } from '../calendar/calendar-states.ts'
import { workingHours } from '../settings/business.ts'
import { findMeetingsBetween } from './read-meetings.ts'
import { findOffered } from './read-offered.ts'
import type { Scope } from './visible-lead.ts'

/** The sellers' calendars between two instants: their hours, our meetings and holds, what leads were offered, and what else Google says is taken, while that is known. */
export async function readWeek(
  app: Ports<'db' | 'business' | 'cache' | 'now'>,
  scope: Scope,
  { from, to }: { from: Date; to: Date },
) {
  const sellers = app.business.sellers.filter(({ id }) => scope === null || scope.sellerId === id)
  const [meetings, offered, states, busy] = await Promise.all([
    findMeetingsBetween(app.db, { from, to, sellerId: scope?.sellerId ?? null }),
    findOffered(app.db, { from, to, sellerId: scope?.sellerId ?? null, now: app.now() }),
    calendarStates(app),
    readBusy(app),
  ])
  const overlaps = (span: { from: string; to: string }) =>
    Date.parse(span.from) < to.getTime() && Date.parse(span.to) > from.getTime()
  return {
    sellers: sellers.map((seller) => ({
      id: seller.id,
      name: seller.name,
      timeZone: seller.timeZone,
      connected: states.some((state) => state.sellerId === seller.id && state.connected),
      hours: workingHours(seller).flatMap(({ days, start, end }) =>
        days.map((day) => ({ day, from: start, to: end })),
      ),
      busy: busy?.[seller.id]?.filter(overlaps) ?? null,
    })),
    meetings,
    offered,
  }
}
