import type { GoogleAnswer, SyncAnswer } from '@lead/contract'
import { z } from 'zod'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { judgeDatabaseError } from '../database/judge-database-error.ts'
import { noteGoogle } from '../outages/note-google.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { adoptMeeting } from '../restore/adopt-meeting.ts'
import { errorText } from '../text/storable.ts'
import { calendarEventSchema, changeOf } from './calendar-event.ts'
import { followCalendar } from './follow-calendar.ts'
import { forgetBusy } from './busy-times.ts'
import { loseCalendar, regainCalendar } from './calendar-access.ts'
import { judgeTrouble, type Trouble } from './judge-trouble.ts'
import { nextSyncRequest, readCursor, saveCursor } from './sync-plan.ts'

const pageSchema = z.looseObject({
  /** Each is read by itself: one that we do not understand must not stop the calendar. */
  items: z.array(z.unknown()).default([]),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
  /** What our account may do with this calendar. */
  accessRole: z.string().optional(),
})

const goneCalendar: Trouble = {
  next: 'disconnected',
  by: 'calendar',
  reason: 'Google does not know the calendar (404), or it is no longer shared with us',
}

/**
 * Takes one page of a calendar's changes. Meetings of ours that a human moved or deleted in Google are followed; everything
 * else only says that the cached busy times are old. 410: the token is too old, all is read anew.
 */
export async function takeSyncPage(app: App, calendarId: string, answer: GoogleAnswer): Promise<SyncAnswer> {
  const { status, body } = answer
  await noteGoogle(app, app.db, answer)
  if (status === 410) {
    await saveCursor(app, calendarId, {})
    return { next: 'more', request: await nextSyncRequest(app, calendarId) }
  }
  const page = pageSchema.safeParse(body)
  if (status !== 200 || !page.success) {
    app.log.warn(
      { calendarId, status, error: answer.error },
      'A calendar could not be read; it is tried again',
    )
    const trouble = status === 404 ? goneCalendar : judgeTrouble(answer)
    if (trouble?.next === 'disconnected') await loseCalendar(app, app.db, { ...trouble, calendarId })
    return { next: 'done' }
  }
  const { accessRole = 'writer' } = page.data
  if (accessRole === 'owner' || accessRole === 'writer') await regainCalendar(app, calendarId)
  else await loseCalendar(app, app.db, { by: 'calendar', calendarId, reason: `we are only ${accessRole}` })
  const cursor = await readCursor(app, calendarId)
  const { items, nextPageToken, nextSyncToken } = page.data
  const ids: string[] = []
  let isRead = true
  for (const item of items) {
    const id = idOf(item)
    if (id !== null) ids.push(id)
    if (!(await followItem(app, calendarId, id, item))) isRead = false
  }
  if (items.length > 0) await forgetBusy(app, calendarId)

  // A full reading names all that is there: a meeting of ours that it does not name is gone.
  const isFull = !cursor.syncToken
  const seen = isFull ? [...(cursor.seen ?? []), ...ids] : undefined
  if (nextPageToken) {
    await saveCursor(app, calendarId, { ...cursor, pageToken: nextPageToken, seen })
    return { next: 'more', request: await nextSyncRequest(app, calendarId) }
  }
  if (isFull)
    for (const id of await missingMeetings(app, calendarId, seen ?? []))
      await followCalendar(app, { id, gone: true })
  if (nextSyncToken && isRead) await saveCursor(app, calendarId, { syncToken: nextSyncToken })
  return { next: 'done' }
}

const idOf = (item: unknown): string | null =>
  z.looseObject({ id: z.string() }).safeParse(item).data?.id ?? null

/** @returns false when it has to be read again later */
async function followItem(app: App, calendarId: string, id: string | null, item: unknown): Promise<boolean> {
  try {
    const change = changeOf(calendarEventSchema.parse(item))
    const adopted = await adoptMeeting(app, calendarId, change)
    if (adopted === 'not now') return false
    if (adopted === 'not ours') await followCalendar(app, change)
  } catch (error) {
    if (judgeDatabaseError(error) === 'away') throw error
    app.log.error(
      { calendarId, event: id, reason: errorText(error) },
      'An event of a calendar could not be followed; the others were',
    )
    if (id !== null) await askHuman(app, id)
  }
  return true
}

/** Whether it is a meeting of ours that moved: a human has to look, for we cannot tell. */
async function askHuman(app: App, eventId: string): Promise<void> {
  const { rows } = await app.db.query<{ id: number; lead_id: number }>(
    `select id, lead_id from calendar_events where google_event_id = $1 and status = 'booked'`,
    [eventId],
  )
  for (const { id, lead_id: leadId } of rows) {
    await enqueue(app.db, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `calendar:${id}:unreadable:${app.now().toISOString().slice(0, 10)}`,
      payload: { kind: 'task', text: texts[app.business.language].task.unreadableChange, dueInMin: 60 },
    })
    app.wake.up('amocrm')
  }
}

/** Booked meetings to come that were booked before this reading began and are not in it. */
async function missingMeetings(app: Ports<'db'>, calendarId: string, seen: string[]): Promise<string[]> {
  const { rows } = await app.db.query<{ google_event_id: string }>(
    `select google_event_id from calendar_events
     where calendar_id = $1 and status = 'booked' and starts_at > now() + interval '1 minute'
       and updated_at < now() - interval '5 minutes' and google_event_id <> all($2)`,
    [calendarId, seen],
  )
  return rows.map((row) => row.google_event_id)
}
