import type { CalendarStep } from '@lead/contract'
import type { App } from '../app.ts'
import type { Lead } from '../leads/lead.ts'
import { googleEvent, type Meeting } from './google-event.ts'

/** The request to Google Calendar that a step is. n8n adds the method of its node and the credential. */
export function calendarRequest(
  app: App,
  step: CalendarStep,
  meeting: Meeting,
  lead: Lead,
): { url: string; body?: unknown } {
  const base = `${app.config.google.baseUrl}/calendar/v3`
  const events = `${base}/calendars/${encodeURIComponent(meeting.calendar_id)}/events`
  const event = `${events}/${meeting.google_event_id}`
  const range = { start: meeting.starts_at.toISOString(), end: meeting.ends_at.toISOString() }
  switch (step) {
    case 'find':
      return { url: event }
    case 'check':
      return {
        url: `${base}/freeBusy`,
        body: { timeMin: range.start, timeMax: range.end, items: [{ id: meeting.calendar_id }] },
      }
    case 'insert':
      return {
        url: `${events}?conferenceDataVersion=1&sendUpdates=all`,
        body: googleEvent(app.business, lead, meeting),
      }
    case 'move': {
      const { start, end } = googleEvent(app.business, lead, meeting)
      return { url: `${event}?sendUpdates=all`, body: { start, end } }
    }
    case 'recheck': {
      const window = new URLSearchParams({
        timeMin: range.start,
        timeMax: range.end,
        singleEvents: 'true',
        maxResults: '50',
      })
      return { url: `${events}?${window}` }
    }
    case 'remove':
      return { url: `${event}?sendUpdates=all` }
  }
}
