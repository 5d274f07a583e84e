import type { Queryable } from '../database/pool.ts'
import { lockLead } from '../leads/lead.ts'
import type { Meeting } from './google-event.ts'

/** A meeting that is this transaction's until it ends, and its lead with it: the lead is locked first, as everywhere. */
export async function lockMeeting(
  tx: Queryable,
  by: { id: number } | { googleEventId: string },
): Promise<Meeting | undefined> {
  const { rows: named } = await tx.query<{ id: number; lead_id: number }>(
    'id' in by
      ? 'select id, lead_id from calendar_events where id = $1'
      : 'select id, lead_id from calendar_events where google_event_id = $1',
    ['id' in by ? by.id : by.googleEventId],
  )
  const [found] = named
  if (!found) return undefined
  await lockLead(tx, found.lead_id)
  const { rows } = await tx.query<Meeting>('select * from calendar_events where id = $1 for update', [
    found.id,
  ])
  return rows[0]
}
