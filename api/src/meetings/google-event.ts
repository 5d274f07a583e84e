import { createHash } from 'node:crypto'
import { texts } from '../../../texts/index.ts'
import type { Business } from '../settings/business.ts'
import { inviteEmailOf } from '../leads/invite-email.ts'
import type { Lead } from '../leads/lead.ts'
import { nameInTitle } from '../leads/name-in-title.ts'
import type { Extra } from './next-calendar-step.ts'

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
  updated_at: Date
  /** Extras that Google refused: it was booked without them. */
  left_out: Extra[]
  /** Whom Google was told to invite. */
  guest_email: string | null
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

/** What the event has besides its time: the lead as a guest, a Meet room; without what Google refused before. */
export const extrasOf = (business: Business, lead: Lead, meeting: Pick<Meeting, 'left_out'>): Extra[] =>
  [
    ...(inviteEmailOf(lead) ? ['guest' as const] : []),
    ...(business.meeting.meetLink ? ['conference' as const] : []),
  ].filter((extra) => !meeting.left_out.includes(extra))

/** Google takes 44 letters of a key, and 1024 of key and value. */
const longestValue = 960

/** Guests do not get them; whoever works with the calendar of the seller does. */
function privateProperties(lead: Lead, meeting: Meeting): Record<string, string> {
  const facts = Object.entries(lead.facts).map(([name, value]) => [`fact_${name}`.slice(0, 44), value])
  const known = {
    leadId: String(lead.id),
    bookingId: meeting.google_event_id,
    leadName: lead.name,
    phone: lead.phone,
  }
  return Object.fromEntries(
    [...facts, ...Object.entries(known)].flatMap(([name, value]) =>
      name && value ? [[name, value.slice(0, longestValue)]] : [],
    ),
  )
}

/** The body of events.insert. The private properties let anybody find our meeting again from Google's side. */
export function googleEvent(business: Business, lead: Lead, meeting: Meeting) {
  const language = lead.language ?? business.language
  const zone =
    business.sellers.find((seller) => seller.id === meeting.seller_id)?.timeZone ?? business.timeZone
  const extras = extrasOf(business, lead, meeting)
  const invited = inviteEmailOf(lead)
  return {
    id: meeting.google_event_id,
    summary: business.meeting.title[language].replaceAll('{lead}', () => nameInTitle(lead, language)),
    // Guests read it: nothing that we know of the lead, and nothing that the lead could have written.
    description: texts[language].event.description(business.company.name[language]),
    start: { dateTime: meeting.starts_at.toISOString(), timeZone: zone },
    end: { dateTime: meeting.ends_at.toISOString(), timeZone: zone },
    ...(extras.includes('guest') && invited ? { attendees: [{ email: invited }] } : {}),
    extendedProperties: { private: privateProperties(lead, meeting) },
    ...(extras.includes('conference')
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
