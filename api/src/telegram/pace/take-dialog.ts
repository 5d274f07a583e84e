import type { PoolClient } from 'pg'
import type { App } from '../../app.ts'
import { inTransaction } from '../../database/pool.ts'
import { quietUntil } from '../../turns/quiet-hours.ts'
import type { Wait } from '../messenger.ts'
import { limitOn } from './limits.ts'
import { planDialog } from './plan-dialog.ts'

export type DialogTurn = { accountId: string } | { wait: Wait; until: Date; detail: string }

type Ports = Pick<App, 'db' | 'business' | 'now' | 'quietHours'>
type Slot = { accountId: string; at: Date; why: 'now' | 'pace' | 'daily-cap' | 'quiet-hours' }

/**
 * Whether this conversation, which we begin, may be begun now, and by which account. Each has a time of its own, kept in the
 * database: the healthiest account is the one that is free first. `start` notes that it begins.
 */
export function takeDialog(
  app: Ports,
  conversationId: number,
  { timeZone, start }: { timeZone: string; start: boolean },
): Promise<DialogTurn> {
  const now = app.now()
  return inTransaction(app.db, async (tx) => {
    // One after another, in the same order everywhere.
    const { rows: accounts } = await tx.query<{ id: string; first_online_at: Date | null }>(
      `select id, first_online_at from telegram_accounts where enabled and state = 'online' order by id for update`,
    )
    const { rows: own } = await tx.query<{ account_id: string; planned_at: Date; started_at: Date | null }>(
      'select account_id, planned_at, started_at from telegram_dialogs where conversation_id = $1',
      [conversationId],
    )
    const plan = own[0]
    if (plan?.started_at) return { accountId: plan.account_id }

    const free: typeof accounts = []
    let earliest: Date | null = null
    for (const account of accounts) {
      const limit = await limitOn(tx, { accountId: account.id, kind: 'stranger' }, now)
      if (!limit) free.push(account)
      else if (!earliest || limit.until < earliest) earliest = limit.until
    }
    const slotOf = async (id: string, onlyBegun: boolean): Promise<Slot> => {
      const taken = await takenTimes(tx, id, conversationId, now, onlyBegun)
      // What was planned has its random part in it already.
      const random = onlyBegun ? 0 : Math.random()
      const firstOnline = accounts.find((account) => account.id === id)?.first_online_at ?? now
      return { accountId: id, ...slotFor(app, taken, { now, firstOnline, timeZone, random }) }
    }
    await dropAbandonedPlans(tx, conversationId)
    const isFree = plan !== undefined && free.some(({ id }) => id === plan.account_id)
    if (isFree && plan.planned_at > now)
      return { wait: 'pace', until: plan.planned_at, detail: 'waits for its turn among the new dialogs' }

    // A plan whose time has come needs only what has really begun; one that does not fit goes behind all the others again.
    const due = isFree ? await slotOf(plan.account_id, true) : null
    const slots = due && due.at <= now ? [due] : []
    if (slots.length === 0) for (const { id } of free) slots.push(await slotOf(id, false))
    const [best] = slots.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    if (!best) return noAccount(now, earliest)
    const begins = best.at <= now
    await tx.query(
      `insert into telegram_dialogs (conversation_id, account_id, planned_at, started_at) values ($1, $2, $3, $4)
       on conflict (conversation_id) do update
         set account_id = excluded.account_id, planned_at = excluded.planned_at, started_at = excluded.started_at`,
      [conversationId, best.accountId, best.at, begins && start ? now : null],
    )
    if (begins) return { accountId: best.accountId }
    const detail = {
      now: '',
      pace: 'the account began another dialog a moment ago',
      'daily-cap': 'the account has begun as many dialogs as it may in a day',
      'quiet-hours': "it is night at the lead's",
    }[best.why]
    return { wait: best.why === 'now' ? 'pace' : best.why, until: best.at, detail }
  })
}

function noAccount(now: Date, earliest: Date | null): DialogTurn {
  if (earliest)
    return { wait: 'limited', until: earliest, detail: 'Telegram lets the account write to nobody new' }
  const until = new Date(now.getTime() + 30_000)
  return { wait: 'not-ready', until, detail: 'no Telegram account is online' }
}

function slotFor(
  app: Ports,
  taken: Date[],
  { now, firstOnline, timeZone, random }: { now: Date; firstOnline: Date; timeZone: string; random: number },
): Omit<Slot, 'accountId'> {
  const rules = app.business.telegram.newDialogs
  const { at, why } = planDialog(taken, { now, rules, firstOnline, random })
  const morning = quietUntil(at, timeZone, app.quietHours)
  return morning ? { at: morning, why: 'quiet-hours' } : { at, why }
}

async function takenTimes(
  tx: PoolClient,
  accountId: string,
  conversationId: number,
  now: Date,
  onlyBegun: boolean,
): Promise<Date[]> {
  const { rows } = await tx.query<{ at: Date }>(
    `select coalesce(started_at, planned_at) as at from telegram_dialogs
     where account_id = $1 and conversation_id <> $2
       and coalesce(started_at, planned_at) > $3::timestamptz - interval '2 days'
       and (started_at > $3::timestamptz - interval '2 days' or (started_at is null and not $4 and planned_at > $3::timestamptz - interval '1 minute'))`,
    [accountId, conversationId, now, onlyBegun],
  )
  return rows.map(({ at }) => at)
}

/** Who shall not be written to any more leaves a place free. */
const dropAbandonedPlans = (tx: PoolClient, conversationId: number) =>
  tx.query(
    `delete from telegram_dialogs d using conversations c
     where d.started_at is null and d.conversation_id <> $1 and c.id = d.conversation_id and not exists (
       select from outbox o where o.lead_id = c.lead_id and o.channel = 'telegram' and o.state in ('pending', 'sending'))`,
    [conversationId],
  )

/** Takes back that a dialog was begun: Telegram let nothing through, or there was nobody. */
export const forgetDialog = (db: App['db'], conversationId: number) =>
  db.query('delete from telegram_dialogs where conversation_id = $1', [conversationId])
