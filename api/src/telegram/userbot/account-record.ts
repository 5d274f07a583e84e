import type { Database } from '../../database/pool.ts'
import type { AccountState } from '../account-state.ts'
import type { AccountStatus } from '../messenger.ts'

type Row = {
  id: string
  state: AccountState
  state_detail: string | null
  phone: string | null
  user_id: number | null
  until: Date | null
}

/** The account's row, made when there is none. Done before anything else refers to the account. */
export const addAccount = (db: Database, accountId: string, phone: string | null) =>
  db.query(
    `insert into telegram_accounts (id, phone, state) values ($1, $2, 'need_login')
     on conflict (id) do update set phone = coalesce(excluded.phone, telegram_accounts.phone)`,
    [accountId, phone],
  )

/** Notes the state. Only the process that holds the account may: the others would overwrite what is true. */
export async function noteState(
  db: Database,
  accountId: string,
  { state, detail, userId }: { state: AccountState; detail: string | null; userId?: number },
): Promise<void> {
  await db.query(
    `update telegram_accounts set state = $2, state_detail = $3, user_id = coalesce($4, user_id), updated_at = now(),
       first_online_at = case when $2 = 'online' then coalesce(first_online_at, now()) else first_online_at end
     where id = $1`,
    [accountId, state, detail, userId ?? null],
  )
}

/** All accounts, or one, with the limits that still hold. The QR address is not in the database: it is a way in. */
export async function readAccounts(
  db: Database,
  accountId: string | null = null,
): Promise<Omit<AccountStatus, 'qr'>[]> {
  const { rows } = await db.query<Row>(
    `select a.id, a.state_detail,
            case when a.held_by is null and a.state = 'online' then 'connecting' else a.state end as state, a.phone, a.user_id, p.until
     from telegram_accounts a
     left join telegram_limits p on p.account_id = a.id and p.kind = 'stranger' and p.until > now()
     where $1::text is null or a.id = $1 order by a.id <> 'main', a.id`,
    [accountId],
  )
  return rows.map(({ id, state, state_detail: detail, phone, user_id: userId, until }) => {
    const limited = state === 'online' && until !== null
    return {
      account: id,
      state: limited ? 'limited' : state,
      detail,
      phone,
      userId,
      until: limited ? until : null,
    }
  })
}
