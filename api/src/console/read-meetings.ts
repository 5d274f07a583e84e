import type { ConsoleMeeting } from '@lead/contract/console'
import type { Queryable } from '../database/pool.ts'

export type ShownMeeting = Omit<ConsoleMeeting, 'startsAt' | 'endsAt' | 'holdUntil' | 'noShowAt'> & {
  startsAt: Date
  endsAt: Date
  holdUntil: Date | null
  noShowAt: Date | null
}

const columns = `e.id, e.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", l.time_zone as "leadZone",
  e.seller_id as "sellerId", e.status, e.starts_at as "startsAt", e.ends_at as "endsAt",
  case when e.status = 'held' then e.hold_until end as "holdUntil", e.meet_link as "meetLink", e.no_show_at as "noShowAt"`

/** The meetings of one lead, the newest first. */
export async function findMeetings(db: Queryable, leadId: number): Promise<ShownMeeting[]> {
  const { rows } = await db.query<ShownMeeting>(
    `select ${columns} from calendar_events e join leads l on l.id = e.lead_id
     where e.lead_id = $1 order by e.id desc limit 20`,
    [leadId],
  )
  return rows
}

/** What takes a seller's time between two instants (sellerId null: everybody's), earliest first. */
export async function findMeetingsBetween(
  db: Queryable,
  { from, to, sellerId }: { from: Date; to: Date; sellerId: string | null },
): Promise<ShownMeeting[]> {
  const { rows } = await db.query<ShownMeeting>(
    `select ${columns} from calendar_events e join leads l on l.id = e.lead_id
     where tstzrange(e.starts_at, e.ends_at) && tstzrange(least($1, $2::timestamptz), $2)
       and ($3::text is null or e.seller_id = $3)
       and (e.status in ('booking', 'booked') or (e.status = 'held' and e.hold_until > now()))
     order by e.starts_at, e.id limit 500`,
    [from, to, sellerId],
  )
  return rows
}
