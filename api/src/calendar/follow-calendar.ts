import { formatSlot } from '@lead/scheduling'
import type { PoolClient } from 'pg'
import type { App } from '../app.ts'
import { audit } from '../audit.ts'
import { changeTexts } from '../bookings/change-texts.ts'
import type { Meeting } from '../bookings/google-event.ts'
import { lockMeeting } from '../bookings/lock-meeting.ts'
import { endMeetingTask, setMeetingTask } from '../bookings/meeting-task.ts'
import { inTransaction } from '../database/pool.ts'
import { findLead, type Lead, mayWrite } from '../leads/lead.ts'
import { setStage } from '../leads/set-stage.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { setMeetingTimers } from '../turns/set-timers.ts'

export type CalendarChange =
  | { id: string; gone: true }
  | { id: string; gone: false; etag: string | undefined; startsAt: Date; endsAt: Date }

const texts = {
  ru: {
    movedNote: 'Встреча перенесена в календаре: {when}',
    cancelledNote: 'Встреча удалена в календаре',
  },
  en: {
    movedNote: 'The meeting was moved in the calendar: {when}',
    cancelledNote: 'The meeting was deleted in the calendar',
  },
}

/** A human moved or deleted a meeting of ours in Google: our row, the card and, if the business wants it, the lead follow. */
export async function followCalendar(app: App, change: CalendarChange): Promise<void> {
  const followed = await inTransaction(app.db, async (tx) => {
    const meeting = await lockMeeting(tx, { googleEventId: change.id })
    if (meeting?.status !== 'booked') return false
    if (change.gone && (await isBeingCancelled(tx, meeting))) return false
    const moved = !change.gone && change.startsAt.getTime() !== meeting.starts_at.getTime()
    if (!change.gone && !moved) return false
    const lead = (await findLead(tx, meeting.lead_id))!
    if (change.gone) await cancel(tx, meeting, lead)
    else if (!(await move(tx, meeting, change))) {
      app.log.error({ meeting: meeting.id }, 'A meeting was moved in Google onto another meeting of ours')
      return false
    }
    await tellEverybody(app, tx, lead, meeting, change)
    if (change.gone) await endMeetingTask(app, tx, lead, meeting, null)
    else {
      const key = `calendar:${meeting.google_event_id}:${change.startsAt.getTime()}:${change.etag ?? ''}:task`
      await setMeetingTask(app, tx, lead, { ...meeting, starts_at: change.startsAt }, { turnId: null, key })
    }
    await setMeetingTimers(app, tx, lead.id)
    return true
  })
  if (!followed) return
  for (const work of ['turns', 'telegram', 'amocrm'] as const) app.wake.up(work)
}

/** We delete it ourselves right now: the turn tells everybody, and what it leaves undone `giveBackTurn` has looked for. */
async function isBeingCancelled(tx: PoolClient, meeting: Meeting): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select from turns where id = $1 and state = 'running' and decision -> 'sales' ->> 'action' = 'cancel'`,
    [meeting.turn_id],
  )
  return rowCount === 1
}

async function cancel(tx: PoolClient, meeting: Meeting, lead: Lead): Promise<void> {
  await tx.query(`update calendar_events set status = 'cancelled', updated_at = now() where id = $1`, [
    meeting.id,
  ])
  if (lead.stage === 'booked') await setStage(tx, lead.id, { stage: 'qualified', by: 'calendar' })
}

async function move(
  tx: PoolClient,
  meeting: Meeting,
  change: Extract<CalendarChange, { gone: false }>,
): Promise<boolean> {
  await tx.query('savepoint move')
  try {
    await tx.query(
      `update calendar_events set starts_at = $2, ends_at = $3, etag = $4, updated_at = now(),
         blocked = tstzrange($2::timestamptz - (starts_at - lower(blocked)), $3::timestamptz + (upper(blocked) - ends_at), '[)')
       where id = $1`,
      [meeting.id, change.startsAt, change.endsAt, change.etag ?? meeting.etag],
    )
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== '23P01') throw error
    await tx.query('rollback to savepoint move')
    return false
  }
}

async function tellEverybody(
  app: App,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  change: CalendarChange,
): Promise<void> {
  const language = lead.language ?? app.business.language
  const text = texts[language]
  const zone = lead.time_zone ?? app.business.timeZone
  const when = change.gone
    ? ''
    : formatSlot(change.startsAt.toISOString(), zone, language, { withZone: true })
  const key = `calendar:${meeting.google_event_id}:${change.gone ? 'gone' : `${change.startsAt.getTime()}:${change.etag ?? ''}`}`
  await audit(tx, {
    actor: 'human',
    action: change.gone ? 'meeting.deleted_in_calendar' : 'meeting.moved_in_calendar',
    leadId: lead.id,
    details: { meeting: meeting.id, when },
  })
  const to = { leadId: lead.id, turnId: null, channel: 'amocrm' } as const
  const meetingAt = change.gone ? null : change.startsAt.toISOString()
  await enqueue(tx, {
    ...to,
    key: `${key}:lead`,
    payload: {
      kind: 'lead',
      stage: change.gone ? 'qualified' : 'booked',
      fields: { meetingAt, ...(change.gone ? { meetingLink: null } : {}) },
    },
  })
  const note = change.gone ? text.cancelledNote : text.movedNote.replace('{when}', when)
  await enqueue(tx, { ...to, key: `${key}:note`, payload: { kind: 'note', text: note } })
  if (!app.business.meeting.tellLeadOfCalendarChanges || !mayWrite(lead, app.now())) return
  const { moved, cancelled } = changeTexts[language]
  const said = change.gone ? cancelled : moved.replace('{when}', when)
  await queueMessage(tx, { leadId: lead.id, turnId: null, author: 'system', text: said, key: `${key}:send` })
}
