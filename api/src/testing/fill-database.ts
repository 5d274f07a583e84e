import { createHash } from 'node:crypto'
import { Pool } from 'pg'
import type { Queryable } from '../database/pool.ts'

/** Leads are filled in blocks: the lines of a block's leads lie mixed, as they do when people talk at the same time. */
const block = 50
export const linesPerLead = 10
/** Has no factor in common with the count of numbers: no two leads get the same one. */
const phoneStep = 829_348_951n

/** The phone that a lead of a filled database has. */
export const filledPhone = (lead: number): string =>
  `+79${String((BigInt(lead) * phoneStep) % 1_000_000_000n).padStart(9, '0')}`

const hexDigits = '0123456789abcdef'
const lettersFor = 'aeioukmnprstlvdz'
/** A hundredth of all share a given name, nobody a family name: with one word in all names a search would read all of them. */
const givenNames = 100

/** The name that the person of a lead of a filled database has. */
export function filledName(lead: number): string {
  const word = (of: number, length: number) => {
    const hash = createHash('md5').update(String(of)).digest('hex').slice(0, length)
    const letters = [...hash].map((digit) => lettersFor[hexDigits.indexOf(digit)]).join('')
    return letters.charAt(0).toUpperCase() + letters.slice(1)
  }
  return `${word(lead % givenNames, 5)} ${word(lead, 8)}`
}

type Filling = [table: string, statement: string]

/** `g` counts the rows from 0; `lead` is the lead of a row when each has `$2` of them, `k` which of those it is. */
const perLead = (count: number) => `
  (select g, (g / (${block} * ${count})) * ${block} + g % ${block} + 1 as lead, (g / ${block}) % ${count} as k
   from generate_series(0, $1::int * ${count} - 1) g) row`

/** The newest block is where work is under way: as much of it in a big database as in a small one. */
const isOld = `lead <= $1 - ${block}`
/** People work dead letters off: about a hundred wait, whatever the size. */
const isDead = `lead % greatest(1, $1 / 100) = 0`
const ago = (scale: string) =>
  `now() - interval '5 minutes' - ($1 * ${scale} - g) * (interval '300 days' / ($1 * ${scale}))`

/** What the newest block says was said within minutes, whatever the size. */
const recently = (count: number) => `now() - interval '5 minutes' - ($1 * ${count} - g) * interval '1 second'`

/** A big database is a longer history, not a busier day: what is thought about within days is the newest block's, whatever the size. */
const thought = (count: number) =>
  `case when ${isOld} then ${ago(String(count))} - interval '4 days' else ${recently(count)} end`

/** Numbers of people have digits in common by chance only; see `filledPhone`. */
const phoneOf = `'+79' || lpad((lead::bigint * ${phoneStep} % 1000000000)::text, 9, '0')`

const word = (of: string, length: number) =>
  `translate(left(md5((${of})::text), ${length}), '${hexDigits}', '${lettersFor}')`
const nameOf = `initcap(${word(`lead % ${givenNames}`, 5)} || ' ' || ${word('lead', 8)})`

