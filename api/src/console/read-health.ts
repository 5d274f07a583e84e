import type { Health } from '@lead/contract/console'
import { request } from 'undici'
import type { App, Ports } from '../app.ts'
import { hooksReadiness } from '../amocrm/keep-subscription.ts'
import { readBudgets } from '../budgets/read-budgets.ts'
import { calendarStates } from '../calendar/calendar-states.ts'
import { one, type Queryable } from '../database/pool.ts'
import { askWorker } from '../turns/worker-beat.ts'
import { errorText } from '../text/storable.ts'

type Integration = Health['integrations'][number]
type Work = { name: Health['work'][number]['name']; due: number; oldestAt: Date | null }

/** Work that is due and not begun grows old only when something is wrong. Counting ends here. */
const mostCounted = 1000
const answerMs = 2000

/** How everything stands that the assistant needs, and how old the oldest work is. */
export async function readHealth(app: App) {
  const [work, calendars, accounts, halted, dead, database, integrations, budgets, hooks] = await Promise.all(
    [
      waitingWork(app.db),
      calendarStates(app),
      accountStates(app),
      haltState(app.db),
      countDead(app.db),
      askDatabase(app),
      askIntegrations(app),
      readBudgets(app),
      hooksReadiness(app),
    ],
  )
  const lost = calendars.filter((calendar) => !calendar.connected)
  const google: Integration = {
    name: 'google',
    isSimulated: app.config.mocks.google,
    ok: lost.length === 0,
    detail: lost.map(({ sellerId, reason }) => `${sellerId}: ${reason}`).join('; ') || null,
  }
  return {
    production: app.config.production,
    integrations: [
      database,
      ...integrations,
      {
        name: 'hooks' as const,
        isSimulated: app.config.mocks.amocrm,
        ok: hooks.ok,
        detail: hooks.detail ?? null,
      },
      google,
    ],
    accounts,
    calendars,
    work,
    halted,
    deadLetters: dead,
    budgets,
  }
}

/** Whether the database answers. */
const askDatabase = async (app: App): Promise<Integration> => ({
  name: 'database',
  isSimulated: false,
  ...(await probe(async () => void (await app.db.query('select 1')))),
})

/** Asks each integration but the database whether it answers; nothing throws, and nothing takes longer than two seconds or so. */
export async function askIntegrations(app: App): Promise<Integration[]> {
  const real = { isSimulated: false } as const
  const [cache, n8n, worker, telegram, amocrm] = await Promise.all([
    probe(() => app.cache.ping()),
    probe(() => askN8n(app)),
    probe(() => askWorker(app)),
    probe(async () => {
      const { state, detail } = await app.telegram.status()
      if (state !== 'online' && state !== 'limited') throw new Error(detail ? `${state}: ${detail}` : state)
    }),
    probe(async () => {
      const gate = await app.amocrm.gate.state()
      if (!gate.open)
        throw new Error(`${gate.kind}, not asked until ${gate.until.toISOString()}: ${gate.detail}`)
    }),
  ])
  return [
    { name: 'cache', ...real, ...cache },
    { name: 'n8n', ...real, ...n8n },
    { name: 'worker', ...real, ...worker },
    { name: 'telegram', isSimulated: app.config.mocks.telegram, ...telegram },
    { name: 'amocrm', isSimulated: app.config.mocks.amocrm, ...amocrm },
  ]
}

/** Whether what is asked over the network answers: the cache, n8n, and what executes its workflows. */
export async function doOthersAnswer(app: App): Promise<boolean> {
  const answers = await Promise.all(
    [() => app.cache.ping(), () => askN8n(app), () => askWorker(app)].map(probe),
  )
  return answers.every(({ ok }) => ok)
}

/** @throws when n8n does not say that it is up */
export async function askN8n({ config }: Ports<'config'>): Promise<void> {
  const answer = await request(`${config.n8nUrl}/healthz`, {
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    signal: AbortSignal.timeout(answerMs),
  })
  await answer.body.dump()
  if (answer.statusCode !== 200) throw new Error(`answers ${answer.statusCode}`)
}

async function probe(work: () => Promise<void>): Promise<{ ok: boolean; detail: string | null }> {
  try {
    await work()
    return { ok: true, detail: null }
  } catch (error) {
    return { ok: false, detail: errorText(error) }
  }
}

async function waitingWork(db: Queryable): Promise<Work[]> {
  const { rows } = await db.query<Work>(
    `select 'inbox' as name, count(*)::int as due, min(received_at) as "oldestAt" from (
       select received_at from inbox_events where state = 'received' and run_at <= now() order by run_at limit $1) due
     union all select 'turns', count(*)::int, min(run_at) from (
       select run_at from turns where state = 'pending' and run_at <= now() order by run_at limit $1) due
     union all select channel.name, count(due.run_at)::int, min(due.run_at)
       from unnest(array['telegram', 'amocrm']) channel (name) left join lateral (
         select run_at from outbox where outbox.channel = channel.name and state in ('pending', 'sending') and run_at <= now()
         order by run_at, id limit $1) due on true
       group by channel.name`,
    [mostCounted],
  )
  return rows
}

async function accountStates(app: App) {
  const { newDialogs } = app.business.telegram
  const states = await app.telegram.accounts().catch(() => [])
  const { rows } = await app.db.query<{ account_id: string; begun: number }>(
    `select account_id, count(*)::int as begun from telegram_dialogs
     where account_id = any($1) and coalesce(started_at, planned_at) > now() - interval '1 day' and started_at is not null
     group by account_id`,
    [states.map(({ account }) => account)],
  )
  const begun = new Map(rows.map((row) => [row.account_id, row.begun]))
  return states.map(({ account, state, detail, phone, until }) => ({
    account,
    state,
    detail,
    phone,
    until,
    begun: begun.get(account) ?? 0,
    mostPerDay: newDialogs.perDay,
  }))
}

async function haltState(db: Queryable) {
  const { rows } = await db.query<{ isOn: boolean; by: string; reason: string | null; since: Date }>(
    `select is_on as "isOn", by, reason, changed_at as since from switches where name = 'telegram_halted'`,
  )
  return rows[0] ?? { isOn: false, by: null, reason: null, since: null }
}

async function countDead(db: Queryable): Promise<number> {
  return one(
    await db.query<{ dead: number }>(
      `select (select count(*) from (select from outbox where state = 'dead' limit $1) o)::int
         + (select count(*) from (select from inbox_events where state in ('unreadable', 'failed') limit $1) i)::int as dead`,
      [mostCounted],
    ),
  ).dead
}
