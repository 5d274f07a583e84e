import type { Ports } from '../app.ts'

export type CalendarState = {
  sellerId: string
  calendarId: string
  connected: boolean
  disconnectedAt: Date | null
  reason: string | null
  /** When the changes of this calendar were last read; null before the first time. */
  syncedAt: Date | null
}

/** The calendars of the sellers, and since when and why Google does not let us at them. */
export async function calendarStates(app: Ports<'db'>): Promise<CalendarState[]> {
  const { rows } = await app.db.query<CalendarState>(
    `select s.id as "sellerId", s.calendar_id as "calendarId", s.disconnected_at is null as connected,
       s.disconnected_at as "disconnectedAt", s.disconnected_reason as reason, c.updated_at as "syncedAt"
     from sellers s left join cursors c on c.name = 'google.sync:' || s.calendar_id
     where s.active order by s.id`,
  )
  return rows
}
