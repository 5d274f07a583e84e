import {
  type CalendarStep,
  calendarSteps,
  type GoogleAnswer,
  type GoogleRequest,
  type TurnLease,
} from '@lead/contract'
import type { App } from '../../api/src/app.ts'
import { advanceBooking } from '../../api/src/meetings/advance-booking.ts'
import { completeTurn } from '../../api/src/turns/complete-turn.ts'
import { sendTurnMessage, updateCrmForTurn } from '../../api/src/turns/turn-effects.ts'

/**
 * The acting part of the workflow `lead-processing`, without n8n: asks the API for the next request, sends it to Google, brings the
 * answer, and in the end has the message sent and the card written. `at` is told of each moment between two effects.
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
    const next = await advanceBooking(app, lease, answer)
    if (next.next === 'stop' || next.next === 'again') return
    if (next.next === 'done') break
    answer = await askGoogle(google, next.next, next.request)
    at(`google ${step}`)
  }
  at('send')
  await sendTurnMessage(app, lease)
  at('card')
  await updateCrmForTurn(app, lease)
  at('complete')
  await completeTurn(app, lease)
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
