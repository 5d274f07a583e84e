import type { CalendarStep, GoogleRequest } from '@lead/contract'
import type { Ports } from '../app.ts'
import { googlePlace } from '../calendar/google-place.ts'
import type { Lead } from '../leads/lead.ts'
import { googleEvent, type Meeting } from './google-event.ts'

/** The request to Google Calendar that a step is. @throws for an id that could lead to another place */
export function calendarRequest(
  app: Ports<'business'>,
  step: CalendarStep,
  meeting: Meeting,
  lead: Lead,
): GoogleRequest {
  const { calendar_id: calendarId, google_event_id: eventId } = meeting
  const range = { start: meeting.starts_at.toISOString(), end: meeting.ends_at.toISOString() }
  switch (step) {
    case 'find':
      return googlePlace({ calendarId, eventId })
    case 'check':
      return {
        ...googlePlace({ calendarId }),
        body: { timeMin: range.start, timeMax: range.end, items: [{ id: calendarId }] },
      }
    case 'insert':
      return {
        ...googlePlace({ calendarId, query: { conferenceDataVersion: '1', sendUpdates: 'all' } }),
        body: googleEvent(app.business, lead, meeting),
      }
    case 'move': {
      const { start, end } = googleEvent(app.business, lead, meeting)
      return {
        ...googlePlace({ calendarId, eventId, query: { sendUpdates: 'all' } }),
        body: { start, end },
      }
    }
    case 'recheck':
      return googlePlace({
        calendarId,
        query: { timeMin: range.start, timeMax: range.end, singleEvents: 'true', maxResults: '50' },
      })
    case 'remove':
      return googlePlace({ calendarId, eventId, query: { sendUpdates: 'all' } })
  }
}
