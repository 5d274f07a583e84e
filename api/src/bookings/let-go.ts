import type { Queryable } from '../database/pool.ts'
import type { Meeting } from './google-event.ts'

/** A new time is given up; a moved meeting is where it was. */
export async function letGo(tx: Queryable, meeting: Meeting): Promise<void> {
  if (meeting.previous_starts_at)
    await tx.query(
      `update calendar_events set status = 'booked', starts_at = previous_starts_at, ends_at = previous_ends_at,
         blocked = tstzrange(previous_starts_at - (starts_at - lower(blocked)), previous_ends_at + (upper(blocked) - ends_at), '[)'),
         previous_starts_at = null, previous_ends_at = null, turn_id = null, updated_at = now() where id = $1`,
      [meeting.id],
    )
  else
    await tx.query(`update calendar_events set status = 'released', updated_at = now() where id = $1`, [
      meeting.id,
    ])
}
