import { createHash } from 'node:crypto'
import type { Business } from '../business.ts'
import type { Lead } from '../leads/lead.ts'

export type Meeting = {
  id: number
  lead_id: number
  seller_id: string
  turn_id: number | null
  status: 'held' | 'booking' | 'booked' | 'cancelled' | 'released' | 'expired'
  starts_at: Date
  ends_at: Date
  previous_starts_at: Date | null
  previous_ends_at: Date | null
  hold_until: Date | null
  calendar_id: string
  google_event_id: string
  etag: string | null
  meet_link: string | null
  /** Key of the outbox row that made the meeting's task in amoCRM. */
  task_key: string | null
}

/**
 * The Google id of what a turn books: the same for every repeat of the turn, another one after a lost time. Hex is within the
 * base32hex letters that Google allows. The turn's birth is in it, so that a database made anew never meets the ids of an older
 * one on the same calendar.
 */
export const googleEventId = (turn: { id: number; created_at: Date }, refusals: number) =>
  createHash('sha256')
    .update(`turn:${turn.id}:${turn.created_at.getTime()}:${refusals}`)
    .digest('hex')
    .slice(0, 40)

/** The body of events.insert. The private properties let anybody find our meeting again from Google's side. */
export function googleEvent(business: Business, lead: Lead, meeting: Meeting) {
  const language = lead.language ?? business.language
  const zone =
    business.sellers.find((seller) => seller.id === meeting.seller_id)?.timeZone ?? business.timeZone
  const facts = Object.entries(lead.facts).map(([name, value]) => `${name}: ${value}`)
  return {
    id: meeting.google_event_id,
    summary: business.meeting.title[language].replace('{lead}', () => lead.contact_name ?? lead.name),
    description: [`amoCRM #${lead.id}: ${lead.name}`, lead.phone, ...facts].filter(Boolean).join('\n'),
    start: { dateTime: meeting.starts_at.toISOString(), timeZone: zone },
    end: { dateTime: meeting.ends_at.toISOString(), timeZone: zone },
    ...(lead.email ? { attendees: [{ email: lead.email }] } : {}),
    extendedProperties: { private: { leadId: String(lead.id), bookingId: meeting.google_event_id } },
    ...(business.meeting.meetLink
      ? {
          conferenceData: {
            createRequest: {
              requestId: meeting.google_event_id,
              conferenceSolutionKey: { type: 'hangoutsMeet' },
            },
          },
        }
      : {}),
  }
}
