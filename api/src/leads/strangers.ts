import { createHmac } from 'node:crypto'
import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'

type Signs = { username: string | null; phones: string[] }

/** Nobody learns a username or phone from these, also not by trying all phones there are: without APP_KEY they say nothing. */
function hashesOf({ config }: Ports<'config'>, { username, phones }: Signs): Buffer[] {
  const key = createHmac('sha256', config.appKey).update('strangers in Telegram').digest()
  const hash = (sign: string) => createHmac('sha256', key).update(sign).digest()
  return [...(username ? [hash(`@${username.toLowerCase()}`)] : []), ...phones.map(hash)]
}

/** Notes for a day that this person wrote to the account; nothing of what. */
export async function rememberStranger(
  app: Ports<'config'>,
  tx: Queryable,
  accountId: string,
  { username, phone }: { username: string | null; phone: string | null },
): Promise<void> {
  const hashes = hashesOf(app, { username, phones: phone ? [phone] : [] })
  await tx.query(
    `insert into telegram_strangers (sign, account_id) select unnest($1::bytea[]), $2
     on conflict (sign, account_id) do update set heard_at = now()`,
    [hashes, accountId],
  )
}

/** The accounts that the person of a new card wrote to within the last day, and when last; they are forgotten by this. */
export async function takeStranger(
  app: Ports<'config'>,
  tx: Queryable,
  signs: Signs,
): Promise<{ accountId: string; heardAt: Date }[]> {
  const { rows } = await tx.query<{ account_id: string; heard_at: Date }>(
    `delete from telegram_strangers where sign = any($1) and heard_at > now() - interval '1 day'
     returning account_id, heard_at`,
    [hashesOf(app, signs)],
  )
  const newest = new Map<string, Date>()
  for (const { account_id: accountId, heard_at: heardAt } of rows)
    if (heardAt > (newest.get(accountId) ?? new Date(0))) newest.set(accountId, heardAt)
  return [...newest].map(([accountId, heardAt]) => ({ accountId, heardAt }))
}
