import type { Queryable } from '../database/pool.ts'
import type { Meeting } from './google-event.ts'

export type ListedMeeting = {
  id: number
  leadId: number
  leadName: string
  sellerId: string
  status: Meeting['status']
  startsAt: Date
  endsAt: Date
  meetLink: string | null
  googleEventId: string
  noShowAt: Date | null
}

type Filter = { from: Date; to: Date; sellerId?: string | undefined; status?: Meeting['status'] | undefined }

/** Meetings that overlap `from`..`to`, earliest first, at most 500. */
export async function listMeetings(
  db: Queryable,
  { from, to, sellerId, status }: Filter,
): Promise<ListedMeeting[]> {
  const { rows } = await db.query<ListedMeeting>(
    `select e.id, e.lead_id as "leadId", coalesce(l.contact_name, l.name) as "leadName", e.seller_id as "sellerId", e.status,
       e.starts_at as "startsAt", e.ends_at as "endsAt", e.meet_link as "meetLink", e.google_event_id as "googleEventId",
       e.no_show_at as "noShowAt"
     from calendar_events e join leads l on l.id = e.lead_id
     where tstzrange(e.starts_at, e.ends_at) && tstzrange(least($1, $2::timestamptz), $2)
       and ($3::text is null or e.seller_id = $3) and ($4::text is null or e.status = $4)
     order by e.starts_at, e.id limit 500`,
    [from, to, sellerId ?? null, status ?? null],
  )
  return rows
}
