import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import type { Queryable } from '../database/pool.ts'
import type { LostBy } from './judge-trouble.ts'

/**
 * Access to calendars that was lost, and how it comes back. A seller whose calendar is lost offers no time.
 *
 *   lost by      means                                          back when
 *   credential   the refresh token or the OAuth client is dead  any request of ours to Google works: all sellers share it
 *   scope        the token may not do what is needed            the API starts again, as it must for a new token
 *   calendar     this calendar is gone, or only readable        its sync reads it, with the right to write
 */
type Lost = { by: LostBy; calendarId: string; reason: string }

/** Notes that a calendar is out of reach, with its credential all of them. What is lost already stays as it was noted. */
export async function loseCalendar(
  app: Ports<'log'>,
  db: Queryable,
  { by, calendarId, reason }: Lost,
): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `update sellers set disconnected_at = now(), disconnected_by = $1, disconnected_reason = $2, updated_at = now()
     where active and disconnected_at is null and ($1 <> 'calendar' or calendar_id = $3)
     returning id`,
    [by, reason, calendarId],
  )
  if (rows.length === 0) return
  const sellers = rows.map((row) => row.id)
  app.log.error({ sellers, by, reason }, 'A calendar is disconnected: its sellers offer no time')
  await audit(db, { actor: 'system', action: 'calendar.disconnected', details: { sellers, by, reason } })
}

/** Notes that Google answered for this calendar, and whether we may write to it. */
export async function regainCalendar(app: Ports<'db' | 'log'>, calendarId: string): Promise<void> {
  const { rows } = await app.db.query<{ id: string }>(
    `update sellers set disconnected_at = null, disconnected_by = null, disconnected_reason = null, updated_at = now()
     where disconnected_by = 'credential' or (disconnected_by = 'calendar' and calendar_id = $1)
     returning id`,
    [calendarId],
  )
  if (rows.length === 0) return
  const sellers = rows.map((row) => row.id)
  app.log.warn({ sellers }, 'A calendar is connected again')
  await audit(app.db, { actor: 'system', action: 'calendar.connected', details: { sellers } })
}
