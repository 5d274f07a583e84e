import type { Queryable } from '../../database/pool.ts'
import type { Opening, Place } from '../messenger.ts'
import { ownerOf } from './bot-account.ts'
import { newestConnection } from './business-connections.ts'

/** Telegram counts 24 hours from the lead's last message; the last minute is left to clocks and typing. */
const windowMs = 24 * 3_600_000 - 60_000

/** Whether a secretary may write in this chat at `now`. */
export async function secretaryOpening(db: Queryable, place: Place, now: Date): Promise<Opening> {
  const connection = await newestConnection(db, ownerOf(place.account_id) ?? -1)
  const closed = (detail: string): Opening => ({ open: false, why: 'window-closed', detail })
  if (!connection?.enabled) return closed('the account is no longer connected to the bot')
  if (!connection.can_reply) return closed('the account does not allow the bot to reply')
  const { rows } = await db.query<{ last: Date | null }>(
    `select max(coalesce(sent_at, created_at)) as last from messages
     where account_id = $1 and peer_id = $2 and direction = 'in'`,
    [place.account_id, place.peer_id],
  )
  const last = rows[0]?.last
  if (!last) return closed('the lead has not written yet')
  if (now.getTime() - last.getTime() < windowMs) return { open: true }
  return closed("more than 24 hours passed since the lead's last message")
}
