import type { CalendarAnswer, GoogleAnswer, GoogleRequest } from '@lead/contract'
import type { PoolClient } from 'pg'
import { z } from 'zod'
import type { Ports } from '../app.ts'
import { loseCalendar } from '../calendar/calendar-access.ts'
import { googlePlace } from '../calendar/google-place.ts'
import { judgeTrouble } from '../calendar/judge-trouble.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import { inviteEmailOf } from '../leads/invite-email.ts'
import type { Lead } from '../leads/lead.ts'
import type { RunningTurn } from '../turns/engine/engine.ts'
import { bookedMeeting } from './booked-meeting.ts'
import type { Meeting } from './google-event.ts'
import { leaveOut } from './leave-out.ts'

const guestsSchema = z.looseObject({
  status: z.string(),
  attendees: z.array(z.looseObject({ email: z.string() })).default([]),
})

type Next = CalendarAnswer & { changed?: string; later?: string }

/**
 * Brings the address that the lead confirmed into the meeting that stands already: the event is found, its guests get one more. Called by
 * every turn that has nothing else to do in the calendar, so that no confirmed address is forgotten. An invitation that Google refuses
 * becomes a task; the meeting stays.
 *
 *   find ─ not among the guests ─▶ move (the guests) ─▶ done
 */
export async function inviteGuest(
  app: Ports<'business' | 'log'>,
  tx: PoolClient,
  turn: RunningTurn,
  lead: Lead,
  answer?: GoogleAnswer,
): Promise<Next> {
  const guest = guestToInvite(lead)
  if (guest === null) return { next: 'done' }
  const meeting = await bookedMeeting(tx, lead.id)
  if (!meeting) return { next: 'done' }
  if (meeting.guest_email === guest || meeting.left_out.includes('guest')) return { next: 'done' }
  const asked = turn.calendar_step
  if (!answer || (asked !== 'find' && asked !== 'move')) return ask(tx, turn, 'find', placeOf(meeting))

  const trouble = judgeTrouble(answer)
  if (trouble?.next === 'later') return { next: 'stop', reason: trouble.reason, later: trouble.reason }
  if (trouble) {
    if (trouble.next === 'disconnected')
      await loseCalendar(app, tx, { ...trouble, calendarId: meeting.calendar_id })
    await leaveOut(app, tx, turn.id, lead, meeting, { extra: 'guest', reason: trouble.reason })
    return settle(tx, turn)
  }
  const event = answer.status === 200 ? guestsSchema.safeParse(answer.body) : null
  // Gone from the calendar: the sync tells everybody.
  if (!event?.success || event.data.status === 'cancelled') return settle(tx, turn)
  const { attendees } = event.data
  const isThere = attendees.some(({ email }) => email.toLowerCase() === guest)
  if (!isThere && asked === 'find') {
    const others = attendees.filter(({ email }) => email.toLowerCase() !== meeting.guest_email)
    const request = {
      ...placeOf(meeting, { sendUpdates: 'all' }),
      body: { attendees: [...others, { email: guest }] },
    }
    return ask(tx, turn, 'move', request)
  }
  await markGuest(tx, meeting.id, guest)
  await audit(tx, {
    actor: 'system',
    action: 'meeting.guest_invited',
    leadId: lead.id,
    turnId: turn.id,
    details: { meeting: meeting.id },
  })
  return settle(tx, turn)
}

/** The address that the lead confirmed, if that is where the invitation goes. */
export function guestToInvite(lead: Lead): string | null {
  const guest = inviteEmailOf(lead)
  return guest && guest === lead.confirmed_email ? guest : null
}

const placeOf = (
  { calendar_id: calendarId, google_event_id: eventId }: Meeting,
  query: Record<string, string> = {},
): GoogleRequest => googlePlace({ calendarId, eventId, query })

async function ask(
  tx: PoolClient,
  turn: RunningTurn,
  step: 'find' | 'move',
  request: GoogleRequest,
): Promise<Next> {
  await tx.query('update turns set calendar_step = $2 where id = $1', [turn.id, step])
  return { next: step, request }
}

async function settle(tx: PoolClient, turn: RunningTurn): Promise<Next> {
  await tx.query('update turns set calendar_step = null where id = $1', [turn.id])
  return { next: 'done' }
}

/** Whom Google was told to invite. */
export async function markGuest(tx: Queryable, meetingId: number, guest: string | null): Promise<void> {
  await tx.query('update calendar_events set guest_email = $2, updated_at = now() where id = $1', [
    meetingId,
    guest,
  ])
}
