import type { SyncRequest } from '@lead/contract'
import type { Ports } from '../app.ts'
import { unfinishedMeetings } from '../meetings/unfinished-meetings.ts'
import { googlePlace } from './google-place.ts'

/** `timeMin`: where a full reading began; Google gives its further pages only to the very question of the first. */
type Cursor = { syncToken?: string; pageToken?: string; timeMin?: string; seen?: string[] }

const cursorName = (calendarId: string) => `google.sync:${calendarId}`

export async function readCursor(app: Ports<'db'>, calendarId: string): Promise<Cursor> {
  const { rows } = await app.db.query<{ value: Cursor }>('select value from cursors where name = $1', [
    cursorName(calendarId),
  ])
  return rows[0]?.value ?? {}
}

export async function saveCursor(app: Ports<'db'>, calendarId: string, value: Cursor): Promise<void> {
  await app.db.query(
    `insert into cursors (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [cursorName(calendarId), value],
  )
}

/**
 * What is to be asked of Google now: of each calendar what changed since the last token, or all that is to come when there is none;
 * and the meetings whose turn ended without knowing what became of them.
 */
export async function planSync(app: Ports<'db' | 'now'>): Promise<SyncRequest[]> {
  // Also those that are lost: the sync is what notices that they are back.
  const { rows } = await app.db.query<{ calendar_id: string }>(
    'select distinct calendar_id from sellers where active order by 1',
  )
  const changes = await Promise.all(rows.map((row) => nextSyncRequest(app, row.calendar_id)))
  const unfinished = await unfinishedMeetings(app)
  return [
    ...unfinished.map(({ id, calendar_id: calendarId, google_event_id: eventId }) => ({
      ...googlePlace({ calendarId, eventId }),
      meetingId: id,
    })),
    ...changes,
  ]
}

export async function nextSyncRequest(app: Ports<'db' | 'now'>, calendarId: string): Promise<SyncRequest> {
  const cursor = await readCursor(app, calendarId)
  const { syncToken, pageToken } = cursor
  const timeMin = syncToken ? undefined : (pageToken && cursor.timeMin) || app.now().toISOString()
  if (timeMin && timeMin !== cursor.timeMin) await saveCursor(app, calendarId, { ...cursor, timeMin })
  return googlePlace({
    calendarId,
    query: {
      singleEvents: 'true',
      maxResults: '250',
      ...(syncToken ? { syncToken } : timeMin ? { timeMin } : {}),
      ...(pageToken ? { pageToken } : {}),
    },
  })
}
