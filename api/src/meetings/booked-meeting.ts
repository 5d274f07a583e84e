import type { Queryable } from '../database/pool.ts'
import type { Meeting } from './google-event.ts'

/** With what it blocks, buffers included. */
export type BookedMeeting = Meeting & { blocked_from: Date; blocked_to: Date }

/** The lead's booked meeting that has not ended yet, or null. */
export async function bookedMeeting(db: Queryable, leadId: number): Promise<BookedMeeting | null> {
  const { rows } = await db.query<BookedMeeting>(
    `select *, lower(blocked) as blocked_from, upper(blocked) as blocked_to
     from calendar_events where lead_id = $1 and status = 'booked' and ends_at > now()
     order by starts_at limit 1`,
    [leadId],
  )
  return rows[0] ?? null
}

/**
 * `toTell`: what the words of a turn are about: the meeting that it books, moves or cancels, else the lead's booked one. `booked`: as
 * `bookedMeeting` gives it.
 */
export type MeetingsOfTurn = { toTell: Meeting | null; booked: BookedMeeting | null }

export async function meetingsOfTurn(
  db: Queryable,
  turn: { id: number; lead_id: number },
): Promise<MeetingsOfTurn> {
  const { rows } = await db.query<BookedMeeting & { is_booked: boolean }>(
    `select *, lower(blocked) as blocked_from, upper(blocked) as blocked_to, status = 'booked' and ends_at > now() as is_booked
     from calendar_events
     where lead_id = $2 and (turn_id = $1 or (status = 'booked' and ends_at > now()))
     order by turn_id = $1 is true desc, case when turn_id = $1 then -id end, starts_at`,
    [turn.id, turn.lead_id],
  )
  const [first] = rows
  const booked = rows
    .filter(({ is_booked }) => is_booked)
    .toSorted((one, other) => one.starts_at.getTime() - other.starts_at.getTime())
  return { toTell: first ?? null, booked: booked[0] ?? null }
}

/** The meeting that a turn books, moves or cancels, or null. */
export async function meetingOfTurn(db: Queryable, turnId: number): Promise<Meeting | null> {
  const { rows } = await db.query<Meeting>(
    'select * from calendar_events where turn_id = $1 order by id desc limit 1 for update',
    [turnId],
  )
  return rows[0] ?? null
}
