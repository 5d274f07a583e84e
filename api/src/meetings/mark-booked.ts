import type { Queryable } from '../database/pool.ts'

type Booked = {
  /** What Google says of the event. */
  event?: { etag?: string | undefined; hangoutLink?: string | undefined }
  /** A move that is given up: the meeting is where it was, and no turn's any more. */
  whereItWas?: boolean
}

/** The only writer of "booked": the calendar has the meeting, and nothing is under way with it. */
export async function markBooked(
  tx: Queryable,
  meetingId: number,
  { event = {}, whereItWas = false }: Booked = {},
): Promise<void> {
  await tx.query(
    `update calendar_events set status = 'booked', booked_at = coalesce(booked_at, now()), hold_until = null,
       etag = coalesce($2, etag), meet_link = coalesce($3, meet_link),
       starts_at = case when $4 then previous_starts_at else starts_at end,
       ends_at = case when $4 then previous_ends_at else ends_at end,
       blocked = case when $4 then tstzrange(previous_starts_at - (starts_at - lower(blocked)),
                                             previous_ends_at + (upper(blocked) - ends_at), '[)') else blocked end,
       turn_id = case when $4 then null else turn_id end,
       previous_starts_at = null, previous_ends_at = null, updated_at = now()
     where id = $1`,
    [meetingId, event.etag ?? null, event.hangoutLink ?? null, whereItWas],
  )
}
