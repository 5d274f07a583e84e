import type { listedTokenSchema } from '@lead/contract/console'
import type { TokenScope } from '@lead/contract/console-names'
import type { z } from 'zod'
import { audit } from '../database/audit.ts'
import { inTransaction, one, type Database, type Queryable } from '../database/pool.ts'
import { hashToken, newToken } from './one-time-token.ts'
import type { User } from './user.ts'

/** So that a token is known for one wherever it turns up. */
const prefix = 'lps_'

type Listed = z.infer<typeof listedTokenSchema>

export async function listTokens(db: Queryable, userId: number): Promise<Listed[]> {
  const { rows } = await db.query<Listed>(
    `select id, name, scope, created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt"
     from api_tokens where user_id = $1 order by id`,
    [userId],
  )
  return rows
}

/** @returns the token, which is shown once; the database has only its hash */
export async function makeToken(
  db: Database,
  user: User,
  { name, scope, days }: { name: string; scope: TokenScope; days: number | null },
): Promise<{ id: number; token: string }> {
  const token = prefix + newToken()
  return inTransaction(db, async (tx) => {
    const { id } = one(
      await tx.query<{ id: number }>(
        `insert into api_tokens (user_id, name, token_hash, scope, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(days => $5::int)) returning id`,
        [user.id, name, hashToken(token), scope, days],
      ),
    )
    await audit(tx, { actor: user.email, action: 'console.token_made', details: { token: id, scope, days } })
    return { id, token }
  })
}

/** False when the person has no such token. */
export async function dropToken(db: Database, user: User, id: number): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rowCount } = await tx.query('delete from api_tokens where id = $1 and user_id = $2', [
      id,
      user.id,
    ])
    if (rowCount)
      await audit(tx, { actor: user.email, action: 'console.token_dropped', details: { token: id } })
    return rowCount === 1
  })
}

/** Whose token this is and what it may; null when it has run out, or its person may not come in any more. */
export async function findToken(
  db: Queryable,
  token: string,
): Promise<{ user: User; scope: TokenScope } | null> {
  if (!token.startsWith(prefix)) return null
  const { rows } = await db.query<User & { token: number; scope: TokenScope; used_at: Date | null }>(
    `select u.id, u.email, u.name, u.role, u.seller_id as "sellerId", t.id as token, t.scope, t.used_at
     from api_tokens t join console_users u on u.id = t.user_id
     where t.token_hash = $1 and coalesce(t.expires_at, 'infinity') > now() and u.disabled_at is null`,
    [hashToken(token)],
  )
  if (!rows[0]) return null
  const { token: id, scope, used_at: usedAt, ...user } = rows[0]
  if (usedAt === null || Date.now() - usedAt.getTime() > 60_000)
    await db.query('update api_tokens set used_at = now() where id = $1', [id])
  return { user, scope }
}