const fillings: Filling[] = [
  [
    'leads',
    `insert into leads (id, name, contact_id, contact_name, phone, phones, email, telegram_username, telegram_user_id, language,
                        time_zone, stage, status_id, pipeline_id, created_at, updated_at, card)
     select lead, 'Lead ' || lead, 50000000 + lead - (lead % 20 = 0)::int, ${nameOf}, ${phoneOf},
            array[${phoneOf}], 'person' || lead || '@example.com', 'Person_' || lead, 10000000 + lead, 'ru', 'Europe/Moscow',
            (array['new', 'contacted', 'qualified', 'booked', 'won', 'lost'])[1 + lead % 6], 1, 1, ${ago('1')}, ${ago('1')},
            jsonb_build_object('source', 'https://www.site-' || lead % 30 || '.example/page-' || lead)
     from ${perLead(1)}`,
  ],
  [
    'conversations',
    `insert into conversations (id, lead_id, channel, account_id, peer_id, created_at, updated_at, amo_chat_id)
     overriding system value
     select lead, lead, 'telegram', 'account-' || lead % 3, 10000000 + lead, ${ago('1')}, ${ago('1')}, 'chat-' || lead
     from ${perLead(1)}`,
  ],
  [
    'messages',
    `insert into messages (id, conversation_id, lead_id, direction, author, text, channel_message_id, turn_id, sent_at,
                           created_at, account_id, peer_id, noted_at, mirrored_at, amo_message_id, amo_status)
     overriding system value
     select g + 1, lead, lead, case when k % 2 = 1 then 'in' else 'out' end,
            case when k % 2 = 1 then 'lead' when k = 8 and lead % 10 = 0 then 'human' else 'ai' end,
            'What was said in line ' || k || ' of lead ' || lead || ', about as long as people write.',
            g + 1, case when k % 2 = 0 then (g / (2 * ${block})) * ${block} + g % ${block} + 1 end, at, at,
            'account-' || lead % 3, 10000000 + lead, case when ${isOld} or k < 8 then at end, case when ${isOld} or k < 9 or lead % 5 > 0 then at end,
            'amo-' || g, 1
     from (select *, case when ${isOld} then ${ago(String(linesPerLead))} else ${recently(linesPerLead)} end as at from ${perLead(linesPerLead)}) row`,
  ],
  [
    'turns',
    `insert into turns (id, lead_id, kind, state, run_at, fencing, attempts, seen_message_id, decision, decided_at, trace,
                        created_at, finished_at)
     overriding system value
     select g + 1, lead, case when k = 0 then 'first_touch' else 'answer' end, 'done', at, 1, 1, (g / ${block}) * 2 * ${block} + g % ${block} + 1,
            jsonb_build_object('sales', jsonb_build_object('action',
                case when k = 3 then 'offer_times' when k = 4 and lead % 4 = 0 then 'handoff' else 'talk' end,
                'reply', 'What was said', 'note', 'What came of it'),
              'classification', jsonb_build_object('intent', case when k = 4 then 'wants_human' else 'interested' end,
                'objections', case when k = 2 and lead % 3 = 0 then '["price"]'::jsonb else '[]' end),
              'offers', case when k = 3 then jsonb_build_array(jsonb_build_object('id', 'a', 'sellerId', 'seller-1', 'start', at + interval '1 day', 'end', at + interval '25 hours')) else '[]' end), at,
            '{"model": "modest", "tokens": 1200}', at, at
     from (select *, ${thought(5)} as at from ${perLead(5)}) row`,
  ],
  [
    'turns',
    `insert into turns (id, lead_id, kind, state, run_at)
     overriding system value
     select $1 * 5 + lead, lead, 'answer', 'pending', now() - interval '1 s' from ${perLead(1)} where not ${isOld} and lead % 5 = 0`,
  ],
  [
    'outbox',
    `insert into outbox (lead_id, turn_id, channel, payload, idempotency_key, state, run_at, attempts, result, created_at, finished_at)
     select lead, (g / (2 * ${block})) * ${block} + g % ${block} + 1, case when k % 2 = 0 then 'telegram' else 'amocrm' end,
            case when k % 2 = 0 then jsonb_build_object('kind', 'text', 'messageId', g + 1, 'text', 'What was said in line ' || k)
                 else jsonb_build_object('kind', 'note', 'text', 'A note of line ' || k) end,
            'key-' || g,
            case when not ${isOld} and k >= 8 then 'pending' when ${isDead} and k = 4 then 'dead'
                 when lead % 50 = 0 and k = 2 then 'cancelled' else 'done' end,
            at, 1, jsonb_build_object('noteId', g), at, case when ${isOld} or k < 8 then at end
     from (select *, ${ago(String(linesPerLead))} as at from ${perLead(linesPerLead)}) row`,
  ],
  [
    'inbox_events',
    `insert into inbox_events (source, dedupe_key, content_type, body, state, reason, attempts, received_at, processed_at)
     select case when k = 0 then 'amocrm' else 'telegram' end, 'event-' || g, 'application/json',
            convert_to(json_build_object('accountId', 'account-1', 'peerId', 10000000 + lead, 'peerUsername', 'Person_' || lead,
              'peerPhone', null, 'text', 'What was said in line ' || k)::text, 'utf8'),
            case when not ${isOld} and k = 3 then 'received' else 'processed' end,
            case when lead % 499 = 0 then 'nobody known' else 'kept' end, 1, at, at
     from (select *, ${ago('4')} as at from ${perLead(4)}) row`,
  ],
  [
    'audit_log',
    `insert into audit_log (at, actor, action, lead_id, turn_id, details)
     select ${ago('3')}, 'lead', 'message.received', lead, g + 1, '{"messageId": 1}' from ${perLead(3)}`,
  ],
  [
    'calendar_events',
    // Meetings to come are as many as fit before the horizon, however long the past is.
    `insert into calendar_events (lead_id, seller_id, turn_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, created_at, updated_at, booked_at)
     select lead, 'seller-' || g % 5, lead * 5, case when lead % 7 = 0 then 'cancelled' else 'booked' end,
            at, at + interval '30 min', tstzrange(at, at + interval '40 min', '[)'), 'calendar-' || g % 5, 'event' || lead,
            least(at, now()), least(at, now()), least(at, now())
     from (select g, lead, date_trunc('hour', now()) + interval '20 hours' - (($1 - g) / 20) * interval '1 hour' as at
           from ${perLead(1)} where g % 4 = 0) row`,
  ],
  [
    'message_files',
    `insert into message_files (message_id, state, content, mime_type)
     select g + 1, case when ${isOld} then 'stored' else 'pending' end, convert_to(repeat('sound', 40), 'utf8'), 'audio/ogg'
     from ${perLead(linesPerLead)} where k = 5 and lead % 2 = 0`,
  ],
  [
    'telegram_dialogs',
    // An account begins a few a day, however many leads there have been.
    `insert into telegram_dialogs (conversation_id, account_id, planned_at, started_at)
     select lead, 'account-' || lead % 3, at, case when ${isOld} or lead % 10 > 0 then at end
     from (select *, now() - ($1 - lead) * interval '1 hour' as at from ${perLead(1)}) row`,
  ],
  [
    'telegram_actions',
    `insert into telegram_actions (account_id, kind, peer_id, at)
     select 'account-' || lead % 3, 'send', 10000000 + lead, ${ago('2')} from ${perLead(2)}`,
  ],
  [
    'telegram_sends',
    `insert into telegram_sends (key, account_id, peer_id, state, message_id, sent_at, created_at)
     select 'send-' || g, 'account-' || lead % 3, 10000000 + lead, 'sent', g, ${ago('2')}, ${ago('2')} from ${perLead(2)}`,
  ],
  [
    'lead_notes',
    `insert into lead_notes (lead_id, author, text, created_at)
     select lead, 'A colleague', 'What colleagues tell each other', at from (select *, ${ago('2')} as at from ${perLead(2)}) row`,
  ],
  [
    // Those of a day: older ones are forgotten.
    'console_changes',
    `insert into console_changes (lead_id, kind, at)
     select lead, 'message', now() - interval '1 day' * ($1 * 2 - g) / ($1 * 2) from ${perLead(2)}`,
  ],
  [
    'knowledge_questions',
    `insert into knowledge_questions (lead_id, turn_id, text, asked_at, answered_at)
     select lead, lead * 5, 'What a lead asked of us', ${ago('1')}, case when ${isOld} then ${ago('1')} end from ${perLead(1)}`,
  ],
  [
    'model_calls',
    `insert into model_calls (turn_id, fencing, step, vendor, model, outcome, ms, input_tokens, output_tokens, cost_usd, at)
     select g + 1, 1, 'sales', 'openai', 'modest', 'answered', 900, 1200, 90, 0.001, ${thought(5)} from ${perLead(5)}`,
  ],
  [
    'telegram_start_tokens',
    `insert into telegram_start_tokens (token, lead_id, created_at, expires_at)
     select 'token-' || g, lead, ${ago('1')}, ${ago('1')} + interval '30 days' from ${perLead(1)}`,
  ],
  [
    'drafts',
    `insert into drafts (lead_id, turn_id, kind, turn_kind, decision, state, created_at, decided_at)
     select lead, lead * 5, 'approval', 'answer', '{"sales": {"action": "talk", "reply": "What is to be said", "note": ""}, "offers": []}',
            case when not ${isOld} and k = 1 then 'waiting' else 'approved' end, at, case when ${isOld} or k = 0 then at end
     from (select *, ${ago('2')} as at from ${perLead(2)}) row`,
  ],
  [
    'alerts',
    `insert into alerts (id, cause, kind, lead_id, subject, raised_at, last_at, resolved_at)
     overriding system value
     select g + 1, 'hand-off:' || lead, 'hand_off', lead, 'Person ' || lead, at, at, case when ${isOld} then at end
     from (select *, ${ago('1')} as at from ${perLead(1)}) row`,
  ],
  [
    'alert_notices',
    `insert into alert_notices (alert_id, channel, event, state, run_at, finished_at)
     select (g / (2 * ${block})) * ${block} + g % ${block} + 1, 'email', case k when 0 then 'raised' else 'resolved' end,
            case when ${isOld} then 'sent' else 'pending' end, at, case when ${isOld} then at end
     from (select *, ${ago('2')} as at from ${perLead(2)}) row`,
  ],
  [
    'push_subscriptions',
    `with person as (
       insert into console_users (email, name, role, password_hash)
       values ('push@seed.example', 'A colleague', 'owner', 'none') on conflict do nothing returning id)
     insert into push_subscriptions (user_id, endpoint, p256dh, auth, language)
     select id, 'https://push.example/' || g, 'key', 'auth', 'en' from person, generate_series(1, least(4, $1::int)) g`,
  ],
  [
    'push_notices',
    `insert into push_notices (alert_id, subscription_id, state, run_at, finished_at)
     select a.id, s.id, case when a.resolved_at is null then 'pending' else 'sent' end, a.raised_at, a.resolved_at
     from alerts a, (select min(id) as id from push_subscriptions) s where s.id is not null and $1::int > 0`,
  ],
  [
    'webhooks',
    `insert into webhooks (url, events, secret, created_by)
     select 'https://crm.example/' || g, '{lead.contacted,meeting.booked}', 'whsec_AAAA', 'A colleague' from generate_series(1, least(4, $1::int)) g`,
  ],
  [
    'webhook_deliveries',
    `insert into webhook_deliveries (webhook_id, lead_id, type, data, state, created_at, run_at, finished_at)
     select 1 + g % 4, (g / (2 * ${block})) * ${block} + g % ${block} + 1, 'lead.contacted', '{}',
            case when ${isOld} then case when g % 97 = 0 then 'dead' else 'sent' end else 'pending' end, at, at, case when ${isOld} then at end
     from (select *, ${ago('2')} as at from ${perLead(2)}) row`,
  ],
  [
    'evaluation_cases',
    `insert into evaluation_cases (lead_id, message_id, turn_id, said, right_answer, context, marked_by, created_at)
     select lead, g + 1, lead, 'What was said', 'What was to be said', '{}', 'A colleague', at
     from (select *, ${ago(String(linesPerLead))} as at from ${perLead(linesPerLead)}) row where k = 8 and lead % 10 = 0`,
  ],
]

