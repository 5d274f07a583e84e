import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, type Queryable } from '../database/pool.ts'
import { createKeyring } from '../secrets/keyring.ts'
import { isPassword } from './hash-password.ts'
import { hashToken } from './one-time-token.ts'
import type { User } from './user.ts'

type Told = Ports<'db' | 'config' | 'business'>

const stepSec = 30
/** A clock may be half a minute off, either way. */
const window = 1
const recoveryCodes = 10
/** Without signs that look like others. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

export const totpPlace = (userId: number) => `console:totp:${userId}`
const ringOf = ({ config }: Ports<'config'>) => createKeyring(config.appKey, config.appKeyOld)
const ownPassword = async (db: Queryable, userId: number, password: string) => {
  const { rows } = await db.query<{ hash: string }>(
    'select password_hash as hash from console_users where id = $1',
    [userId],
  )
  return isPassword(password, rows[0]?.hash ?? null)
}

/** Makes a secret for a phone to keep; it counts from the first code on. @returns null when the password is wrong */
export async function beginSecondFactor(
  app: Told,
  user: User,
  password: string,
): Promise<{ secret: string; uri: string } | null> {
  if (!(await ownPassword(app.db, user.id, password))) return null
  const secret = new Secret({ size: 20 })
  const { keyId, sealed } = ringOf(app).seal(totpPlace(user.id), Buffer.from(secret.base32))
  const { rowCount } = await app.db.query(
    'update console_users set totp_sealed = $2, totp_key_id = $3 where id = $1 and totp_since is null',
    [user.id, sealed, keyId],
  )
  if (rowCount !== 1) return null
  const issuer = app.business.company.name[app.business.language]
  return { secret: secret.base32, uri: new TOTP({ issuer, label: user.email, secret }).toString() }
}

/** The phone has the secret: from now on it is asked for. @returns recovery codes, which are shown once; null: the code is wrong */
export const confirmSecondFactor = (app: Told, user: User, code: string): Promise<string[] | null> =>
  inTransaction(app.db, async (tx) => {
    if (!(await takeCode(app, tx, user.id, code))) return null
    const codes = Array.from({ length: recoveryCodes }, newRecoveryCode)
    await tx.query('update console_users set totp_since = now() where id = $1', [user.id])
    await tx.query('delete from console_recovery_codes where user_id = $1', [user.id])
    await tx.query(
      'insert into console_recovery_codes (user_id, code_hash) select $1, code from unnest($2::bytea[]) code',
      [user.id, codes.map((one) => hashToken(plainCode(one)))],
    )
    await audit(tx, { actor: user.email, action: 'console.second_factor_on' })
    return codes
  })

/** Only who has both may do without one. */
export const endSecondFactor = (
  app: Told,
  user: User,
  { password, code }: { password: string; code: string },
): Promise<boolean> =>
  inTransaction(app.db, async (tx) => {
    if (!(await ownPassword(tx, user.id, password)) || !(await takeCode(app, tx, user.id, code))) return false
    await tx.query(
      'update console_users set totp_sealed = null, totp_key_id = null, totp_since = null where id = $1',
      [user.id],
    )
    await tx.query('delete from console_recovery_codes where user_id = $1', [user.id])
    await audit(tx, { actor: user.email, action: 'console.second_factor_off' })
    return true
  })

export async function hasSecondFactor(db: Queryable, userId: number): Promise<boolean> {
  const { rowCount } = await db.query('select from console_users where id = $1 and totp_since is not null', [
    userId,
  ])
  return rowCount === 1
}

/** Whether it is a code of this moment or a recovery code; each counts once, whoever else sends it at the same time. */
export async function takeCode(
  app: Ports<'config'>,
  db: Queryable,
  userId: number,
  code: string,
): Promise<boolean> {
  const given = plainCode(code)
  if (!/^\d{6}$/.test(given)) return takeRecoveryCode(db, userId, given)
  const { rows } = await db.query<{ sealed: Buffer | null; key_id: string | null }>(
    'select totp_sealed as sealed, totp_key_id as key_id from console_users where id = $1',
    [userId],
  )
  const [row] = rows
  if (!row?.sealed) return false
  const secret = Secret.fromBase32(ringOf(app).unseal(totpPlace(userId), row.key_id, row.sealed).toString())
  const delta = new TOTP({ secret }).validate({ token: given, window })
  if (delta === null) return false
  const step = Math.floor(Date.now() / 1000 / stepSec) + delta
  const { rowCount } = await db.query(
    'update console_users set totp_last_step = $2 where id = $1 and totp_last_step < $2',
    [userId, step],
  )
  return rowCount === 1
}

async function takeRecoveryCode(db: Queryable, userId: number, code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update console_recovery_codes set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null',
    [userId, hashToken(code)],
  )
  return rowCount === 1
}

const plainCode = (code: string) => code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** "k7xp-m2qd-9rtw": 60 bits or so. */
const newRecoveryCode = () =>
  Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join(''),
  ).join('-')
