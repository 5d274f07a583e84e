import type { Ports } from '../app.ts'
import type { Queryable } from '../database/pool.ts'
import type { AccountState } from './account-state.ts'

/** What keeps messages from going out, as people are told of it. */
export type TroubleKind = StopKind | 'limited' | 'flood'
/** What people have to end. */
type StopKind = 'logged_out' | 'banned' | 'frozen' | 'need_login' | 'unreachable' | 'halted'
export type Trouble = { account: string; detail: string | null } & (
  | { kind: StopKind; until: null }
  | { kind: 'limited' | 'flood'; until: Date }
)

/** A wait that is shorter than this is only a pause. */
const longWaitMs = 15 * 60_000

const ofState: Partial<Record<AccountState, StopKind>> = {
  logged_out: 'logged_out',
  banned: 'banned',
  frozen: 'frozen',
  need_login: 'need_login',
  error: 'unreachable',
  connecting: 'unreachable',
}

/** The name of what stops everything, in the place of an account's. */
export const everyAccount = 'all'

/** All that keeps messages from going out now: accounts that are lost, limits that last, and a halt by hand. */
export async function findTroubles({ db, now, config }: Ports<'db' | 'now' | 'config'>): Promise<Trouble[]> {
  const [accounts, limits, halts] = await Promise.all([
    lostAccounts(db, config.telegram.mode === 'userbot'),
    lastingLimits(db, now()),
    halt(db),
  ])
  return [...halts, ...accounts, ...limits]
}

async function lostAccounts(db: Queryable, arePeople: boolean): Promise<Trouble[]> {
  const { rows } = await db.query<{ id: string; state: AccountState; state_detail: string | null }>(
    arePeople
      ? `select id, state_detail, case when held_by is null and state = 'online' then 'connecting' else state end as state
         from telegram_accounts where enabled and id <> 'bot' and id not like 'secretary:%' order by id`
      : `select id, state, state_detail from telegram_accounts
         where id = 'bot' and (state <> 'disabled' or state_detail is distinct from 'stopped')`,
  )
  return rows.flatMap(({ id, state, state_detail: detail }) => {
    const kind = ofState[state]
    return kind ? [{ account: id, kind, detail, until: null }] : []
  })
}

async function lastingLimits(db: Queryable, now: Date): Promise<Trouble[]> {
  const { rows } = await db.query<{ account_id: string; kind: string; until: Date; reason: string }>(
    `select account_id, kind, until, reason from telegram_limits
     where kind in ('stranger', 'send') and peer_id = 0 and until > $1 order by account_id, kind`,
    [new Date(now.getTime() + longWaitMs)],
  )
  return rows.map(({ account_id: account, kind, until, reason: detail }) => ({
    account,
    kind: kind === 'stranger' ? ('limited' as const) : ('flood' as const),
    detail,
    until,
  }))
}

async function halt(db: Queryable): Promise<Trouble[]> {
  const { rows } = await db.query<{ by: string; reason: string | null }>(
    `select by, reason from switches where name = 'telegram_halted' and is_on`,
  )
  return rows.map(({ by, reason }) => ({
    account: everyAccount,
    kind: 'halted' as const,
    detail: reason ? `${by}: ${reason}` : by,
    until: null,
  }))
}

/** In one line, for `/ready`. */
export const troubleText = ({ account, kind, detail, until }: Trouble): string =>
  [`${account}: ${kind}`, until && `until ${until.toISOString()}`, detail && `(${detail})`]
    .filter(Boolean)
    .join(' ')
