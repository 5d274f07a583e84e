import { randomBytes } from 'node:crypto'
import type { Queryable } from '../../database/pool.ts'

const validDays = 30

/** A new one-time token of the lead, 22 letters that a Start link may carry. Valid for 30 days. */
export async function makeStartToken(db: Queryable, leadId: number): Promise<string> {
  const token = randomBytes(16).toString('base64url')
  await db.query(
    `insert into telegram_start_tokens (token, lead_id, expires_at)
     values ($1, $2, now() + make_interval(days => $3))`,
    [token, leadId, validDays],
  )
  return token
}

export type UsedToken = { leadId: number; outcome: 'used' | 'used before' | 'expired' | "another's" }

/** Uses the token up for this person. @returns null when there is no such token */
export async function takeStartToken(
  db: Queryable,
  token: string,
  personId: number,
): Promise<UsedToken | null> {
  const taken = await db.query<{ lead_id: number }>(
    `update telegram_start_tokens set used_at = now(), used_by = $2
     where token = $1 and used_at is null and expires_at > now() returning lead_id`,
    [token, personId],
  )
  if (taken.rows[0]) return { leadId: taken.rows[0].lead_id, outcome: 'used' }
  const { rows } = await db.query<{ lead_id: number; used_by: number | null }>(
    'select lead_id, used_by from telegram_start_tokens where token = $1',
    [token],
  )
  const known = rows[0]
  if (!known) return null
  const outcome =
    known.used_by === null ? 'expired' : known.used_by === personId ? 'used before' : "another's"
  return { leadId: known.lead_id, outcome }
}
