import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction } from '../database/pool.ts'
import { hashPassword, isPassword } from './hash-password.ts'
import { endSessions, startSession } from './sessions.ts'
import type { User } from './user.ts'

/** Another password for oneself. Every session ends, and this browser gets a new one. @returns its token; null: the present one is wrong */
export async function changePassword(
  app: Ports<'db'>,
  user: User,
  { present, next, address, agent }: { present: string; next: string; address: string; agent: string },
): Promise<string | null> {
  const { rows } = await app.db.query<{ hash: string }>(
    'select password_hash as hash from console_users where id = $1',
    [user.id],
  )
  if (!(await isPassword(present, rows[0]?.hash ?? null))) return null
  const hash = await hashPassword(next)
  return inTransaction(app.db, async (tx) => {
    await tx.query('update console_users set password_hash = $2 where id = $1', [user.id, hash])
    await endSessions(tx, user.id)
    await audit(tx, { actor: user.email, action: 'console.password_changed' })
    return startSession(tx, user.id, { address, agent })
  })
}
