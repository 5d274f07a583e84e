import type { Queryable } from '../../database/pool.ts'

export type PauseKind = 'send' | 'new_dialog' | 'lookup'

/** Keeps one of the accounts of people (a bot has no pauses) from doing something until a time that Telegram named; a later end stays. */
export const setPause = (db: Queryable, accountId: string, kind: PauseKind, until: Date, reason: string) =>
  db.query(
    `insert into telegram_pauses (account_id, kind, until, reason)
     select id, $2, $3, $4 from telegram_accounts where id = $1
     on conflict (account_id, kind) do update set reason = excluded.reason,
       until = greatest(telegram_pauses.until, excluded.until)`,
    [accountId, kind, until, reason],
  )

/** The end of a pause that still runs, or null. */
export async function pausedUntil(
  db: Queryable,
  accountId: string,
  kind: PauseKind,
  now: Date,
): Promise<Date | null> {
  const { rows } = await db.query<{ until: Date }>(
    'select until from telegram_pauses where account_id = $1 and kind = $2 and until > $3',
    [accountId, kind, now],
  )
  return rows[0]?.until ?? null
}
