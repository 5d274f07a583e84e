import { formatSlot } from '@lead/scheduling'
import type { Business } from '../settings/business.ts'
import type { Language } from '../leads/lead.ts'
import type { Meeting } from './google-event.ts'

/** A meeting's time as its seller reads it: weekday, date, time and zone. */
export function meetingWhen(
  business: Business,
  meeting: Pick<Meeting, 'seller_id' | 'starts_at'>,
  language: Language,
): string {
  const seller = business.sellers.find((one) => one.id === meeting.seller_id)
  return formatSlot(meeting.starts_at.toISOString(), seller?.timeZone ?? business.timeZone, language, {
    withZone: true,
  })
}
