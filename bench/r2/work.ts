import { type Database, inTransaction, one, type Queryable } from '../../api/src/database/pool.ts'
import type { Answer, Running } from './engine.ts'

const conversations = 5000
const hot = 20
const linesOfHot = 50
const producers = 8

/** Leads with their conversations, and what the rivals keep of a turn: ours has a table of its own. */
export async function makeLeads(db: Database): Promise<void> {
  await db.query(
    `insert into leads (id, name, language, time_zone) select g, 'Lead ' || g, 'en', 'Europe/Moscow' from generate_series(1, $1::int) g`,
    [conversations],
  )
  await db.query(
    `insert into conversations (id, lead_id, channel, account_id, peer_id) overriding system value
     select g, g, 'telegram', 'main', g from generate_series(1, $1::int) g`,
    [conversations],
  )
  await db.query(
    `create table rival_turns (key text primary key, lead_id bigint not null, seen_message_id bigint not null, decision jsonb not null)`,
  )
  await db.query('create index on rival_turns (lead_id, seen_message_id)')
  await db.query('vacuum analyze')
}

/** Whose message comes when: every conversation once, the hot ones many times, mixed always in the same way. */
export function arrivals(): number[] {
  const all = [
    ...Array.from({ length: conversations }, (_, index) => index + 1),
    ...Array.from({ length: hot * linesOfHot }, (_, index) => 1 + (index % hot) * 250),
  ]
  let state = 7
  for (let index = all.length - 1; index > 0; index--) {
    state = (state * 48_271) % 2_147_483_647
    const other = state % (index + 1)
    ;[all[index], all[other]] = [all[other]!, all[index]!]
  }
  return all
}

/** What comes in is kept and rung for, by some producers at once. */
export async function produce(
  db: Database,
  { ring, ringAfter }: Running,
  isOver: () => boolean,
): Promise<number> {
  const waiting = arrivals()
  let came = 0
  const next = async (): Promise<void> => {
    for (let lead = waiting.pop(); lead !== undefined && !isOver(); lead = waiting.pop()) {
      const leadId = lead
      const messageId = await inTransaction(db, async (tx) => {
        const { id } = one(
          await tx.query<{ id: number }>(
            `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, account_id, peer_id)
             values ($1, $1, 'in', 'lead', 'How much is it, and when could we talk?', $2, 'main', $1) returning id`,
            [leadId, ++came],
          ),
        )
        await ring?.(tx, leadId)
        return id
      })
      await ringAfter?.(leadId, messageId)
    }
  }
  await Promise.all(Array.from({ length: producers }, next))
  return came
}

type Turns = { table: 'turns' | 'rival_turns' }

/**
 * The turn of an instant thinker, the same for each engine: one at a time per lead, all that was not answered yet, a decision that is kept once,
 * and what is to be sent, in one transaction.
 */
export function answerWith(db: Database, { table }: Turns) {
  const under = new Set<number>()
  const seen = { overlaps: 0, turns: 0, answered: 0 }
  const answer: Answer = (leadId, key, end) =>
    inTransaction(db, async (tx) => {
      await tx.query('select from leads where id = $1 for no key update', [leadId])
      if (under.has(leadId)) seen.overlaps++
      under.add(leadId)
      try {
        const { rows } = await tx.query<{ id: number }>(
          `select id from messages where lead_id = $1 and direction = 'in'
             and id > coalesce((select max(seen_message_id) from ${table} where lead_id = $1), 0) order by id`,
          [leadId],
        )
        const last = rows.at(-1)
        if (last) {
          const decision = { action: 'talk', reply: 'It depends on the size. When could we talk?' }
          if (table === 'turns')
            await tx.query(
              `update turns set decision = $2, decided_at = now(), seen_message_id = $3 where id = $1 and decision is null`,
              [key, decision, last.id],
            )
          else
            await tx.query(
              'insert into rival_turns (key, lead_id, seen_message_id, decision) values ($1, $2, $3, $4)',
              [key, leadId, last.id, decision],
            )
          await tx.query(
            `insert into outbox (lead_id, channel, payload, idempotency_key) values ($1, 'telegram', $2, $3)`,
            [leadId, { kind: 'bench', answers: rows.map(({ id }) => id) }, `bench-${key}`],
          )
          seen.turns++
          seen.answered += rows.length
        }
        await end?.(tx)
      } finally {
        under.delete(leadId)
      }
    })
  return { answer, seen }
}

/** What is wrong with what was answered: each message once, in each conversation in its order. */
export async function findDisorder(db: Queryable, came: number): Promise<string[]> {
  const { rows } = await db.query<{ answered: number; messages: number; disorder: number }>(
    `with answered as (
       select o.lead_id, o.id, a.message::bigint as message, row_number() over (partition by o.lead_id order by o.id, a.place) as place
       from outbox o, jsonb_array_elements_text(o.payload -> 'answers') with ordinality a (message, place)),
     ordered as (select message, lag(message) over (partition by lead_id order by place) as before from answered)
     select (select count(*)::int from answered) as answered, (select count(distinct message)::int from answered) as messages,
            (select count(*)::int from ordered where before >= message) as disorder`,
  )
  const { answered, messages, disorder } = one({ rows })
  return [
    ...(messages < came ? [`${came - messages} not answered in time`] : []),
    ...(answered > messages ? [`${answered - messages} answered twice`] : []),
    ...(disorder > 0 ? [`${disorder} out of order`] : []),
  ]
}
