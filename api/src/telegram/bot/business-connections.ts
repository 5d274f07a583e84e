import type { Queryable } from '../../database/pool.ts'
import { secretaryAccount } from './bot-account.ts'
import type { BusinessConnection } from './bot-update.ts'

export type Secretary = {
  /** The id that calls name the connection by. */
  id: string
  /** The owner of the account. */
  user_id: number
  username: string | null
  can_reply: boolean
  can_read: boolean
  enabled: boolean
}

/** Keeps what Telegram said of a connection; older news never replaces newer. */
export async function saveConnection(db: Queryable, connection: BusinessConnection): Promise<void> {
  const { id, user, date, rights, is_enabled: enabled } = connection
  // An account like the others, but no process logs in to it.
  await db.query(
    `insert into telegram_accounts (id, user_id, state, enabled) values ($1, $2, $3, false)
     on conflict (id) do update set state = excluded.state, updated_at = now()`,
    [secretaryAccount(user.id), user.id, enabled ? 'online' : 'disabled'],
  )
  await db.query(
    `insert into telegram_business_connections as c (id, user_id, username, can_reply, can_read, enabled, connected_at)
     values ($1, $2, $3, $4, $5, $6, to_timestamp($7))
     on conflict (id) do update set username = excluded.username, can_reply = excluded.can_reply,
       can_read = excluded.can_read, enabled = excluded.enabled, connected_at = excluded.connected_at, updated_at = now()
     where c.connected_at <= excluded.connected_at`,
    [
      id,
      user.id,
      user.username ?? null,
      rights?.can_reply ?? false,
      rights?.can_read_messages ?? false,
      enabled,
      date,
    ],
  )
}

/** @returns undefined when we never heard of it */
export async function findConnection(db: Queryable, id: string): Promise<Secretary | undefined> {
  const { rows } = await db.query<Secretary>('select * from telegram_business_connections where id = $1', [
    id,
  ])
  return rows[0]
}

/** The newest connection of this account, or without an id of any account. */
export async function newestConnection(db: Queryable, userId?: number): Promise<Secretary | undefined> {
  const { rows } = await db.query<Secretary>(
    `select * from telegram_business_connections where $1::bigint is null or user_id = $1
     order by enabled desc, connected_at desc limit 1`,
    [userId ?? null],
  )
  return rows[0]
}
