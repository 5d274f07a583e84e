import type { Ports } from '../app.ts'

export type Unfinished = { id: number; calendar_id: string; google_event_id: string }

/**
 * Meetings that were being written to Google by a turn that has ended without knowing what became of it. They are asked for by id,
 * and finished or released by `resolveBooking`.
 */
export async function unfinishedMeetings(app: Ports<'db' | 'now'>): Promise<Unfinished[]> {
  const { rows } = await app.db.query<Unfinished>(
    `select e.id, e.calendar_id, e.google_event_id from calendar_events e left join turns t on t.id = e.turn_id
     where e.status = 'booking' and e.updated_at < $1
       and (t.id is null or t.state not in ('running', 'pending'))
     order by e.id limit 50`,
    // A request that n8n gave up may still be on its way to Google for a while.
    [new Date(app.now().getTime() - 120_000)],
  )
  return rows
}
