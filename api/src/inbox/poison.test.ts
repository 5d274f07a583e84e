import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { createAmocrm } from '../amocrm/client.ts'
import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import { createMemoryGate } from '../amocrm/memory-gate.ts'
import { plain, type TelegramMessage } from '../telegram/telegram-message.ts'
import { storeUpdate } from '../telegram/bot/store-update.ts'
import { storeMessage } from '../telegram/store-message.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { dropEvent, listInbox, retryEvent } from './manage-inbox.ts'
import { processNextEvent } from './process-inbox.ts'
import { storeEvent } from './store-event.ts'

const amocrm = await startAmocrmServer()
const newClient = () => createAmocrm({ baseUrl: amocrm.url, token: 'none', gate: createMemoryGate(1000) })
const app = await startTestApp({
  amocrm: newClient(),
})
const { db } = app
beforeEach(async () => {
  await app.wipe()
  amocrm.answers.clear()
  // What the one before noticed of the account is forgotten.
  app.amocrm = newClient()
})

const nowSec = Math.floor(Date.now() / 1000)
const card = (id: number, changes: Record<string, unknown> = {}) => ({
  id,
  name: `Lead ${id}`,
  status_id: 10,
  pipeline_id: 3,
  created_at: nowSec,
  updated_at: nowSec,
  _embedded: { contacts: [{ id: id + 1000, is_main: true }] },
  ...changes,
})
const contact = (id: number, telegram: string) => ({
  id,
  first_name: 'Иван',
  custom_fields_values: [{ field_id: 3, field_code: 'TELEGRAM', values: [{ value: telegram }] }],
})
const lay = (path: string, body: unknown) => amocrm.answers.set(`GET /api/v4/${path}`, { status: 200, body })
const layLeads = (leads: unknown[]) => lay('leads', { _embedded: { leads } })
const layContacts = (contacts: unknown[]) => lay('contacts', { _embedded: { contacts } })

const message: TelegramMessage = {
  ...plain,
  accountId: 'main',
  event: 'new',
  peerId: 700,
  peerUsername: 'ivan_p',
  messageId: 1,
  text: 'Да',
  sentAt: '2030-06-03T08:00:00.000Z',
}
async function work(): Promise<void> {
  while (await processNextEvent(app));
}
const hook = (body: string) =>
  storeEvent(db, { source: 'amocrm', dedupeKey: body, contentType: 'x', body: Buffer.from(body) })
const events = () =>
  rowsOf<{ state: string; attempts: number }>(db, 'select state, attempts from inbox_events order by id')

for (const [name, bad] of [
  ['U+0000', 'a\0b'],
  ['half of a surrogate pair', 'a\ud800b'],
] as const) {
  test(`${name} from a stranger keeps no new lead from being added`, async () => {
    await storeMessage(app, { ...message, peerUsername: 'stranger', text: bad })
    await storeUpdate(
      app,
      { update_id: 1 },
      Buffer.from(
        JSON.stringify({
          update_id: 1,
          message: {
            message_id: 1,
            from: { id: 5, is_bot: false, first_name: bad },
            chat: { id: 5, type: 'private', username: bad },
            date: nowSec,
            text: bad,
          },
        }),
      ),
    )
    await work()
    lay('leads/501', card(501))
    lay('contacts/1501', contact(1501, 'ivan_p'))
    await hook('leads[add][0][id]=501')
    await work()
    assert.deepEqual(await rowsOf(db, 'select lead_id, kind from turns'), [
      { lead_id: 501, kind: 'first_touch' },
    ])
    const done = await rowsOf(
      db,
      `select source, state, attempts from inbox_events where source <> 'telegram_bot' order by id`,
    )
    assert.deepEqual(done, [
      { source: 'telegram', state: 'processed', attempts: 1 },
      { source: 'amocrm', state: 'processed', attempts: 1 },
    ])
  })

  test(`${name} in a lead's own words is kept and answered`, async () => {
    await addLead(db, 1, { telegram_username: 'ivan_p' })
    await storeMessage(app, { ...message, text: bad, media: { name: bad } })
    await work()
    assert.deepEqual(await rowsOf(db, 'select lead_id, text from messages'), [
      { lead_id: 1, text: 'a\ufffdb' },
    ])
    assert.deepEqual(await rowsOf(db, 'select lead_id, kind from turns'), [{ lead_id: 1, kind: 'answer' }])
  })

  test(`${name} in the name of a card stops no poll`, async () => {
    layLeads([card(1, { name: bad }), card(2)])
    layContacts([contact(1001, bad), contact(1002, 'second')])
    await findMissedLeads(app)
    assert.deepEqual(await rowsOf(db, 'select id, name from leads order by id'), [
      { id: 1, name: 'a\ufffdb' },
      { id: 2, name: 'Lead 2' },
    ])
    assert.equal((await rowsOf(db, 'select from turns')).length, 2)
    assert.equal((await rowsOf(db, 'select from inbox_events')).length, 0)
  })
}

