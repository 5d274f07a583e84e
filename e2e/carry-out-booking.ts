import type { App } from '../api/src/app.ts'
import { advanceBooking } from '../api/src/bookings/advance-booking.ts'
import type { CalendarRequest } from '../api/src/bookings/calendar-request.ts'
import type { CalendarStep, GoogleAnswer } from '../api/src/bookings/next-calendar-step.ts'
import { completeTurn } from '../api/src/turns/complete-turn.ts'
import type { TurnLease } from '../api/src/turns/engine/engine.ts'
import { sendTurnMessage, updateCrmForTurn } from '../api/src/turns/turn-effects.ts'

const methods: Record<CalendarStep, string> = {
  find: 'GET',
  check: 'POST',
  insert: 'POST',
  move: 'PATCH',
  remove: 'DELETE',
  recheck: 'GET',
}

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
  { calendarId, eventId, query, body }: CalendarRequest,
): Promise<GoogleAnswer> {
  const events = `calendars/${encodeURIComponent(calendarId)}/events`
  const path = step === 'check' ? 'freeBusy' : eventId ? `${events}/${eventId}` : events
  const response = await fetch(`${google.url}/calendar/v3/${path}?${new URLSearchParams(query)}`, {
    method: methods[step],
    headers: {
      authorization: `Bearer ${google.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await response.text()
  return { status: response.status, ...(text ? { body: JSON.parse(text) as unknown } : {}) }
}
