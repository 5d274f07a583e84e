import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { one } from '../database/pool.ts'
import { isPassword } from './hash-password.ts'
import { hasSecondFactor, takeCode } from './second-factor.ts'
import { startSession } from './sessions.ts'
import type { User } from './user.ts'

/** Wrong passwords in a quarter of an hour: for one name from one address, for one name, and from one address. */
const most = { pair: 5, email: 50, address: 30 }
const windowMin = 15

export type LoginAnswer =
  | { outcome: 'in'; token: string; user: User }
  | { outcome: 'wrong' }
  /** The password is right; a code is asked for, or the given one is not that of this moment. */
  | { outcome: 'code needed' }
  /** Too many wrong passwords: the next one is looked at after so many seconds. */
  | { outcome: 'wait'; seconds: number }

/**
 * Signs a person in. Guessing is slowed down by name and by address, in the database, so that a restart or a second process forgets
 * nothing; one address cannot lock a person out of another one, short of fifty addresses' worth of guesses.
 */
export async function logIn(
  app: Ports<'db' | 'config'>,
  {
    email,
    password,
    code,
    address,
    agent,
  }: { email: string; password: string; code?: string | undefined; address: string; agent: string },
): Promise<LoginAnswer> {
  const name = email.toLowerCase()
  const seconds = await secondsToWait(app, name, address)
  if (seconds > 0) return { outcome: 'wait', seconds }
  const { rows } = await app.db.query<User & { hash: string }>(
    `select id, email, name, role, seller_id as "sellerId", password_hash as hash from console_users
     where lower(email) = $1 and disabled_at is null`,
    [name],
  )
  const found = rows[0]
  if (!(await isPassword(password, found?.hash ?? null)) || !found) {
    await app.db.query('insert into console_login_failures (email, address) values ($1, $2)', [name, address])
    return { outcome: 'wrong' }
  }
  const { hash: _hash, ...user } = found
  if ((await hasSecondFactor(app.db, user.id)) && !(code && (await takeCode(app, app.db, user.id, code)))) {
    // A guess at a code is a guess; being asked for one is none.
    if (code)
      await app.db.query('insert into console_login_failures (email, address) values ($1, $2)', [
        name,
        address,
      ])
    return { outcome: 'code needed' }
  }
  await app.db.query('delete from console_login_failures where email = $1 and address = $2', [name, address])
  await app.db.query('update console_users set seen_at = now() where id = $1', [user.id])
  const token = await startSession(app.db, user.id, { address, agent })
  await audit(app.db, { actor: user.email, action: 'console.login', details: { address } })
  return { outcome: 'in', token, user }
}

async function secondsToWait(app: Ports<'db'>, email: string, address: string): Promise<number> {
  const { pair, mail, place, oldest } = one(
    await app.db.query<{ pair: number; mail: number; place: number; oldest: Date | null }>(
      `select count(*) filter (where email = $1 and address = $2)::int as pair,
         count(*) filter (where email = $1)::int as mail,
         count(*) filter (where address = $2)::int as place, min(at) as oldest
       from console_login_failures
       where (email = $1 or address = $2) and at > now() - make_interval(mins => $3)`,
      [email, address, windowMin],
    ),
  )
  if (!oldest || (pair < most.pair && mail < most.email && place < most.address)) return 0
  return Math.max(1, Math.ceil((oldest.getTime() + windowMin * 60_000 - Date.now()) / 1000))
}
