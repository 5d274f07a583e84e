import type { App } from '../app.ts'
import { googlePlace, type GooglePlace } from '../calendar/google-place.ts'
import type { Lead } from '../leads/lead.ts'
import { googleEvent, type Meeting } from './google-event.ts'
import type { CalendarStep } from './next-calendar-step.ts'

/** What of a request to Google is this turn's own. n8n's node has the method, the host, the path and the credential. */
export type CalendarRequest = GooglePlace & { body?: unknown }

/** The request to Google Calendar that a step is. @throws for an id that could lead to another place */
export function calendarRequest(app: App, step: CalendarStep, meeting: Meeting, lead: Lead): CalendarRequest {
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
