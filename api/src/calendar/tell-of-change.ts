import { formatSlot } from '@lead/scheduling'
import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Meeting } from '../meetings/google-event.ts'
import { endMeetingTask, setMeetingTask } from '../meetings/meeting-task.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { noteFinding } from '../restore/note-finding.ts'
import { restoreThatForgot, unsettledRestore } from '../restore/restore-window.ts'
import { announceMeeting } from '../webhooks/announce.ts'
import { setMeetingTimers } from '../turns/set-timers.ts'

type Span = { startsAt: Date; endsAt: Date }

export type MeetingChange =
  | { what: 'gone' }
  /** `hourIsKnown`: false when it was made all-day; then a human tells the lead. */
  | { what: 'moved'; at: Span; etag: string | undefined; hourIsKnown: boolean }
  | { what: 'restored'; at: Span; etag: string | undefined }

const events = { gone: 'meeting.cancelled', moved: 'meeting.moved', restored: 'meeting.booked' } as const
const actions = {
  gone: 'meeting.deleted_in_calendar',
  moved: 'meeting.moved_in_calendar',
  restored: 'meeting.restored_in_calendar',
}

/**
 * The card, its task, the reminders and the lead hear what became of a meeting in the calendar. What only a restore has forgotten was told
 * when it happened: then nothing is said again.
 */
export async function tellOfChange(
  app: Ports<'business' | 'now'>,
  tx: PoolClient,
  lead: Lead,
  meeting: Meeting,
  change: MeetingChange & { updatedAt: Date | null },
): Promise<void> {
  const forgotten = change.updatedAt
    ? await restoreThatForgot(tx, change.updatedAt)
    : await unsettledRestore(tx)
  const language = lead.language ?? app.business.language
  const at = change.what === 'gone' ? null : change.at.startsAt
  const zone = lead.time_zone ?? app.business.timeZone
  const alsoIn =
    app.business.sellers.find((seller) => seller.id === meeting.seller_id)?.timeZone ?? app.business.timeZone
  const when = at ? formatSlot(at.toISOString(), zone, language, { withZone: true, alsoIn }) : ''
  const version = change.what === 'gone' ? 'gone' : `${change.at.startsAt.getTime()}:${change.etag ?? ''}`
  const key = `calendar:${meeting.google_event_id}:${version}`
  await audit(tx, {
    actor: 'human',
    action: actions[change.what],
    leadId: lead.id,
    details: { meeting: meeting.id, when },
  })
  const span = change.what === 'gone' ? {} : { starts_at: change.at.startsAt, ends_at: change.at.endsAt }
  if (!forgotten) await announceMeeting(tx, events[change.what], { ...meeting, ...span })
  const to = { leadId: lead.id, turnId: null, channel: 'amocrm' } as const
  const meetingLink = at ? meeting.meet_link : null
  await enqueue(tx, {
    ...to,
    key: `${key}:lead`,
    payload: {
      kind: 'lead',
      stage: at ? 'booked' : 'qualified',
      fields: {
        meetingAt: at?.toISOString() ?? null,
        ...(at && meetingLink === null ? {} : { meetingLink }),
      },
    },
  })
  if (forgotten)
    await noteFinding(tx, forgotten.id, {
      kind: 'meeting',
      ref: `event:${meeting.google_event_id}:${version}`,
      leadId: lead.id,
      detail: `${change.what} ${at?.toISOString() ?? ''}`.trim(),
    })
  const note = texts[language].card.inCalendar[change.what](when)
  if (!forgotten) await enqueue(tx, { ...to, key: `${key}:note`, payload: { kind: 'note', text: note } })
  if (at) {
    const moved = { ...meeting, starts_at: at }
    await setMeetingTask(app, tx, lead, moved, { turnId: null, key: `${key}:task` })
  } else await endMeetingTask(app, tx, lead, meeting, null)
  await setMeetingTimers(app, tx, lead.id)
  if (change.what === 'moved' && !change.hourIsKnown) return
  if (forgotten || !app.business.meeting.tellLeadOfCalendarChanges || !mayWrite(lead, app.now())) return
  const said = texts[language].lead.meeting[change.what](when)
  await queueMessage(tx, { leadId: lead.id, turnId: null, author: 'system', text: said, key: `${key}:send` })
}
