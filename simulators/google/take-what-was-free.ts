import { insertEvent } from './event-changes.ts'
import { calendarOf, type Google } from './world.ts'

type Asked = { timeMin: string; timeMax: string; items: { id: string }[] }

/**
 * A fault `{match: {kind: 'freeBusy'}, fault: {error: 'taken'}}`: right after the answer a human puts an event over all of the time that
 * was asked about, in each calendar. The way to a double booking that no check before an insert can close.
 */
export function takeWhatWasFree(google: Google, body: unknown): void {
  const { faults, world } = google
  // A rule that matches everything is meant for HTTP calls and must not be used up here.
  if (!faults.list().some(({ match }) => match.kind === 'freeBusy')) return
  const { timeMin, timeMax, items } = body as Asked
  const hours = (Date.parse(timeMax) - Date.parse(timeMin)) / 3_600_000
  if (faults.take({ kind: 'freeBusy', hours })?.error !== 'taken') return
  for (const { id } of items) {
    const event = { summary: 'Taken', start: { dateTime: timeMin }, end: { dateTime: timeMax } }
    insertEvent(google, calendarOf(world, id), event, { by: 'human' })
  }
}
