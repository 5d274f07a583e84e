import { one, type Queryable } from '../database/pool.ts'
import { clip } from '../text/storable.ts'
import { hashToken, newToken } from './one-time-token.ts'
import type { User } from './user.ts'

/** A session ends so long after it was used last. In days. */
export const sessionDays = 7

/** @returns the token that the browser keeps; the database has only its hash */
export async function startSession(
  db: Queryable,
  userId: number,
  { address, agent }: { address: string; agent: string },
): Promise<string> {
  const token = newToken()
  await db.query(
    `insert into console_sessions (token_hash, user_id, address, agent, expires_at)
     values ($1, $2, $3, $4, now() + make_interval(days => $5))`,
    [hashToken(token), userId, address, clip(agent, 200), sessionDays],
  )
  return token
}

/** Who this token is; null when it is over, or its person may not come in any more. Being used makes it last. */
export async function findSession(db: Queryable, token: string): Promise<User | null> {
  const { rows } = await db.query<User & { seen_at: Date }>(
    `select u.id, u.email, u.name, u.role, u.seller_id as "sellerId", s.seen_at
     from console_sessions s join console_users u on u.id = s.user_id
     where s.token_hash = $1 and s.expires_at > now() and u.disabled_at is null`,
    [hashToken(token)],
  )
  if (!rows[0]) return null
  const { seen_at: seenAt, ...user } = rows[0]
  if (Date.now() - seenAt.getTime() > 60_000) await keepSession(db, token, user.id)
  return user
}

async function keepSession(db: Queryable, token: string, userId: number): Promise<void> {
  await db.query(
    `update console_sessions set seen_at = now(), expires_at = now() + make_interval(days => $2) where token_hash = $1`,
    [hashToken(token), sessionDays],
  )
  await db.query('update console_users set seen_at = now() where id = $1', [userId])
}

export async function endSession(db: Queryable, token: string): Promise<void> {
  await db.query('delete from console_sessions where token_hash = $1', [hashToken(token)])
}

/** Signs a person out everywhere. */
export async function endSessions(db: Queryable, userId: number): Promise<number> {
  const { ended } = one(
    await db.query<{ ended: number }>(
      `with gone as (delete from console_sessions where user_id = $1 returning 1) select count(*)::int as ended from gone`,
      [userId],
    ),
  )
  return ended
}
