import type { PoolClient } from 'pg'
import type { App, Ports } from '../app.ts'
import type { CalendarChange } from '../calendar/calendar-event.ts'
import { isExcluded } from '../database/judge-database-error.ts'
import { inTransaction } from '../database/pool.ts'
import { type Lead, lockLead } from '../leads/lead.ts'
import { setStage } from '../leads/set-stage.ts'
import { mayEnter } from '../leads/stage-rank.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { markBooked } from '../meetings/mark-booked.ts'
import { setMeetingTask } from '../meetings/meeting-task.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { setMeetingTimers } from '../turns/set-timers.ts'
import { noteFinding } from './note-finding.ts'
import { restoreThatForgot } from './restore-window.ts'

/** `not now`: its lead is not known yet, and may be once amoCRM was read. */
type Adopted = 'adopted' | 'not ours' | 'not now'
type Event = Extract<CalendarChange, { gone: false }> & { at: { startsAt: Date; endsAt: Date } }

/**
 * A meeting in the calendar with our marks that a restored database knows nothing of, or only that it was about to be booked, is booked:
 * the lead was told then. One that is booked in the database too is none for this, nor what a human made.
 */
export async function adoptMeeting(app: App, calendarId: string, change: CalendarChange): Promise<Adopted> {
  if (change.gone || change.leadId === null || 'day' in change.at) return 'not ours'
  const { leadId, createdAt, updatedAt } = change
  const event: Event = { ...change, at: change.at }
  const adopted = await inTransaction(app.db, async (tx): Promise<Adopted> => {
    const restore =
      (updatedAt && (await restoreThatForgot(tx, updatedAt))) ??
      (createdAt && (await restoreThatForgot(tx, createdAt)))
    if (!restore) return 'not ours'
    const lead = await lockLead(tx, leadId)
    const { rows } = await tx.query<Meeting>(
      'select * from calendar_events where google_event_id = $1 for update',
      [event.id],
    )
    const [known] = rows
    if (known?.status === 'booked' || known?.status === 'cancelled') return 'not ours'
    const finding = { ref: `event:${event.id}`, detail: `booked ${event.at.startsAt.toISOString()}` }
    if (!lead) {
      if (!restore.settled_at) return 'not now'
      await noteFinding(tx, restore.id, {
        kind: 'unknown',
        ...finding,
        detail: `${finding.detail}, lead ${leadId}`,
      })
      return 'not ours'
    }
    const meeting = await putInto(app, tx, lead, calendarId, event)
    if (!meeting) {
      const detail = `${finding.detail}, and another lead's meeting is at that time, or its calendar is no seller's`
      await noteFinding(tx, restore.id, { kind: 'check', ...finding, leadId, detail })
      return 'adopted'
    }
    await noteFinding(tx, restore.id, { kind: 'meeting', ...finding, leadId })
    await followBooked(app, tx, lead, meeting)
    return 'adopted'
  })
  if (adopted === 'adopted') for (const work of ['turns', 'amocrm'] as const) app.wake.up(work)
  return adopted
}

/** @returns null when the time is another meeting's, or the calendar no seller's */
async function putInto(
  app: Ports<'business'>,
  tx: PoolClient,
  lead: Lead,
  calendarId: string,
  { id, at: { startsAt, endsAt }, etag, meetLink }: Event,
): Promise<Meeting | null> {
  const { bufferBeforeMin, bufferAfterMin } = app.business.meeting
  await tx.query('savepoint adopt')
  try {
    const { rows } = await tx.query<Meeting>(
      `insert into calendar_events as e (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id)
       select $1, s.id, 'booking', $3, $4,
              tstzrange($3::timestamptz - make_interval(mins => $5), $4::timestamptz + make_interval(mins => $6), '[)'), $2, $7
       from sellers s where s.calendar_id = $2 order by s.active desc, s.id limit 1
       on conflict (google_event_id) do update set status = 'booking', starts_at = excluded.starts_at, ends_at = excluded.ends_at,
         blocked = excluded.blocked, previous_starts_at = null, previous_ends_at = null
       returning *`,
      [lead.id, calendarId, startsAt, endsAt, bufferBeforeMin, bufferAfterMin, id],
    )
    const [meeting] = rows
    if (!meeting) return null
    await markBooked(tx, meeting.id, { event: { etag, hangoutLink: meetLink ?? undefined } })
    return { ...meeting, status: 'booked', meet_link: meetLink ?? meeting.meet_link }
  } catch (error) {
    if (!isExcluded(error)) throw error
    await tx.query('rollback to savepoint adopt')
    return null
  }
}

/** Stage, card and reminders agree with it; what stands on the card already is written no second time. */
async function followBooked(app: App, tx: PoolClient, lead: Lead, meeting: Meeting): Promise<void> {
  if (mayEnter(lead, 'booked')) await setStage(tx, lead.id, { stage: 'booked', by: 'calendar' })
  const key = `adopted:${meeting.google_event_id}:${meeting.starts_at.getTime()}`
  await enqueue(tx, {
    leadId: lead.id,
    turnId: null,
    channel: 'amocrm',
    key: `${key}:lead`,
    payload: {
      kind: 'lead',
      stage: 'booked',
      fields: {
        meetingAt: meeting.starts_at.toISOString(),
        ...(meeting.meet_link ? { meetingLink: meeting.meet_link } : {}),
      },
    },
  })
  await setMeetingTask(app, tx, lead, meeting, { turnId: null, key: `${key}:task` })
  await setMeetingTimers(app, tx, lead.id)
}
