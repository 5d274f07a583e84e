import type { Queryable } from '../database/pool.ts'
import { announceMeeting } from '../webhooks/announce.ts'

type Booked = {
  /** What Google says of the event. */
  event?: { etag?: string | undefined; hangoutLink?: string | undefined }
  /** A move that is given up: the meeting is where it was, and no turn's any more. */
  whereItWas?: boolean
}

type Changed = {
  lead_id: number
  starts_at: Date
  ends_at: Date
  seller_id: string
  /** Its status before. */
  was: string
  /** Null: it was not being moved. */
  moved_from: Date | null
}

/** The only writer of "booked": the calendar has the meeting, and nothing is under way with it. */
export async function markBooked(
  tx: Queryable,
  meetingId: number,
  { event = {}, whereItWas = false }: Booked = {},
): Promise<void> {
  const { rows } = await tx.query<Changed>(
    `with before as (select id, status as was, previous_starts_at as moved_from from calendar_events where id = $1 for update)
     update calendar_events m set status = 'booked', booked_at = coalesce(m.booked_at, now()), hold_until = null,
       etag = coalesce($2, m.etag), meet_link = coalesce($3, m.meet_link),
       starts_at = case when $4 then previous_starts_at else starts_at end,
       ends_at = case when $4 then previous_ends_at else ends_at end,
       blocked = case when $4 then tstzrange(previous_starts_at - (starts_at - lower(blocked)),
                                             previous_ends_at + (upper(blocked) - ends_at), '[)') else blocked end,
       turn_id = case when $4 then null else turn_id end,
       previous_starts_at = null, previous_ends_at = null, updated_at = now()
     from before where m.id = before.id
     returning m.lead_id, m.starts_at, m.ends_at, m.seller_id, before.was, before.moved_from`,
    [meetingId, event.etag ?? null, event.hangoutLink ?? null, whereItWas],
  )
  const [changed] = rows
  if (!changed || changed.was === 'booked' || whereItWas) return
  await announceMeeting(tx, changed.moved_from ? 'meeting.moved' : 'meeting.booked', changed)
}
