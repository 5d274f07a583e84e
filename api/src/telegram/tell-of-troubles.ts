import type { PoolClient } from 'pg'
import { formatSlot } from '@lead/scheduling'
import { z } from 'zod'
import { texts } from '../../../texts/index.ts'
import type { Ports } from '../app.ts'
import { inTransaction } from '../database/pool.ts'
import type { Language } from '../leads/lead.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { everyAccount, findTroubles, type Trouble, type TroubleKind } from './troubles.ts'

type App = Ports<'db' | 'now'> & Ports<'business' | 'wake' | 'config'>

const cursor = 'telegram.troubles'
const knownSchema = z.record(z.string(), z.object({ since: z.string(), leadId: z.number().nullable() }))
type Known = z.infer<typeof knownSchema>

/** What begins and ends by itself in the life of a connection is a trouble only when it lasts so long. */
const settlesMs: Partial<Record<TroubleKind, number>> = { unreachable: 40_000, need_login: 40_000 }
/** Cards that are told at one time. */
const mostCards = 200

/**
 * Tells people of what keeps messages from going out: one task for each trouble, on the newest card, closed again when it is over; and a
 * note on each card whose words wait because of it. Of a limit with an end the waiting message itself tells (wait-for-telegram.ts).
 */
export async function tellOfTroubles(app: App): Promise<void> {
  const troubles = await findTroubles(app)
  const { isNew, lasting } = await inTransaction(app.db, (tx) => noteTroubles(app, tx, troubles))
  const cards = await tellCards(app, lasting)
  if (isNew || cards > 0) app.wake.up('amocrm')
}

async function noteTroubles(
  app: App,
  tx: PoolClient,
  troubles: Trouble[],
): Promise<{ isNew: boolean; lasting: Trouble[] }> {
  await tx.query(`insert into cursors (name, value) values ($1, '{}') on conflict (name) do nothing`, [
    cursor,
  ])
  const { rows } = await tx.query<{ value: unknown }>(
    'select value from cursors where name = $1 for update',
    [cursor],
  )
  const known = knownSchema.parse(rows[0]?.value ?? {})
  const now: Known = {}
  const lasting: Trouble[] = []
  for (const trouble of troubles) {
    const name = nameOf(trouble)
    const since = known[name]?.since ?? app.now().toISOString()
    const lasts = app.now().getTime() - Date.parse(since) >= (settlesMs[trouble.kind] ?? 0)
    if (lasts) lasting.push(trouble)
    const leadId = known[name]?.leadId ?? (lasts ? await giveTask(app, tx, trouble, since) : null)
    now[name] = { since, leadId }
  }
  for (const [name, { since, leadId }] of Object.entries(known)) {
    if (now[name] || leadId === null) continue
    const of = taskKey(name, since)
    const result = texts[app.business.language].task.telegramOver
    await enqueue(tx, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `${of}:over`,
      payload: { kind: 'task_done', of, result },
    })
  }
  if (JSON.stringify(known) === JSON.stringify(now)) return { isNew: false, lasting }
  await tx.query('update cursors set value = $2, updated_at = now() where name = $1', [
    cursor,
    JSON.stringify(now),
  ])
  return { isNew: true, lasting }
}

const nameOf = ({ account, kind }: Trouble) => `${account}:${kind}`
const taskKey = (name: string, since: string) => `telegram-trouble:${name}:${since}`

/** Tasks of amoCRM stand on cards; the newest is the one that people look at. @returns its lead, null while there is none */
async function giveTask(app: App, tx: PoolClient, trouble: Trouble, since: string): Promise<number | null> {
  const { rows } = await tx.query<{ id: number }>(
    'select id from leads where card_gone_at is null order by id desc limit 1',
  )
  if (!rows[0]) return null
  const { language, timeZone } = app.business
  const { account, kind, detail, until } = trouble
  const say = texts[language].task.telegramTrouble[kind]
  const when = until ? formatSlot(until.toISOString(), timeZone, language, { withZone: true }) : ''
  await enqueue(tx, {
    leadId: rows[0].id,
    turnId: null,
    channel: 'amocrm',
    key: taskKey(nameOf(trouble), since),
    payload: { kind: 'task', text: say({ account, detail: detail ?? kind, when }), dueInMin: 60 },
  })
  return rows[0].id
}

type Waiting = { id: number; lead_id: number; account_id: string | null; language: Language | null }

/** @returns how many cards were told */
async function tellCards(app: App, troubles: Trouble[]): Promise<number> {
  const stopping = troubles.filter((trouble) => trouble.until === null)
  const first = stopping[0]
  if (!first) return 0
  const isHalted = stopping.some(({ account }) => account === everyAccount)
  const lost = stopping.map(({ account }) => account)
  const { rows } = await app.db.query<Waiting>(
    `select distinct on (o.lead_id) o.id, o.lead_id, c.account_id, l.language
     from outbox o join leads l on l.id = o.lead_id
     left join conversations c on c.lead_id = o.lead_id and c.channel = 'telegram'
     where o.channel = 'telegram' and o.state = 'pending' and o.created_at < now() - interval '15 seconds'
       and ($1 or c.account_id = any($2) or c.account_id is null and not exists (
         select from telegram_accounts where state = 'online' and not id = any($2)))
       and not exists (select from outbox n where n.idempotency_key = 'outbox:' || o.id || ':stopped')
     order by o.lead_id, o.id limit $3`,
    [isHalted, lost, mostCards],
  )
  for (const { id, lead_id: leadId, account_id: account, language } of rows) {
    const kind = isHalted ? 'halted' : (stopping.find((one) => one.account === account) ?? first).kind
    const { waitsForPeople, whatStops } = texts[language ?? app.business.language].card
    await enqueue(app.db, {
      leadId,
      turnId: null,
      channel: 'amocrm',
      key: `outbox:${id}:stopped`,
      payload: { kind: 'note', text: waitsForPeople(whatStops[kind]) },
    })
  }
  return rows.length
}
