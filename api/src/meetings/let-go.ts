import type { Queryable } from '../database/pool.ts'
import type { Meeting } from './google-event.ts'
import { markBooked } from './mark-booked.ts'

/** A new time is given up; a moved meeting is where it was. */
export async function letGo(tx: Queryable, meeting: Meeting): Promise<void> {
  if (meeting.previous_starts_at) await markBooked(tx, meeting.id, { whereItWas: true })
  else
    await tx.query(`update calendar_events set status = 'released', updated_at = now() where id = $1`, [
      meeting.id,
    ])
}