test('words that came before the card are not kept; the card makes the account be read again', async () => {
  await db.query(
    `insert into telegram_accounts (id, state, swept_at) values ('main', 'online', now()), ('other', 'online', now())`,
  )
  await storeMessage(app, { ...message, peerUsername: 'Ivan_P' })
  await storeMessage(app, {
    ...message,
    peerId: 701,
    peerUsername: null,
    peerPhone: '+79991234567',
    messageId: 2,
  })
  await work()
  const bodies = await rowsOf<{ body: string }>(
    db,
    `select convert_from(body, 'utf8') as body from inbox_events`,
  )
  assert.deepEqual(bodies, [{ body: '' }, { body: '' }])
  lay('leads/501', card(501))
  lay('contacts/1501', contact(1501, 'ivan_p'))
  await hook('leads[add][0][id]=501')
  await work()
  const reopened = await rowsOf(db, 'select id from telegram_accounts where swept_at is null')
  assert.deepEqual(reopened, [{ id: 'main' }])
})

test('a broken card on a page goes into the inbox once; the others of its page are followed', async () => {
  layLeads([card(1, { status_id: 'ten' }), card(2), card(3, { updated_at: [[]] })])
  layContacts([contact(1002, 'second')])
  await findMissedLeads(app)
  await findMissedLeads(app)
  assert.deepEqual(await rowsOf(db, 'select id from leads'), [{ id: 2 }])
  assert.deepEqual(
    await rowsOf(db, `select convert_from(body, 'utf8') as body from inbox_events order by id`),
    [{ body: 'leads[update][0][id]=1' }, { body: 'leads[update][0][id]=3' }],
  )
})

test('a hook whose card nobody can read does not hold up the hooks that came with it', async () => {
  lay('leads', { _embedded: { leads: [card(2), card(3)] } })
  lay('leads/1', { id: 1, name: 5 })
  layContacts([contact(1002, 'second'), contact(1003, 'third')])
  lay('leads/2', card(2))
  lay('leads/3', card(3))
  lay('contacts/1002', contact(1002, 'second'))
  lay('contacts/1003', contact(1003, 'third'))
  for (const id of [1, 2, 3]) await hook(`leads[add][0][id]=${id}`)
  await processNextEvent(app)
  assert.deepEqual(
    (await events()).map(({ state }) => state),
    ['received', 'processed', 'processed'],
  )
  assert.deepEqual(await rowsOf(db, 'select id from leads order by id'), [{ id: 2 }, { id: 3 }])
})

test('one card of a hook that cannot be followed does not keep the others of the same hook from it', async () => {
  await db.query(`create function refuse() returns trigger language plpgsql as
    $$ begin if new.id = 1 then raise exception 'no' using errcode = '22003'; end if; return new; end $$`)
  await db.query('create trigger refuse before insert on leads for each row execute function refuse()')
  layLeads([card(1), card(2)])
  layContacts([contact(1001, 'first'), contact(1002, 'second')])
  await hook('leads[add][0][id]=1&leads[add][1][id]=2')
  await processNextEvent(app)
  await db.query('drop trigger refuse on leads; drop function refuse')
  assert.deepEqual(await rowsOf(db, 'select id from leads'), [{ id: 2 }])
  assert.equal((await events())[0]!.state, 'received')
  await db.query('update inbox_events set run_at = now()')
  lay('leads/1', card(1))
  lay('contacts/1001', contact(1001, 'first'))
  await work()
  assert.deepEqual(await rowsOf(db, 'select id from leads order by id'), [{ id: 1 }, { id: 2 }])
})