const triggered = ['leads', 'messages', 'turns', 'outbox', 'calendar_events', 'drafts']

/** Indexes and constraints but the primary keys, references first: others may not go before them. */
const dropAndAdd = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s%s', conrelid::regclass, conname, pg_get_constraintdef(oid),
                case contype when 'f' then ' not valid' else '' end) as add, contype = 'f' as first
  from pg_constraint where contype in ('f', 'u', 'x') and connamespace = 'public'::regnamespace
  union all
  select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid), false
  from pg_index i join pg_class c on c.oid = i.indrelid
  where c.relnamespace = 'public'::regnamespace and not exists (select from pg_constraint where conindid = i.indexrelid)
  order by first desc`

/** A pool does two at a time, a client one after another. */
async function doEach<Item>(
  db: Queryable,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items]
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(db instanceof Pool ? [next(), next()] : [next()])
}

/**
 * Fills an empty, migrated database with `leads` leads (a multiple of 50) of ten messages each, and all that belongs to them: most of
 * it long done, the newest block under way. Indexes are built when all is there, which is far faster; references
 * are not checked for these rows. All of it may be one transaction; `settleDatabase` comes after it.
 */
export async function fillDatabase(
  db: Queryable,
  leads: number,
  progress: (table: string) => void = () => {},
): Promise<void> {
  const { rows: guards } = await db.query<{ drop: string; add: string }>(dropAndAdd)
  for (const { drop } of guards) await db.query(drop)
  await db.query(
    `insert into sellers (id, name, calendar_id, time_zone)
     select 'seller-' || g, '{"en": "Seller"}', 'calendar-' || g, 'Europe/Moscow' from generate_series(0, 4) g`,
  )
  await db.query(
    `insert into telegram_accounts (id, state) select 'account-' || g, 'online' from generate_series(0, 2) g`,
  )
  // What the triggers keep is made in one statement when all is there.
  for (const table of triggered) await db.query(`alter table ${table} disable trigger user`)
  await doEach(db, fillings, async ([table, statement]) => {
    progress(table)
    await db.query(statement, [leads])
  })
  for (const table of triggered) await db.query(`alter table ${table} enable trigger user`)
  for (const table of ['conversations', 'messages', 'turns', 'alerts'])
    await db.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, leads * linesPerLead])
  progress('indexes')
  await doEach(db, guards, ({ add }) => db.query(add))
  progress('heads')
  await db.query('select rebuild_lead_heads()')
}

/** What autovacuum does to a database in time: after filling, outside of a transaction. */
export const settleDatabase = (db: Queryable): Promise<unknown> => db.query('vacuum analyze')
