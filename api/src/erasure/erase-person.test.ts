import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, beforeEach, test } from 'node:test'
import { createAmocrm } from '../amocrm/client.ts'
import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import { createMemoryGate } from '../amocrm/memory-gate.ts'
import type { Queryable } from '../database/pool.ts'
import { processNextEvent } from '../inbox/process-inbox.ts'
import { storeEvent } from '../inbox/store-event.ts'
import { createKeyring } from '../secrets/keyring.ts'
import { rotateKey } from '../secrets/rotate-key.ts'
import { storeMessage } from '../telegram/store-message.ts'
import { telegramMessageSchema } from '../telegram/telegram-message.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { addExecution, openExecutions } from '../testing/n8n-executions.ts'
import { addLead, addMeeting, offerIn, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { findPerson } from './find-person.ts'
import { freeTables, holdings, searchedTables } from './holdings.ts'
import { listErasures } from './list-erasures.ts'
import { liftErasure } from './marks.ts'

const amocrm = await startAmocrmServer()
const newClient = () => createAmocrm({ baseUrl: amocrm.url, token: 'none', gate: createMemoryGate(1000) })
const app = await startTestApp({ amocrm: newClient() })
const { db } = app
const n8n = await openExecutions(app)
after(() => n8n.end())
beforeEach(async () => {
  await app.wipe()
  await n8n.query('delete from execution_entity')
  amocrm.answers.clear()
  amocrm.requests.length = 0
  app.amocrm = newClient()
})

type Column = { table: string; column: string; type: string; generated: boolean }
/** Every column of every table of ours that can hold a text. */
const textColumns = () =>
  rowsOf<Column>(
    db,
    `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
            a.attgenerated <> '' or a.attidentity <> '' as generated
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     join pg_type t on t.oid = a.atttypid left join pg_type e on e.oid = t.typelem
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and coalesce(nullif(e.typname, 'char'), t.typname) in ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', 'xml', 'citext', 'name')
     order by 1, 2`,
  )

/** All of the database, row by row as text; bytes are read as well. */
async function dump(on: Queryable): Promise<string[]> {
  const tables = await rowsOf<{ name: string }>(
    on,
    `select c.oid::regclass::text as name from pg_class c where c.relkind in ('r', 'p')
       and c.relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
       and c.relnamespace::regnamespace::text !~ '^pg_toast'`,
  )
  const lines: string[] = []
  for (const { name } of tables)
    for (const { line } of await rowsOf<{ line: string }>(on, `select t::text as line from ${name} t`))
      lines.push(`${name} ${line}`)
  return lines
}
const holds = (lines: string[], word: string) => {
  const hex = Buffer.from(word).toString('hex')
  return lines.filter((line) => line.includes(word) || line.includes(hex))
}

let message = 0
const said = (peerId: number, text: string, changes: object = {}) =>
  storeMessage(
    app,
    telegramMessageSchema.parse({
      accountId: 'main',
      peerId,
      peerUsername: `user_${peerId}`,
      peerPhone: null,
      messageId: ++message,
      outgoing: false,
      text,
      sentAt: new Date().toISOString(),
      ...changes,
    }),
  )
const hook = (body: string) =>
  storeEvent(db, {
    source: 'amocrm',
    dedupeKey: randomUUID(),
    contentType: 'application/x-www-form-urlencoded',
    body: Buffer.from(body),
  })
const work = async () => {
  await db.query(`update inbox_events set run_at = now() where state = 'received'`)
  while (await processNextEvent(app));
}

/** Long, so that no hash and no clock holds it by chance. */
const peerOf = (id: number) => 7310020040 + id
const phoneOf = (id: number) => `+7916123${String(id).padStart(4, '0')}`

/** A person of whom every table of a lead has something. */
async function addPerson(id: number): Promise<void> {
  const peerId = peerOf(id)
  await db.query(`insert into telegram_accounts (id) values ('main') on conflict do nothing`)
  await addLead(db, id, {
    contact_id: 100 + id,
    contact_name: `Name${id}`,
    phone: phoneOf(id),
    email: `person${id}@beacon.example`,
    telegram_username: `user_${peerId}`,
    telegram_user_id: peerId,
    bound_by: 'username',
    bound_sign: `user_${peerId}`,
  })
  await said(peerId, `Words of ${id}`)
  await hook(`leads[update][0][id]=${id}&leads[update][0][name]=Card${id}`)
  await work()
  await db.query(
    `update turns set state = 'done', finished_at = now() - interval '1 minute' where lead_id = $1`,
    [id],
  )
  await addMeeting(db, id, offerIn(24 + id))
  await db.query(
    `insert into message_files (message_id, content, mime_type, transcript) select max(id), 'file', 'audio/ogg', 'heard' from messages where lead_id = $1`,
    [id],
  )
  await db.query(
    `insert into telegram_dialogs (conversation_id, account_id, planned_at) select id, 'main', now() from conversations where lead_id = $1`,
    [id],
  )
  for (const statement of [
    `insert into telegram_start_tokens (token, lead_id, expires_at, used_by) values ('token' || $1, $1, now(), 7310020040 + $1)`,
    `insert into lead_notes (lead_id, author, text) values ($1, 'Anna', 'a note')`,
    `insert into telegram_sends (key, account_id, peer_id, state) values ('send' || $1, 'main', 7310020040 + $1, 'sent')`,
    `insert into telegram_actions (account_id, kind, peer_id, at) values ('main', 'send', 7310020040 + $1, now())`,
    `insert into telegram_sessions (account_id, kind, key, value) values ('main', 'peer', (7310020040 + $1)::text, 'peer')`,
    `insert into outbox (lead_id, channel, payload, idempotency_key, state) values ($1, 'amocrm', '{"kind": "note", "text": "a note"}', 'note' || $1, 'done')`,
    `insert into audit_log (actor, action, lead_id) values ('lead', 'test', $1)`,
    `insert into alerts (cause, kind, lead_id, subject, detail) values ('hand-off:$1', 'hand_off', $1, 'Name$1', 'a reason')`,
    `insert into alert_notices (alert_id, channel, event, last_error) select id, 'email', 'raised', 'a fault' from alerts where lead_id = $1`,
    `insert into webhooks (url, events, secret, created_by) values ('https://crm.example/', '{lead.contacted}', 'secret', 'Anna')`,
    `insert into webhook_deliveries (webhook_id, lead_id, type, data, last_error) select max(id), $1, 'lead.contacted', '{}', 'a fault' from webhooks`,
    `insert into alerts (cause, kind, subject, detail) values ('dead-letter:$1', 'dead_letter', 'telegram', 'user_731002004$1 is away')`,
    `insert into drafts (lead_id, turn_id, kind, turn_kind, decision) select $1, max(id), 'approval', 'answer', '{}' from turns where lead_id = $1`,
    `insert into evaluation_cases (lead_id, message_id, turn_id, said, right_answer, comment, context, marked_by)
       select $1, max(m.id), max(t.id), 'said', 'right', 'why', '{}', 'Anna' from messages m, turns t where m.lead_id = $1 and t.lead_id = $1`,
    `insert into console_users (id, email, name, role, password_hash) overriding system value values ($1, 'anna$1@beacon.example', 'Anna', 'owner', 'none') on conflict do nothing`,
    `insert into push_subscriptions (user_id, endpoint, p256dh, auth, language) values ($1, 'https://push.example/$1', 'key', 'auth', 'ru') on conflict do nothing`,
    `insert into push_notices (alert_id, subscription_id, last_error)
       select max(a.id), max(s.id), 'a fault' from alerts a, push_subscriptions s where a.lead_id = $1`,
    `insert into console_filters (user_id, name, queue, search) values ($1, 'of ' || $1, 'all', 'Name$1')`,
    `insert into console_filters (user_id, name, queue, search) values ($1, 'by phone', 'all', '8 ' || substring('${phoneOf(id)}' from 3))`,
    `insert into console_filters (user_id, name, queue, search) values ($1, 'of nobody', 'all', 'price')`,
  ])
    await db.query(statement.replaceAll('$1', String(id)))
}

/** Puts a word of its own into every text column that takes one, in every row that `rows` finds. */
async function plantWords(ids: number[]): Promise<string[]> {
  const words: string[] = []
  const { person } = await findPerson(app, { leads: ids })
  const free = new Set([...Object.keys(freeTables)])
  for (const { table, column, type, generated } of await textColumns()) {
    // By these the row is found.
    const isSign = ['telegram_sessions.key', 'console_filters.search'].includes(`${table}.${column}`)
    if (free.has(table) || generated || isSign) continue
    const word = `Planted${words.length}Word`
    const value = {
      text: `coalesce(${column}, '') || ' ${word}'`,
      jsonb: `coalesce(${column}, '{}') || '{"planted": "${word}"}'`,
      bytea: `coalesce(${column}, '') || convert_to(' ${word}', 'utf8')`,
      'text[]': `${column} || '${word}'`,
    }[type]
    assert.ok(value, `${table}.${column} is ${type}: say here how a word is put into it`)
    const found = holdings.filter((holding) => holding.table === table && !holding.blank)
    for (const { find, by } of table === 'inbox_events' ? [] : found) {
      const changed = await db
        .query(`update ${table} set ${column} = ${value} where ctid = any(array(${find}))`, [person[by]])
        .catch(() => null)
      if (changed?.rowCount && words.at(-1) !== word) words.push(word)
    }
  }
  return words
}

test('a table that can hold a text is erased from, or is said to be free of people, and why', async () => {
  const tables = [...new Set((await textColumns()).map(({ table }) => table))]
  const erased = new Set([...holdings.map(({ table }) => table), ...searchedTables])
  const unnamed = tables.filter((table) => !erased.has(table) && !(table in freeTables))
  assert.deepEqual(unnamed, [], 'name them in api/src/erasure/holdings.ts')
  assert.deepEqual(
    Object.keys(freeTables).filter((table) => !tables.includes(table) || erased.has(table)),
    [],
    'tables that are not, or that are erased from',
  )
})

test('the whole database holds none of forty planted words, nor any sign of the person; the neighbour keeps everything', async () => {
  await addPerson(1)
  await addPerson(2)
  const words = await plantWords([1])
  // Raw events: as amoCRM and Telegram send them, as Bot API, as a chat of amoCRM, read and unread.
  await hook(`leads%5Bstatus%5D%5B0%5D%5Bid%5D=1&leads%5Bstatus%5D%5B0%5D%5Bname%5D=RawCardWord`)
  await hook(`contacts[update][0][id]=101&contacts[update][0][name]=RawContactWord`)
  await hook(`task[add][0][element_id]=1&task[add][0][text]=RawTaskWord`)
  await said(peerOf(1), 'RawMessageWord')
  const bot = { chat: { id: peerOf(1), type: 'private' }, message_id: 5, text: 'RawBotWord', date: 1 }
  for (const [source, body] of [
    ['telegram_bot', { update_id: 1, message: bot }],
    [
      'telegram_bot',
      { update_id: 2, my_chat_member: { chat: bot.chat, from: { first_name: 'RawMemberWord' } } },
    ],
    ['amocrm-chats', { message: { conversation: { id: 'x', client_id: 'lead-1' }, text: 'RawChatWord' } }],
  ] as const)
    await db.query(
      `insert into inbox_events (source, dedupe_key, body, state) values ($1, $2, $3, 'failed')`,
      [source, randomUUID(), JSON.stringify(body).replace('lead-1', `lead-${await conversationOf(1)}`)],
    )
  await db.query(
    `insert into outbox (lead_id, channel, payload, idempotency_key) values
       (2, 'amocrm', '{"kind": "note", "text": "NoteOnAnotherCardWord"}', 'lead:2:same-person:1'),
       (2, 'amocrm', '{"kind": "task", "text": "StrangerTaskWord"}', 'lead:2:stranger:7310020041')`,
  )
  words.push(
    ...[
      'RawCardWord',
      'RawContactWord',
      'RawTaskWord',
      'RawMessageWord',
      'RawBotWord',
      'RawMemberWord',
      'RawChatWord',
    ],
    ...['NoteOnAnotherCardWord', 'StrangerTaskWord'],
  )
  // Some columns follow others by a trigger, and lose their word again.
  const full = await dump(db)
  const planted = words.filter((word) => holds(full, word).length > 0)
  assert.ok(planted.length >= 40, `${planted.length} words were planted`)
  const own = [
    'Name1',
    '+79161230001',
    'person1@beacon.example',
    'user_7310020041',
    'Words of 1',
    'Card1',
    '7310020041',
  ]
  const ofNeighbour = (lines: string[]) => holds(lines, 'Name2').length + holds(lines, 'Words of 2').length

  const { person } = await findPerson(app, { leads: [1] })
  const before = ofNeighbour(await dump(db))
  const { erasure } = await erasePerson(app, person, { by: 'test' })
  const lines = await dump(db)
  for (const word of [...planted, ...own]) assert.deepEqual(holds(lines, word), [], word)
  assert.equal(ofNeighbour(lines), before)
  assert.deepEqual(await rowsOf(db, 'select id from leads'), [{ id: 2 }])
  assert.equal(erasure.proof.deleted['leads'], 1)
  assert.equal(erasure.proof.files, 1)
  assert.equal(erasure.proof.blanked['telegram_actions'], 1)
  assert.equal(erasure.proof.blanked['alerts'], 1)
  assert.equal(erasure.proof.deleted['console_filters'], 2)
  assert.match(erasure.proof.hash, /^[0-9a-f]{64}$/)
})

const conversationOf = async (leadId: number) =>
  (await rowsOf<{ id: number }>(db, 'select id from conversations where lead_id = $1', [leadId]))[0]!.id

test('what n8n kept of the person goes, of others it stays; an execution that still runs is waited for', async () => {
  await addPerson(1)
  await addPerson(12)
  const [turn] = await rowsOf<{ id: number }>(db, 'select id from turns where lead_id = 1')
  const ours = [
    '[{"turn":"1"},{"id":5,"fencing":1,"kind":"2","leadId":1},"answer"]',
    `[{"body":"1"},"{\\"leadId\\":1,\\"x\\":2}"]`,
    `[{"url":"1"},"http://api/turns/${turn!.id}/decision"]`,
    '[{"attendees":"1"},"person1@beacon.example"]',
  ]
  const theirs = ['[{"turn":"1"},{"id":5,"leadId":12}]', '[{"n":"1"},"Name1 is a common name"]']
  for (const data of [...ours, ...theirs]) await addExecution(n8n, data)
  const running = await addExecution(n8n, '[]', { status: 'running', startedAt: new Date(Date.now() - 1000) })
  const { person } = await findPerson(app, { leads: [1] })
  await assert.rejects(erasePerson(app, person, { by: 'test' }), /n8n still runs 1 execution/)
  assert.equal((await rowsOf(db, 'select from leads where id = 1')).length, 1, 'nothing is erased yet')
  // It ends, and is written as n8n writes it: at its end.
  await n8n.query(`update execution_entity set status = 'success' where id = $1`, [running])
  await n8n.query(`update execution_data set data = $2 where "executionId" = $1`, [running, ours[0]])
  // What began after everything about the person had ended is of others.
  await addExecution(n8n, '[]', { status: 'running', startedAt: new Date(Date.now() + 60_000) })
  const { erasure } = await erasePerson(app, person, { by: 'test' })
  assert.equal(erasure.proof.n8nExecutions, 5)
  const { rows } = await n8n.query<{ data: string }>('select data from execution_data')
  assert.deepEqual(rows.map(({ data }) => data).toSorted(), [...theirs, '[]'].toSorted())
})

test('without a way to n8n nothing is erased, unless its executions are left to a human', async () => {
  await addPerson(1)
  const { person } = await findPerson(app, { phone: '8 916 123-00-01' })
  const lost = { ...app, config: { ...app.config, n8nDatabase: 'no_such_database' } }
  await assert.rejects(erasePerson(lost, person, { by: 'test' }), /n8n's executions cannot be reached/)
  assert.equal((await rowsOf(db, 'select from leads')).length, 1)
  const { erasure } = await erasePerson(lost, person, { by: 'test', n8n: 'leave' })
  assert.equal(erasure.proof.n8nExecutions, null)
  assert.equal((await rowsOf(db, 'select from leads')).length, 0)
})

const nowSec = Math.floor(Date.now() / 1000)
const card = (id: number, contactId = 100 + id) => ({
  id,
  name: `Card${id}`,
  status_id: 10,
  pipeline_id: 3,
  created_at: nowSec,
  updated_at: nowSec + 5,
  _embedded: { contacts: [{ id: contactId, is_main: true }] },
})
const contact = (id: number, fields: Record<string, string>) => ({
  id,
  first_name: 'Name1',
  updated_at: nowSec + 5,
  custom_fields_values: Object.entries(fields).map(([code, value]) => ({
    field_id: 1,
    field_code: code,
    values: [{ value }],
  })),
})
function lay(leads: ReturnType<typeof card>[], contacts: ReturnType<typeof contact>[]): void {
  const set = (path: string, body: unknown) =>
    amocrm.answers.set(`GET /api/v4/${path}`, { status: 200, body })
  set('leads', { _embedded: { leads } })
  set('contacts', { _embedded: { contacts } })
  for (const lead of leads) set(`leads/${lead.id}`, lead)
  for (const one of contacts) set(`contacts/${one.id}`, one)
}
const tasks = () => amocrm.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/tasks'))
const everything = ['Name1', '79161230001', 'user_7310020041', 'Card1', 'Again']

test('hooks, polls and messages do not bring an erased person back, nor keep what they say', async () => {
  await addPerson(1)
  await erasePerson(app, (await findPerson(app, { leads: [1] })).person, { by: 'test' })
  lay([card(1)], [contact(101, { PHONE: phoneOf(1), TELEGRAM: 'user_7310020041' })])
  for (const body of [
    'leads[add][0][id]=1&leads[add][0][name]=Card1',
    'leads[status][0][id]=1&leads[status][0][name]=Card1',
    'leads[update][0][id]=1',
    'contacts[update][0][id]=101&contacts[update][0][name]=Name1',
    'leads[note][0][note][element_id]=1&leads[note][0][note][id]=5&leads[note][0][note][note_type]=4&leads[note][0][note][text]=Again',
  ])
    await hook(body)
  await said(peerOf(1), 'Again')
  await said(peerOf(1), 'Again', { event: 'edited' })
  await storeEvent(db, {
    source: 'telegram_bot',
    dedupeKey: 'again',
    contentType: 'application/json',
    body: Buffer.from(
      JSON.stringify({
        update_id: 9,
        message: {
          message_id: 1,
          date: 1,
          chat: { id: peerOf(1), type: 'private' },
          from: { id: peerOf(1), is_bot: false },
          text: '/start',
        },
      }),
    ),
  })
  await work()
  await findMissedLeads(app)
  await work()
  const lines = await dump(db)
  for (const word of everything) assert.deepEqual(holds(lines, word), [], word)
  assert.deepEqual(await rowsOf(db, 'select id from leads'), [])
  assert.deepEqual(await rowsOf(db, 'select source, state from inbox_events'), [])
  assert.equal(tasks().length, 0, 'on the old card nothing is new')
  const [listed] = await listErasures(db, 10)
  assert.equal(listed!.turnedAway, 8)
})

test('a new card of an erased person makes no lead, whatever it is known by; a human finds one task on it', async () => {
  await addPerson(1)
  await erasePerson(app, (await findPerson(app, { leads: [1] })).person, { by: 'test' })
  const cards = [
    [card(50), contact(150, { PHONE: '8 (916) 123-00-01' })],
    [card(51), contact(151, { TELEGRAM: '@User_7310020041' })],
    [card(52, 101), contact(101, {})],
  ] as const
  for (const [lead, person] of cards) {
    lay([lead], [person])
    for (let round = 0; round < 2; round++) {
      await hook(`leads[add][0][id]=${lead.id}&leads[add][0][name]=Card1`)
      await work()
    }
  }
  const found = await rowsOf<{ id: number }>(db, 'select id from leads')
  assert.deepEqual(found, [])
  assert.deepEqual(await rowsOf(db, 'select from inbox_events'), [])
  assert.equal(tasks().length, 3)
  assert.match(JSON.stringify(tasks()[0]!.body), /person -- allow/)
})

test('a neighbour in the same hook is worked all the same', async () => {
  await addPerson(1)
  await erasePerson(app, (await findPerson(app, { leads: [1] })).person, { by: 'test' })
  lay(
    [card(1), card(77)],
    [contact(101, {}), { ...contact(177, { TELEGRAM: 'neighbour_77' }), first_name: 'Oleg' }],
  )
  await hook('leads[add][0][id]=1&leads[add][1][id]=77')
  await work()
  assert.deepEqual(await rowsOf(db, 'select id, contact_name from leads'), [{ id: 77, contact_name: 'Oleg' }])
  assert.deepEqual(await rowsOf(db, 'select from inbox_events'), [])
})

test('while something of the person is in other hands nothing is erased, and nothing new begins', async () => {
  await addPerson(1)
  const { person } = await findPerson(app, { leads: [1] })
  await runningTurn(db, 1)
  await assert.rejects(erasePerson(app, person, { by: 'test' }), /is being thought about/)
  await db.query(`update turns set state = 'done', finished_at = now() where state = 'running'`)
  await db.query(`update outbox set state = 'sending'`)
  await assert.rejects(erasePerson(app, person, { by: 'test' }), /is being delivered/)
  await db.query(`update outbox set state = 'done'`)
  await hook('leads[update][0][id]=1&leads[update][1][id]=2')
  await assert.rejects(erasePerson(app, person, { by: 'test' }), /tells of other people too/)
  assert.deepEqual(await rowsOf(db, 'select opted_out_at is not null as out from leads'), [{ out: true }])
  await work()
  await erasePerson(app, person, { by: 'test' })
  assert.deepEqual(await rowsOf(db, 'select from leads'), [])
})

test('a phone that leads to two people names nobody; all leads of one person are found by any of them', async () => {
  const phone = '+79161234567'
  await addLead(db, 1, { phone, contact_id: 11, telegram_user_id: 701 })
  await addLead(db, 2, { contact_id: 12, telegram_user_id: 701 })
  await addLead(db, 3, { contact_id: 12 })
  assert.deepEqual((await findPerson(app, { phone: '8 (916) 123-45-67' })).person.leads, [1, 2, 3])
  assert.deepEqual((await findPerson(app, { telegram: '701' })).person.leads, [1, 2, 3])
  await addLead(db, 4, { phone, contact_id: 14 })
  await assert.rejects(findPerson(app, { phone }), /leads to 2 people: leads 1, 2, 3; leads 4/)
  const { person, alike } = await findPerson(app, { leads: [3] })
  assert.deepEqual([person.leads, alike], [[1, 2, 3], [4]])
  await assert.rejects(findPerson(app, { leads: [99] }), /No lead has the id 99/)
  await assert.rejects(findPerson(app, { phone: 'hello' }), /no phone/)
})

test('somebody without any lead is erased by their own sign: a stranger who only wrote, and was not understood yet', async () => {
  await said(peerOf(9), 'Stranger words')
  assert.ok(holds(await dump(db), 'Stranger words').length > 0)
  await erasePerson(app, (await findPerson(app, { telegram: String(peerOf(9)) })).person, { by: 'test' })
  assert.deepEqual(holds(await dump(db), 'Stranger words'), [])
  assert.deepEqual(holds(await dump(db), String(peerOf(9))), [])
})

test('the export is what the erasure then deletes, table by table', async () => {
  await addPerson(1)
  const { person } = await findPerson(app, { leads: [1] })
  const { tables } = await exportPerson(db, person)
  assert.match(JSON.stringify(tables), /Words of 1/)
  assert.match(JSON.stringify(tables['inbox_events']), /Card1/)
  assert.equal(tables['message_files']![0]!['content'], Buffer.from('file').toString('base64'))
  await addExecution(n8n, 'none')
  const { erasure } = await erasePerson(app, person, { by: 'test' })
  const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]))
  // The erasure itself cancelled what waited, and noted that.
  for (const changing of ['audit_log', 'console_changes']) {
    delete counts[changing]
    delete erasure.proof.deleted[changing]
  }
  assert.deepEqual(erasure.proof.deleted, counts)
})

test('the marks outlive a new APP_KEY, and a human may lift them', async () => {
  await addPerson(1)
  await erasePerson(app, (await findPerson(app, { leads: [1] })).person, { by: 'test' })
  const appKey = Buffer.alloc(32, 7)
  await rotateKey(db, createKeyring(appKey, app.config.appKey))
  const renewed = { ...app, config: { ...app.config, appKey, appKeyOld: null } }
  assert.equal(await liftErasure(renewed, db, ['lead:2']), false)
  assert.equal(await liftErasure(renewed, db, ['lead:1']), true)
  lay([card(1)], [contact(101, { TELEGRAM: 'user_7310020041' })])
  await hook('leads[add][0][id]=1')
  while (await processNextEvent(renewed));
  assert.deepEqual(await rowsOf(db, 'select id from leads'), [{ id: 1 }])
})