test('an event that fails for good is a visible dead letter with a task; retry and drop', async () => {
  await addLead(db, 1, { telegram_username: 'ivan_p' })
  await db.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'cannot be kept' using errcode = '22003'; end $$`)
  await db.query('create trigger refuse before insert on messages execute function refuse()')
  await storeMessage(app, message)
  await db.query('update inbox_events set attempts = 9')
  await work()
  await db.query('drop trigger refuse on messages; drop function refuse')
  const [dead] = await listInbox(db, 'dead', 10)
  assert.deepEqual([dead!.source, dead!.state, dead!.reason], ['telegram', 'failed', 'cannot be kept'])
  const tasks = await rowsOf<{ lead_id: number; payload: { kind: string; text: string } }>(
    db,
    'select lead_id, payload from outbox',
  )
  assert.equal(tasks.length, 1)
  assert.equal(tasks[0]!.lead_id, 1)
  assert.equal(tasks[0]!.payload.kind, 'task')
  assert.match(tasks[0]!.payload.text, /cannot be kept/)
  assert.equal(await retryEvent(db, dead!.id, 'api'), true)
  await work()
  assert.deepEqual(await rowsOf(db, 'select text from messages'), [{ text: 'Да' }])
  assert.deepEqual(await listInbox(db, 'dead', 10), [])
  assert.equal(await dropEvent(db, dead!.id, 'api'), false)
})

test('an unreadable event is a dead letter too, and names the lead when it can', async () => {
  await addLead(db, 1, { telegram_username: 'ivan_p' })
  await storeEvent(db, {
    source: 'telegram',
    dedupeKey: 'x',
    contentType: 'application/json',
    body: Buffer.from(JSON.stringify({ ...message, sentAt: 'yesterday' })),
  })
  await work()
  const [dead] = await listInbox(db, 'dead', 10)
  assert.equal(dead!.state, 'unreadable')
  assert.equal((await rowsOf(db, `select from outbox where lead_id = 1`)).length, 1)
  assert.equal(await dropEvent(db, dead!.id, 'api'), true)
  assert.deepEqual(await listInbox(db, 'dead', 10), [])
})

test('a full disk is no try of an event', async () => {
  await addLead(db, 1, { telegram_username: 'ivan_p' })
  await db.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$`)
  await db.query('create trigger refuse before insert on messages execute function refuse()')
  await storeMessage(app, message)
  await db.query('update inbox_events set attempts = 9')
  await work()
  await db.query('drop trigger refuse on messages; drop function refuse')
  assert.deepEqual(await events(), [{ state: 'received', attempts: 9 }])
})

test('a card with an endless name, address and username is added all the same', async () => {
  const random = Array.from({ length: 20_000 }, (_, index) =>
    String.fromCharCode(0x400 + ((index * 7919) % 251)),
  ).join('')
  lay('leads/501', card(501, { name: random }))
  lay('contacts/1501', {
    id: 1501,
    first_name: random,
    custom_fields_values: [
      { field_id: 1, field_code: 'PHONE', values: [{ value: '+79991234567' }] },
      { field_id: 2, field_code: 'EMAIL', values: [{ value: `${random}@x.example` }] },
      { field_id: 3, field_code: 'TELEGRAM', values: [{ value: random }] },
    ],
  })
  await hook('leads[add][0][id]=501')
  await work()
  assert.deepEqual(
    await rowsOf(
      db,
      'select length(name) as name, length(contact_name) as contact, phone, email, telegram_username from leads',
    ),
    [{ name: 500, contact: 200, phone: '+79991234567', email: null, telegram_username: null }],
  )
  assert.equal((await rowsOf(db, 'select from turns')).length, 1)
})

test('two long keys that begin alike are two events', async () => {
  const store = (dedupeKey: string) =>
    storeEvent(db, { source: 'amocrm-chats', dedupeKey, contentType: 'x', body: Buffer.from('{}') })
  assert.equal(await store('m'.repeat(10_000)), true)
  assert.equal(await store('m'.repeat(10_001)), true)
  assert.equal(await store('m'.repeat(10_000)), false)
})
