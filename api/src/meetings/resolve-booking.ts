import type { GoogleAnswer } from '@lead/contract'
import { z } from 'zod'
import { texts } from '../../../texts/index.ts'
import type { App } from '../app.ts'
import { audit } from '../database/audit.ts'
import { forgetBusy } from '../calendar/busy-times.ts'
import { type CalendarChange, calendarEventSchema, changeOf } from '../calendar/calendar-event.ts'
import { followCalendar } from '../calendar/follow-calendar.ts'
import { loseCalendar } from '../calendar/calendar-access.ts'
import { judgeTrouble } from '../calendar/judge-trouble.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import { setStage } from '../leads/set-stage.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { restoreThatForgot } from '../restore/restore-window.ts'
import { setMeetingTimers } from '../turns/set-timers.ts'
import type { Meeting } from './google-event.ts'
import { letGo } from './let-go.ts'
import { lockMeeting } from './lock-meeting.ts'
import { markBooked } from './mark-booked.ts'
import { setMeetingTask } from './meeting-task.ts'
import { meetingWhen } from './meeting-when.ts'

const eventSchema = calendarEventSchema.extend({ status: z.string() })

/**
 * Takes Google's answer for a meeting whose turn ended without knowing what became of it. In the calendar: it is booked, the card says
 * so, and a human is asked to tell the lead. Not in the calendar: the time is free again. Unclear: the next minute asks again.
 */
export async function resolveBooking(app: App, meetingId: number, answer: GoogleAnswer): Promise<void> {
  const resolved = await inTransaction(app.db, async (tx) => {
    const meeting = await lockMeeting(tx, { id: meetingId })
    if (meeting?.status !== 'booking') return null
    const { rowCount: isUnderWay } = await tx.query(
      `select from turns where id = $1 and state in ('running', 'pending')`,
      [meeting.turn_id],
    )
    if (isUnderWay) return null
    const found = whereIsIt(meeting, answer)
    if (found === 'unknown') {
      const trouble = judgeTrouble(answer)
      if (trouble?.next === 'disconnected')
        await loseCalendar(app, tx, { ...trouble, calendarId: meeting.calendar_id })
      return null
    }
    if (found === 'booked') await finish(app, tx, meeting, eventSchema.parse(answer.body))
    // It was booked once: followed below as a meeting that was deleted in the calendar.
    else if (found === 'gone') await markBooked(tx, meeting.id)
    else await letGo(tx, meeting)
    await audit(tx, {
      actor: 'system',
      action: 'meeting.resolved',
      leadId: meeting.lead_id,
      details: { meeting: meeting.id, found },
    })
    await setMeetingTimers(app, tx, meeting.lead_id)
    return { meeting, found }
  })
  if (resolved === null) return
  const { meeting, found } = resolved
  await forgetBusy(app, meeting.calendar_id)
  const change = changeAt(meeting, found, answer)
  if (change) await followCalendar(app, change)
  for (const work of ['turns', 'amocrm'] as const) app.wake.up(work)
}

type Found = 'booked' | 'as before' | 'not there' | 'gone' | 'unknown'

function whereIsIt(meeting: Meeting, { status, body }: GoogleAnswer): Found {
  const isMove = meeting.previous_starts_at !== null
  if (status === 404 || status === 410) return isMove ? 'gone' : 'not there'
  const event = status === 200 ? eventSchema.safeParse(body) : null
  if (!event?.success) return 'unknown'
  if (event.data.status === 'cancelled') return isMove ? 'gone' : 'not there'
  if (event.data.extendedProperties?.private?.['leadId'] !== String(meeting.lead_id)) return 'not there'
  if (event.data.start?.dateTime?.getTime() === meeting.starts_at.getTime()) return 'booked'
  // Moved by hand meanwhile: taken as it was planned, then followed to where it is.
  return isMove ? 'as before' : 'booked'
}

/** What a human did to the event in the meantime. The calendar sync has passed over it: it was not booked then. */
function changeAt(meeting: Meeting, found: Found, { body }: GoogleAnswer): CalendarChange | null {
  const id = meeting.google_event_id
  if (found === 'gone') return { id, gone: true }
  if (found !== 'booked') return null
  return { ...changeOf(eventSchema.parse(body)), id }
}

async function finish(
  app: App,
  tx: Queryable,
  meeting: Meeting,
  event: z.infer<typeof eventSchema>,
): Promise<void> {
  await markBooked(tx, meeting.id, { event })
  const lead = await requireLead(findLead(tx, meeting.lead_id))
  await setStage(tx, lead.id, { stage: 'booked', by: 'calendar' })
  const key = `resolved:${meeting.google_event_id}:${meeting.starts_at.getTime()}`
  const to = { leadId: lead.id, turnId: null, channel: 'amocrm' } as const
  const meetingLink = event.hangoutLink ?? meeting.meet_link
  await enqueue(tx, {
    ...to,
    key: `${key}:lead`,
    payload: {
      kind: 'lead',
      stage: 'booked',
      fields: { meetingAt: meeting.starts_at.toISOString(), ...(meetingLink ? { meetingLink } : {}) },
    },
  })
  await setMeetingTask(app, tx, lead, meeting, { turnId: null, key: `${key}:task` })
  // Of what a restore forgot the lead was told then.
  if (event.updated && (await restoreThatForgot(tx, event.updated))) return
  const language = lead.language ?? app.business.language
  await enqueue(tx, {
    ...to,
    key: `${key}:tell`,
    payload: {
      kind: 'task',
      text: texts[language].task.leadNotTold(meetingWhen(app.business, meeting, language)),
      dueInMin: 30,
    },
  })
}
