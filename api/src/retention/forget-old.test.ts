import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { readConversation } from '../conversations/read-conversation.ts'
import { storeEvent } from '../inbox/store-event.ts'
import { findLead } from '../leads/lead.ts'
import { addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { forgetOld } from './forget-old.ts'

const app = await startTestApp()
const { db } = app
const never = new AbortController().signal
const keeps = (changes: Partial<typeof app.business.retention>) => ({
  ...app,
  business: { ...app.business, retention: { ...app.business.retention, ...changes } },
})
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const values = async (sql: string) => (await rowsOf<{ value: string }>(db, sql)).map(({ value }) => value)

const addEvents = async () => {
  for (const [key, state, days] of [
    ['old', 'processed', 31],
    ['new', 'processed', 29],
    ['waiting', 'received', 400],
    ['dead', 'failed', 400],
    ['unreadable', 'unreadable', 400],
  ] as const)
    await db.query(
      `insert into inbox_events (source, dedupe_key, body, state, received_at, processed_at)
       values ('telegram', $1, '', $2, now() - make_interval(days => $3),
               case when $2 <> 'received' then now() - make_interval(days => $3) end)`,
      [key, state, days],
    )
}

test('raw events go when they are old and understood; what waits and what failed stays', async () => {
  await addEvents()
  await forgetOld(app, never)
  assert.deepEqual(await values('select dedupe_key as value from inbox_events order by id'), [
    'new',
    'waiting',
    'dead',
    'unreadable',
  ])
  // Inside the window a doubled event is still known.
  const again = { source: 'telegram', contentType: 'application/json', body: Buffer.from('{}') } as const
  assert.equal(await storeEvent(db, { ...again, dedupeKey: 'new' }), false)
})

test('null keeps everything', async () => {
  await addEvents()
  await forgetOld(keeps({ rawEventsDays: null }), never)
  assert.equal((await rowsOf(db, 'select from inbox_events')).length, 5)
})

test('a draft that was decided about goes with the traces; one that waits stays, however old', async () => {
  for (const [state, days] of [
    ['rejected', 31],
    ['superseded', 29],
    ['waiting', 400],
  ] as const)
    await db.query(
      `with t as (insert into turns (lead_id, kind, state, run_at) values (1, 'answer', 'superseded', now()) returning id)
       insert into drafts (lead_id, turn_id, kind, turn_kind, decision, state, created_at, decided_at)
       select 1, t.id, 'approval', 'answer', '{}', $1, now() - make_interval(days => $2),
              case when $1 <> 'waiting' then now() - make_interval(days => $2) end from t`,
      [state, days],
    )
  await forgetOld(app, never)
  assert.deepEqual(await values('select state as value from drafts order by id'), ['superseded', 'waiting'])
})

test('traces of finished turns go, the decision stays; a running turn keeps its trace', async () => {
  for (const [state, days] of [
    ['done', 31],
    ['done', 29],
    ['running', 31],
  ] as const)
    await db.query(
      `insert into turns (lead_id, kind, state, run_at, decision, trace, finished_at)
       values (1, 'answer', $1, now(), '{"kept": true}', '{"model": "modest"}',
               case when $1 = 'done' then now() - make_interval(days => $2) end)`,
      [state, days],
    )
  await forgetOld(app, never)
  const turns = await rowsOf<{ trace: object; decision: object }>(db, 'select * from turns order by id')
  assert.deepEqual(
    turns.map(({ trace }) => Object.keys(trace).length),
    [0, 1, 1],
  )
  for (const { decision } of turns) assert.deepEqual(decision, { kept: true })
})

test('deliveries go when they were made; what is open, dead or was never said stays, and so does the task of a meeting to come', async () => {
  const meeting = await addMeeting(db, 1, offerIn(24))
  await db.query(`update calendar_events set task_key = 'task of the meeting' where id = $1`, [meeting.id])
  for (const [key, state, days] of [
    ['old', 'done', 181],
    ['new', 'done', 179],
    ['task of the meeting', 'done', 181],
    ['never said', 'cancelled', 400],
    ['dead', 'dead', 400],
    ['waits', 'pending', 400],
    ['on its way', 'sending', 400],
  ] as const)
    await db.query(
      `insert into outbox (lead_id, channel, payload, idempotency_key, state, finished_at)
       values (1, 'amocrm', '{"kind": "task", "text": "A task"}', $1, $2,
               case when $2 not in ('pending', 'sending') then now() - make_interval(days => $3) end)`,
      [key, state, days],
    )
  await forgetOld(app, never)
  const left = await values('select idempotency_key as value from outbox order by id')
  assert.deepEqual(left, ['new', 'task of the meeting', 'never said', 'dead', 'waits', 'on its way'])
  await db.query(`update calendar_events set status = 'cancelled'`)
  await forgetOld(app, never)
  assert.ok(!(await values('select idempotency_key as value from outbox')).includes('task of the meeting'))
})

test('a message whose delivery is forgotten is still shown as delivered, with or without an id of the channel', async () => {
  await db.query(
    `insert into conversations (lead_id, channel, account_id, peer_id) values (1, 'telegram', 'main', 7)`,
  )
  await db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, sent_at)
     select id, 1, 'out', 'ai', 'Said', now() - interval '200 days' from conversations`,
  )
  await db.query(
    `insert into outbox (lead_id, channel, payload, idempotency_key, state, finished_at)
     select 1, 'telegram', jsonb_build_object('kind', 'text', 'messageId', id, 'text', text), 'said', 'done', sent_at from messages`,
  )
  const statuses = async () =>
    (await readConversation(db, (await findLead(db, 1))!)).messages.map((line) => line['status'])
  assert.deepEqual(await statuses(), ['delivered'])
  await forgetOld(app, never)
  assert.deepEqual(await rowsOf(db, 'select from outbox'), [])
  assert.deepEqual(await statuses(), ['delivered'])
})

test('what a bot sent is forgotten with the deliveries; a send without an outcome is not', async () => {
  await db.query(
    `insert into telegram_sends (key, account_id, peer_id, state, sent_at) values
       ('old', 'bot', 1, 'sent', now() - interval '181 days'), ('new', 'bot', 1, 'sent', now()), ('unknown', 'bot', 1, 'sending', null)`,
  )
  await forgetOld(app, never)
  assert.deepEqual(await values('select key as value from telegram_sends order by key'), ['new', 'unknown'])
})

test('the sound of an old voice message goes, what was said in it stays', async () => {
  await db.query(`insert into conversations (lead_id, channel) values (1, 'telegram')`)
  for (const days of [181, 179]) {
    await db.query(
      `with kept as (insert into messages (conversation_id, lead_id, direction, author, text)
         select id, 1, 'in', 'lead', 'Voice' from conversations returning id)
       insert into message_files (message_id, state, content, transcript, run_at)
       select id, 'stored', 'sound', 'Hello', now() - make_interval(days => $1) from kept`,
      [days],
    )
  }
  await forgetOld(app, never)
  const files = await rowsOf(
    db,
    'select state, content is null as gone, transcript from message_files order by message_id',
  )
  assert.deepEqual(files, [
    { state: 'gone', gone: true, transcript: 'Hello' },
    { state: 'stored', gone: false, transcript: 'Hello' },
  ])
})

test('the audit log goes, who opted out stays', async () => {
  for (const action of ['message.received', 'lead.opted_out', 'lead.opt_out_lifted'])
    await db.query(
      `insert into audit_log (actor, action, lead_id, at) values ('lead', $1, 1, now() - interval '731 days')`,
      [action],
    )
  await forgetOld(app, never)
  assert.deepEqual(await values('select action as value from audit_log order by id'), [
    'lead.opted_out',
    'lead.opt_out_lifted',
  ])
})

test('more than a batch goes at one time, and a stop ends it', async () => {
  await db.query(
    `insert into audit_log (actor, action, at) select 'lead', 'message.received', now() - interval '800 days' from generate_series(1, 1200)`,
  )
  await forgetOld(app, AbortSignal.abort())
  assert.equal((await rowsOf(db, 'select from audit_log')).length, 1200)
  const forgotten = await forgetOld(app, never)
  assert.equal(forgotten['audit log'], 1200)
  assert.deepEqual(await rowsOf(db, 'select from audit_log'), [])
})

for (const { what, add, left, hours } of [
  {
    what: 'a stranger in Telegram, of whom a keyed hash is kept, is known for a day',
    hours: [23, 25],
    add: `insert into telegram_strangers (sign, account_id, heard_at) values (decode(lpad($1::text, 4, '0'), 'hex'), 'main', now() - make_interval(hours => $1::int))`,
    left: `select encode(sign, 'hex')::int::text as value from telegram_strangers`,
  },
  {
    what: 'what an account did counts for two days, as the longest of its budgets',
    hours: [47, 49],
    add: `insert into telegram_actions (account_id, kind, peer_id, at) values ('main', 'send', $1::int, now() - make_interval(hours => $1::int))`,
    left: 'select peer_id::text as value from telegram_actions',
  },
  {
    what: 'a change that a page of the console may have missed is kept for a day',
    hours: [23, 25],
    add: `insert into console_changes (lead_id, kind, at) values ($1::int, 'lead', now() - make_interval(hours => $1::int))`,
    left: `select lead_id::text as value from console_changes where at < now() - interval '1 hour'`,
  },
])
  test(what, async () => {
    await db.query(`insert into telegram_accounts (id) values ('main') on conflict do nothing`)
    for (const hour of hours) await db.query(add, [hour])
    await forgetOld(app, never)
    assert.deepEqual(await values(left), [String(hours[0])])
  })
