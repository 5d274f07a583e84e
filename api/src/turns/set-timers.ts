import type { Decision } from '@lead/contract'
import { readTime } from '@lead/scheduling'
import type { Ports } from '../app.ts'
import { bookedMeeting } from '../meetings/booked-meeting.ts'
import type { Meeting } from '../meetings/google-event.ts'
import type { Queryable } from '../database/pool.ts'
import { type Lead, mayWrite } from '../leads/lead.ts'
import { scheduleTurn } from './engine/engine.ts'

const followUpsDone = `select count(*)::int as done from turns
     where lead_id = $1 and kind = 'follow_up' and state = 'done'
       and finished_at > coalesce((select max(created_at) from messages where lead_id = $1 and direction = 'in'), '-infinity')`

/**
 * Sets the lead's next timer after a turn: a reminder of the meeting, the time the lead asked for, or a nudge on silence. An
 * older timer makes room; a reply of the lead replaces any.
 */
export async function setTimers(
  app: Ports<'business' | 'now'>,
  tx: Queryable,
  lead: Lead,
  decision: Decision | null,
  /** The lead's booked meeting, where it was just read. */
  booked?: Meeting | null,
): Promise<void> {
  const followUps = await dropTimers(tx, lead.id)
  if (!decision || !mayWrite(lead, app.now()) || lead.stage === 'lost') return
  if (await remind(app, tx, lead.id, booked)) return
  // Who was asked whether we shall stop is not nudged while the answer is out.
  if (lead.stage === 'booked' || lead.stop_asked_at) return
  const later = askedFor(app, lead, decision)
  const delayMs = later ? later.getTime() - app.now().getTime() : followUpAfter(app, followUps)
  if (delayMs === null || delayMs <= 0) return
  await scheduleTurn(tx, { leadId: lead.id, kind: 'follow_up', quietMs: delayMs, longestMs: delayMs })
}

/** The same where the decision is not known any more: a reminder, or a nudge on silence; nothing while a turn is due. */
export async function setNextNudge(app: Ports<'business' | 'now'>, tx: Queryable, lead: Lead): Promise<void> {
  const due = await tx.query(`select from turns where lead_id = $1 and state in ('pending', 'running')`, [
    lead.id,
  ])
  if (due.rowCount || !mayWrite(lead, app.now()) || lead.stage === 'lost') return
  if ((await remind(app, tx, lead.id)) || lead.stage === 'booked' || lead.stop_asked_at) return
  const delayMs = followUpAfter(app, await countFollowUps(tx, lead.id))
  if (delayMs !== null)
    await scheduleTurn(tx, { leadId: lead.id, kind: 'follow_up', quietMs: delayMs, longestMs: delayMs })
}

/** The same for a meeting that was changed in the calendar: only its reminders. */
export async function setMeetingTimers(
  app: Ports<'business' | 'now'>,
  tx: Queryable,
  leadId: number,
): Promise<void> {
  await dropTimers(tx, leadId)
  await remind(app, tx, leadId)
}

/** @returns how many follow-ups there were since the lead last spoke */
async function dropTimers(tx: Queryable, leadId: number): Promise<number> {
  const { rows } = await tx.query<{ done: number }>(
    `with dropped as (
       update turns set state = 'cancelled', finished_at = now(), last_error = 'another timer takes its place'
       where lead_id = $1 and state = 'pending' and kind in ('follow_up', 'reminder'))
     ${followUpsDone}`,
    [leadId],
  )
  return rows[0]?.done ?? 0
}

async function countFollowUps(tx: Queryable, leadId: number): Promise<number> {
  const { rows } = await tx.query<{ done: number }>(followUpsDone, [leadId])
  return rows[0]?.done ?? 0
}

/** The next of the reminders of business.yaml that is still to come. */
async function remind(
  app: Ports<'business' | 'now'>,
  tx: Queryable,
  leadId: number,
  booked?: Meeting | null,
): Promise<boolean> {
  const meeting = booked === undefined ? await bookedMeeting(tx, leadId) : booked
  if (!meeting) return false
  const delays = app.business.meeting.reminders
    .map(({ beforeMin }) => meeting.starts_at.getTime() - beforeMin * 60_000 - app.now().getTime())
    .filter((delayMs) => delayMs > 0)
  if (delays.length === 0) return false
  const delayMs = Math.min(...delays)
  await scheduleTurn(tx, { leadId, kind: 'reminder', quietMs: delayMs, longestMs: delayMs })
  return true
}

/** "Write me on Monday": the first moment of the time that the lead named. */
function askedFor(app: Ports<'business' | 'now'>, lead: Lead, { classification }: Decision): Date | null {
  if (classification?.intent !== 'snooze') return null
  const [found] = classification.timeQuotes.flatMap(
    (text) =>
      readTime({
        text,
        lang: classification.language,
        reference: app.now().toISOString(),
        tz: lead.time_zone ?? app.business.timeZone,
      }).found,
  )
  return found ? new Date('point' in found ? found.point : found.from) : null
}

/** The steps of business.yaml, one after another since the lead last spoke. */
function followUpAfter({ business }: Ports<'business'>, done: number): number | null {
  const step = business.followUps[done]
  return step ? step.afterHours * 3_600_000 : null
}
