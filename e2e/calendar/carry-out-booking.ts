import {
  type CalendarStep,
  calendarSteps,
  type GoogleAnswer,
  type GoogleRequest,
  type TurnLease,
} from '@lead/contract'
import type { App } from '../../api/src/app.ts'
import { actOnDecision } from '../../api/src/turns/act-on-decision.ts'

/**
 * The acting part of the workflow `lead-processing`, without n8n: asks the API for the next request, sends it to Google, brings the
 * answer, until the message and the card are on their way. `at` is told of each moment between two effects.
 */
export async function carryOutBooking(
  app: App,
  lease: TurnLease,
  google: { url: string; token: string },
  at: (moment: string) => void = () => {},
): Promise<void> {
  let answer: GoogleAnswer | undefined
  for (let step = 0; ; step++) {
    at(`report ${step}`)
    const next = await actOnDecision(app, lease, answer)
    if (next.next === 'stop' || next.next === 'again' || next.next === 'done') return
    answer = await askGoogle(google, next.next, next.request)
    at(`google ${step}`)
  }
}

async function askGoogle(
  google: { url: string; token: string },
  step: CalendarStep,
  { calendarId, eventId, query, body }: GoogleRequest,
): Promise<GoogleAnswer> {
  const events = `calendars/${encodeURIComponent(calendarId)}/events`
  const paths = { freeBusy: 'freeBusy', events, event: `${events}/${eventId}` }
  const { method, path } = calendarSteps[step]
  const response = await fetch(`${google.url}/calendar/v3/${paths[path]}?${new URLSearchParams(query)}`, {
    method,
    headers: {
      authorization: `Bearer ${google.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, ...(text ? { body: JSON.parse(text) as unknown } : {}) }
}
