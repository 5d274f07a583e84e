import type { App } from '../app.ts'

/** Writes the sellers of config/business.yaml to the database; one who is no longer named gets no new meetings. */
export async function saveSellers({
  db,
  business,
  config,
}: Pick<App, 'db' | 'business' | 'config'>): Promise<void> {
  for (const seller of business.sellers) {
    const calendar = seller.calendar === 'default' ? config.google.calendarEmail : seller.calendar
    await db.query(
      `insert into sellers (id, name, calendar_id, time_zone) values ($1, $2, $3, $4)
       on conflict (id) do update set name = excluded.name, calendar_id = excluded.calendar_id,
         time_zone = excluded.time_zone, active = true, updated_at = now()`,
      [seller.id, seller.name, calendar, seller.timeZone],
    )
  }
  // A new token comes with a start: whether its scopes are enough is seen at the next request.
  await db.query(
    `update sellers set disconnected_at = null, disconnected_by = null, disconnected_reason = null where disconnected_by = 'scope'`,
  )
  await db.query('update sellers set active = false, updated_at = now() where active and id <> all($1)', [
    business.sellers.map((seller) => seller.id),
  ])
}
