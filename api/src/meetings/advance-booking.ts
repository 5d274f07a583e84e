import {
  actions,
  type CalendarAnswer,
  type CalendarPurpose,
  type Decision,
  type GoogleAnswer,
  type TurnLease,
} from '@lead/contract'
import type { PoolClient } from 'pg'
import { texts } from '../../../texts/index.ts'
import type { App, Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { forgetBusy, readBusy } from '../calendar/busy-times.ts'
import { loseCalendar } from '../calendar/calendar-access.ts'
import { judgeTrouble } from '../calendar/judge-trouble.ts'
import { inTransaction } from '../database/pool.ts'
import { faultPoint } from '../process/fault-point.ts'
import { inviteEmailOf } from '../leads/invite-email.ts'
import type { Lead } from '../leads/lead.ts'
import { takeBackInviteQuestion } from '../turns/ask-invite-email.ts'
import { calendarAwayDecision } from '../turns/calendar-away-decision.ts'
import { endTurn, type LockedTurn, lockTurn, type RunningTurn } from '../turns/engine/engine.ts'
import { noteGoogle } from '../outages/note-google.ts'
import { failTurn } from '../turns/fail-turn.ts'
import { handOverToHuman } from '../leads/hand-over.ts'
import { whyOnlyThought } from '../leads/only-thought.ts'
import { setControl } from '../leads/set-control.ts'
import { bookedMeeting, meetingOfTurn } from './booked-meeting.ts'
import { calendarRequest } from './calendar-request.ts'
import { flagOverlap } from './flag-overlap.ts'
import { letGo } from './let-go.ts'
import { markBooked } from './mark-booked.ts'
import { meetingWhen } from './meeting-when.ts'
import { announceMeeting } from '../webhooks/announce.ts'
import { extrasOf, type Meeting } from './google-event.ts'
import { guestToInvite, inviteGuest, markGuest } from './invite-guest.ts'
import { leaveOut } from './leave-out.ts'
import { firstStep, judgeAnswer, type Verdict } from './next-calendar-step.ts'
import { tellTheOperator } from './tell-the-operator.ts'

/** Whether it is Google that asks to come back later, and not the time that another lead asks for. */
const isGoogles = (answer: GoogleAnswer | undefined) => answer && judgeTrouble(answer)?.next === 'later'

const purposeOf = ({ decision }: RunningTurn) => decision && actions[decision.sales.action].calendar

/**
 * Takes Google's last answer for the turn's meeting and says what to ask next, until the calendar agrees with the decision.
 * Called first without an answer.
 */
export async function advanceBooking(
  app: App,
  lease: TurnLease,
  answer?: GoogleAnswer,
): Promise<CalendarAnswer> {
  if (!answer && (await hasNothingToAsk(app, lease))) return { next: 'done' }
  const { isFinished: _isFinished, ...next } = await bookOrFinish(app, lease, answer)
  return next
}

/** The same; and where a turn has nothing to ask of Google, `finish` is its next step, in the same transaction. */
export async function bookOrFinish(
  app: App,
  lease: TurnLease,
  answer?: GoogleAnswer,
  finish?: (tx: PoolClient, locked: LockedTurn) => Promise<void>,
): Promise<CalendarAnswer & { isFinished?: true }> {
  type Step = CalendarAnswer & { changed?: string; later?: string; isFinished?: true }
  let isGoogleAway = true
  const result = await inTransaction(app.db, async (tx): Promise<Step> => {
    const locked = await lockTurn(tx, lease)
    if (!locked?.turn.decision) return { next: 'stop', reason: 'another execution has this turn' }
    const { turn, lead } = locked
    isGoogleAway = locked.isGoogleAway
    if (finish && !answer && asksNothing(locked)) {
      await finish(tx, locked)
      return { next: 'done', isFinished: true }
    }
    const purpose = purposeOf(turn)
    if (!purpose) return inviteGuest(app, tx, turn, lead, answer)
    const meeting = await meetingFor(tx, turn, purpose)
    if (await whyOnlyThought(app, tx, lead.id)) {
      if (meeting && meeting.status === 'held') await letGo(tx, meeting)
      return { next: 'done' }
    }
    if (!meeting || meeting.status === 'cancelled') return { next: 'done' }
    const asked = turn.calendar_step
    // Booked, and whether anything else is at that time was looked at.
    const isBooked = meeting.status === 'booked' && purpose !== 'cancel'
    if (isBooked && asked !== 'recheck') return inviteGuest(app, tx, turn, lead, answer)
    const context = {
      leadId: lead.id,
      purpose,
      calendarId: meeting.calendar_id,
      eventId: meeting.google_event_id,
      startsAt: meeting.starts_at,
      endsAt: meeting.ends_at,
      extras: extrasOf(app.business, lead, meeting),
      previous:
        meeting.previous_starts_at && meeting.previous_ends_at
          ? { startsAt: meeting.previous_starts_at, endsAt: meeting.previous_ends_at }
          : null,
    }
    // The hold ran out before Google was asked: the time may be another lead's by now.
    const gone = meeting.status === 'expired' || meeting.status === 'released'
    const judged: Verdict =
      answer && asked
        ? judgeAnswer(context, asked, answer)
        : { next: isBooked ? 'recheck' : firstStep(purpose) }
    const verdict: Verdict = gone ? { next: 'lost' } : judged
    const carried: Step = await carryOut(app, tx, turn, lead, meeting, verdict)
    // The booking is known already: nothing of it is lost should the end fail.
    if (finish && verdict.next === 'settled' && carried.next === 'done') {
      await finish(tx, locked)
      carried.isFinished = true
    }
    faultPoint('calendar.before-commit')
    return carried
  }).catch((error: { code?: string }) => {
    // A move is given up, and another lead's hold is on the old time: it ends when Google says that our event is still there.
    if (error.code !== '23P01') throw error
    const later = 'the old time of the meeting is being asked for by another lead'
    return { next: 'stop' as const, reason: later, later, changed: undefined }
  })
  faultPoint('calendar.committed')
  if (result.changed) await forgetBusy(app, result.changed)
  if (result.later)
    await failTurn(app, lease, { reason: result.later, service: isGoogles(answer) ? 'google' : undefined })
  else if (answer && (isGoogleAway || isGoogles(answer))) await noteGoogle(app, app.db, answer)
  if (result.next === 'again') {
    const busy = await readBusy(app)
    return { ...result, busy, askGoogle: busy === null }
  }
  const { changed: _changed, later: _later, ...clean } = result
  return clean
}

/** Most turns only say something. Looked at once and without a transaction: nothing is written. */
async function hasNothingToAsk(app: Ports<'db'>, lease: TurnLease): Promise<boolean> {
  const seen = await lockTurn(app.db, lease)
  return seen?.turn.decision != null && asksNothing(seen)
}

const asksNothing = ({ turn, lead }: LockedTurn) => !purposeOf(turn) && guestToInvite(lead) === null

async function meetingFor(
  tx: PoolClient,
  turn: RunningTurn,
  purpose: CalendarPurpose,
): Promise<Meeting | null> {
  const own = await meetingOfTurn(tx, turn.id)
  if (own || purpose !== 'cancel') return own
  const booked = await bookedMeeting(tx, turn.lead_id)
  if (!booked) return null
  await tx.query('update calendar_events set turn_id = $2 where id = $1', [booked.id, turn.id])
  return booked
}

async function carryOut(
  app: Ports<'business' | 'log'>,
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
  meeting: Meeting,
  verdict: Verdict,
): Promise<CalendarAnswer & { changed?: string; later?: string }> {
  const log = (action: string, details: Record<string, unknown> = {}) =>
    audit(tx, {
      actor: 'system',
      action,
      leadId: lead.id,
      turnId: turn.id,
      details: { meeting: meeting.id, ...details },
    })

  switch (verdict.next) {
    case 'booked':
      await markBooked(tx, meeting.id, { event: verdict.event })
      if (purposeOf(turn) === 'book' && extrasOf(app.business, lead, meeting).includes('guest'))
        await markGuest(tx, meeting.id, inviteEmailOf(lead))
      await log('meeting.booked', { startsAt: meeting.starts_at.toISOString() })
      await tx.query(`update turns set calendar_step = 'recheck' where id = $1`, [turn.id])
      return {
        next: 'recheck',
        request: calendarRequest(app, 'recheck', meeting, lead),
        changed: meeting.calendar_id,
      }
    case 'settled':
      await tx.query('update turns set calendar_step = null where id = $1', [turn.id])
      if (verdict.overlaps.length > 0) await flagOverlap(app, tx, turn.id, lead, meeting, verdict.overlaps)
      return inviteGuest(app, tx, turn, lead)
    case 'cancelled':
      await tx.query(`update calendar_events set status = 'cancelled', updated_at = now() where id = $1`, [
        meeting.id,
      ])
      await log('meeting.cancelled')
      await announceMeeting(tx, 'meeting.cancelled', meeting)
      return { next: 'done', changed: meeting.calendar_id }
    case 'lost':
      await letGo(tx, meeting)
      if (turn.kind === 'operator') {
        await log('meeting.lost', { startsAt: meeting.starts_at.toISOString() })
        return giveUp(
          tx,
          turn,
          lead,
          'the new time is taken in Google Calendar',
          texts[lead.language ?? app.business.language].task.newTimeTaken,
        )
      }
      await takeBackInviteQuestion(tx, turn.id, lead.id)
      await tx.query(
        `update turns set decision = null, decided_at = null, calendar_step = null, refusals = refusals + 1,
           trace = jsonb_set(trace, '{lost}', coalesce(trace -> 'lost', '[]') || $2::jsonb) where id = $1`,
        [turn.id, JSON.stringify([meeting.starts_at.toISOString()])],
      )
      await log('meeting.lost', { startsAt: meeting.starts_at.toISOString() })
      return {
        next: 'again',
        problem: 'that time has just been taken; offer other times',
        busy: null,
        askGoogle: false,
        changed: meeting.calendar_id,
      }
    case 'later':
      return { next: 'stop', reason: verdict.reason, later: verdict.reason }
    case 'without': {
      const lighter = await leaveOut(app, tx, turn.id, lead, meeting, verdict)
      await log('meeting.without', { extra: verdict.extra, reason: verdict.reason })
      return { next: 'insert', request: calendarRequest(app, 'insert', lighter, lead) }
    }
    case 'impossible':
    case 'disconnected': {
      if (verdict.next === 'disconnected')
        await loseCalendar(app, tx, { ...verdict, calendarId: meeting.calendar_id })
      if (purposeOf(turn) !== 'cancel') await letGo(tx, meeting)
      if (turn.kind === 'operator' || !turn.decision) return giveUp(tx, turn, lead, verdict.reason)
      const language = lead.language ?? app.business.language
      const when = purposeOf(turn) === 'cancel' ? null : meetingWhen(app.business, meeting, language)
      await sayThatAHumanConfirms(
        tx,
        turn,
        lead,
        calendarAwayDecision(turn.decision, {
          language,
          when,
          why: verdict.reason,
          refused: verdict.next === 'impossible',
        }),
      )
      await log('meeting.not_confirmed', { reason: verdict.reason })
      return { next: 'done', changed: meeting.calendar_id }
    }
    default: {
      if (meeting.status === 'held')
        await tx.query(`update calendar_events set status = 'booking', updated_at = now() where id = $1`, [
          meeting.id,
        ])
      await tx.query('update turns set calendar_step = $2 where id = $1', [turn.id, verdict.next])
      return { next: verdict.next, request: calendarRequest(app, verdict.next, meeting, lead) }
    }
  }
}

/** The turn ends here; a human gets the lead. What a human had asked for, that human is told of, and the assistant goes on. */
async function giveUp(
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
  reason: string,
  told = reason,
): Promise<{ next: 'stop'; reason: string }> {
  await endTurn(tx, { turnId: turn.id, fencing: turn.fencing }, 'failed', reason)
  const task = { leadId: lead.id, turnId: turn.id, by: 'system', reason: told }
  if (turn.kind === 'operator') await tellTheOperator(tx, task)
  else await handOverToHuman(tx, lead.id, task)
  return { next: 'stop', reason }
}

/** Another decision takes the place of the one that cannot be carried out: the turn says it and ends as any other. */
async function sayThatAHumanConfirms(
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
  decision: Decision,
): Promise<void> {
  await tx.query('update turns set decision = $2, calendar_step = null where id = $1', [turn.id, decision])
  await takeBackInviteQuestion(tx, turn.id, lead.id)
  if (lead.control !== 'ai') return
  await setControl(tx, lead.id, {
    control: 'human',
    source: 'decision',
    by: 'ai',
    reason: decision.sales.note,
    turnId: turn.id,
  })
}
