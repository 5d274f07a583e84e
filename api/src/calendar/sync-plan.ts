import type { App } from '../app.ts'
import { activeSellers } from './busy-times.ts'

export type SyncRequest = { calendarId: string; url: string }
type Cursor = { syncToken?: string; pageToken?: string; seen?: string[] }

const cursorName = (calendarId: string) => `google.sync:${calendarId}`

export async function readCursor(app: App, calendarId: string): Promise<Cursor> {
  const { rows } = await app.db.query<{ value: Cursor }>('select value from cursors where name = $1', [
    cursorName(calendarId),
  ])
  return rows[0]?.value ?? {}
}

export async function saveCursor(app: App, calendarId: string, value: Cursor): Promise<void> {
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName(calendarId), value],
  )
}

/** The next request of each calendar's sync: what changed since the last token, or all that is to come when there is none. */
export async function planSync(app: App): Promise<SyncRequest[]> {
  const calendars = [...new Set((await activeSellers(app)).map((seller) => seller.calendar_id))]
  return Promise.all(calendars.map((calendarId) => nextSyncRequest(app, calendarId)))
}

export async function nextSyncRequest(app: App, calendarId: string): Promise<SyncRequest> {
  const { syncToken, pageToken } = await readCursor(app, calendarId)
  const parameters = new URLSearchParams({ singleEvents: 'true', maxResults: '250' })
  if (syncToken) parameters.set('syncToken', syncToken)
  else parameters.set('timeMin', app.now().toISOString())
  if (pageToken) parameters.set('pageToken', pageToken)
  const base = `${app.config.google.baseUrl}/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events`
  return { calendarId, url: `${base}?${parameters}` }
}
