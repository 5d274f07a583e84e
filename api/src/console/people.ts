import type { Person, Role } from '@lead/contract/console'
import type { Ports } from '../app.ts'
import { audit } from '../database/audit.ts'
import { inTransaction, one, type Queryable } from '../database/pool.ts'
import { hashPassword } from './hash-password.ts'
import { hashToken, newToken } from './one-time-token.ts'
import { endSessions } from './sessions.ts'
import type { User } from './user.ts'

const invitationHours = 72
/** The owner's first link is printed in a terminal: it is used at once or made anew. */
const ownerLinkHours = 24

export type Place = { role: Role; sellerId: string | null }

/** A one-time link for somebody new. @returns its token, which is kept nowhere */
export async function invite(
  db: Queryable,
  { role, sellerId }: Place,
  { by, hours = invitationHours }: { by: string; hours?: number },
): Promise<{ token: string; expiresAt: Date }> {
  const token = newToken()
  const { expires_at: expiresAt } = one(
    await db.query<{ expires_at: Date }>(
      `insert into console_invitations (token_hash, role, seller_id, invited_by, expires_at)
       values ($1, $2, $3, $4, now() + make_interval(hours => $5)) returning expires_at`,
      [hashToken(token), role, sellerId, by, hours],
    ),
  )
  await audit(db, { actor: by, action: 'console.invited', details: { role, sellerId } })
  return { token, expiresAt }
}

/** A link that makes an owner; for whoever holds API_TOKEN, and so holds everything already. Earlier unused ones end. */
export async function inviteOwner(
  app: Ports<'db'>,
): Promise<{ token: string; expiresAt: Date; hasOwner: boolean }> {
  return inTransaction(app.db, async (tx) => {
    await tx.query(`delete from console_invitations where role = 'owner' and invited_by = 'start'`)
    const link = await invite(tx, { role: 'owner', sellerId: null }, { by: 'start', hours: ownerLinkHours })
    const { rows } = await tx.query(
      `select from console_users where role = 'owner' and disabled_at is null limit 1`,
    )
    return { ...link, hasOwner: rows.length > 0 }
  })
}

export type Joining = { token: string; email: string; name: string; password: string }

/** Uses a one-time link up and makes its person. */
export async function join(
  app: Ports<'db'>,
  { token, email, name, password }: Joining,
): Promise<{ outcome: 'joined'; user: User } | { outcome: 'no link' } | { outcome: 'email taken' }> {
  const hash = await hashPassword(password)
  return inTransaction(app.db, async (tx) => {
    const { rows } = await tx.query<Place>(
      `select role, seller_id as "sellerId" from console_invitations
       where token_hash = $1 and expires_at > now() for update`,
      [hashToken(token)],
    )
    const place = rows[0]
    if (!place) return { outcome: 'no link' as const }
    const made = await tx.query<User>(
      `insert into console_users (email, name, role, seller_id, password_hash, seen_at) values ($1, $2, $3, $4, $5, now())
       on conflict ((lower(email))) do nothing
       returning id, email, name, role, seller_id as "sellerId"`,
      [email, name, place.role, place.sellerId, hash],
    )
    const user = made.rows[0]
    // The link stays good: whoever has it picks another address.
    if (!user) return { outcome: 'email taken' as const }
    await tx.query('delete from console_invitations where token_hash = $1', [hashToken(token)])
    await audit(tx, { actor: email, action: 'console.joined', details: { role: place.role } })
    return { outcome: 'joined' as const, user }
  })
}

type Listed = Omit<Person, 'seenAt'> & { seenAt: Date | null }

export async function listPeople(db: Queryable): Promise<Listed[]> {
  const { rows } = await db.query<Listed>(
    `select u.id, u.email, u.name, u.role, u.seller_id as "sellerId", u.seen_at as "seenAt", u.disabled_at is not null as disabled,
       (select count(*)::int from console_sessions s where s.user_id = u.id and s.expires_at > now()) as sessions
     from console_users u order by u.disabled_at nulls first, u.name, u.id`,
  )
  return rows
}

export type PersonChange = { place?: Place | undefined; disabled?: boolean | undefined }

/**
 * Gives a person another role, shuts them out or lets them in again; either way they are signed out everywhere. There is always an
 * owner who can come in.
 */
export async function changePerson(
  app: Ports<'db'>,
  id: number,
  { place, disabled }: PersonChange,
  by: string,
): Promise<'changed' | 'unknown' | 'last owner'> {
  return inTransaction(app.db, async (tx) => {
    // One at a time: two owners must not shut each other out at the same moment.
    await tx.query('lock table console_users in share row exclusive mode')
    const { rows } = await tx.query<{ email: string; is_last: boolean }>(
      `select email, role = 'owner' and disabled_at is null and not exists (
         select from console_users other where other.role = 'owner' and other.disabled_at is null and other.id <> $1) as is_last
       from console_users where id = $1`,
      [id],
    )
    const person = rows[0]
    if (!person) return 'unknown'
    const stopsOwning = (place && place.role !== 'owner') || disabled
    if (person.is_last && stopsOwning) return 'last owner'
    if (place)
      await tx.query('update console_users set role = $2, seller_id = $3 where id = $1', [
        id,
        place.role,
        place.sellerId,
      ])
    if (disabled !== undefined)
      await tx.query('update console_users set disabled_at = case when $2 then now() end where id = $1', [
        id,
        disabled,
      ])
    await endSessions(tx, id)
    await audit(tx, {
      actor: by,
      action: 'console.person_changed',
      details: { person: person.email, ...place, disabled },
    })
    return 'changed'
  })
}
