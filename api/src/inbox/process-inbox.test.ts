import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { createAmocrm } from '../amocrm/client.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { processNextEvent } from './process-inbox.ts'
import { storeEvent } from './store-event.ts'

const amocrm = await startAmocrmServer()
const app = await startTestApp({
  amocrm: createAmocrm({ baseUrl: amocrm.url, token: 'secret-amocrm-token' }),
})
const { db } = app
beforeEach(async () => {
  await app.wipe()
  amocrm.answers.clear()
  amocrm.requests.length = 0
  layOut(501)
})

function layOut(leadId: number, changes: Record<string, unknown> = {}): void {
  amocrm.answers.set(`GET /api/v4/leads/${leadId}`, {
    status: 200,
    body: {
      id: leadId,
      name: 'Заявка',
      status_id: 10,
      pipeline_id: 3,
      responsible_user_id: 9,
      created_at: 1,
      updated_at: 1,
      custom_fields_values: null,
      _embedded: { contacts: [{ id: 70, is_main: true }] },
      ...changes,
    },
  })
  amocrm.answers.set('GET /api/v4/contacts/70', {
    status: 200,
    body: {
      id: 70,
      name: 'Иван Петров',
      first_name: 'Иван',
      custom_fields_values: [
        { field_id: 1, field_code: 'PHONE', values: [{ value: '8 (999) 123-45-67' }] },
        { field_id: 2, field_code: 'EMAIL', values: [{ value: 'ivan@beacon.example' }] },
        { field_id: 3, field_code: 'TELEGRAM', values: [{ value: 'https://t.me/ivan_p' }] },
      ],
    },
  })
}

const store = (body: string, source: 'amocrm' | 'telegram' = 'amocrm', dedupeKey = body) =>
  storeEvent(db, { source, dedupeKey, contentType: 'text/plain', body: Buffer.from(body) })
const events = () =>
  rowsOf<{ state: string; reason: string | null; attempts: number; delay: number }>(
    db,
    'select state, reason, attempts, extract(epoch from run_at - now())::float8 as delay from inbox_events order by id',
  )
const turns = () => rowsOf(db, 'select lead_id, kind from turns order by id')

test('the same event is stored once', async () => {
  assert.equal(await store('leads[add][0][id]=501'), true)
  assert.equal(await store('leads[add][0][id]=501'), false)
  assert.equal(await store('leads[add][0][id]=501', 'telegram'), true)
})

test('a new lead is read from amoCRM, kept, and gets its first touch at once', async () => {
  await store('leads[add][0][id]=501')
  assert.equal(await processNextEvent(app), true)
  assert.deepEqual(
    await rowsOf(
      db,
      'select id, name, contact_name, phone, email, telegram_username, language, stage, status_id, responsible_user_id from leads',
    ),
    [
      {
        id: 501,
        name: 'Заявка',
        contact_name: 'Иван',
        phone: '+79991234567',
        email: 'ivan@beacon.example',
        telegram_username: 'ivan_p',
        language: 'ru',
        stage: 'new',
        status_id: 10,
        responsible_user_id: 9,
      },
    ],
  )
  assert.deepEqual(await turns(), [{ lead_id: 501, kind: 'first_touch' }])
  const [event] = await events()
  assert.deepEqual([event!.state, event!.attempts], ['processed', 1])
  assert.equal(await processNextEvent(app), false)
  assert.ok(amocrm.requests.every((request) => request.token === 'Bearer secret-amocrm-token'))
})

test('a lead that was announced twice, or is announced again later, is touched once', async () => {
  await store('leads[add][0][id]=501')
  await store('leads[add][0][id]=501&unsorted[add][0][lead_id]=501')
  while (await processNextEvent(app));
  assert.equal((await turns()).length, 1)
})

test('a closed lead is kept and not touched; one that is gone is not kept', async () => {
  layOut(502, { status_id: 143 })
  layOut(503, { is_deleted: true })
  await store('leads[add][0][id]=502&leads[add][1][id]=503&leads[add][2][id]=504')
  await processNextEvent(app)
  assert.deepEqual(await rowsOf(db, 'select id, stage from leads'), [{ id: 502, stage: 'lost' }])
  assert.deepEqual(await turns(), [])
  assert.equal((await events())[0]!.state, 'processed')
})

test('a lead without a contact is kept, with what is known', async () => {
  layOut(501, { _embedded: { contacts: [] }, name: null })
  await store('leads[add][0][id]=501')
  await processNextEvent(app)
  assert.deepEqual(await rowsOf(db, 'select name, phone from leads'), [{ name: '#501', phone: null }])
})

test('an event of which nothing follows is processed', async () => {
  await store('contacts[update][0][id]=1')
  await processNextEvent(app)
  const [event] = await events()
  assert.deepEqual([event!.state, event!.reason], ['processed', 'contacts.update'])
})

for (const [source, body] of [
  ['amocrm', 'no hook at all'],
  ['telegram', '{"broken'],
  ['telegram', '{"accountId":"main"}'],
  ['telegram', 'null'],
] as const) {
  test(`what cannot be read is put aside with the reason: ${source} ${body}`, async () => {
    await store(body, source)
    assert.equal(await processNextEvent(app), true)
    const [event] = await events()
    assert.equal(event!.state, 'unreadable')
    assert.ok(event!.reason)
    assert.equal(await processNextEvent(app), false)
  })
}

test('a hook with a NUL in its keys is processed and holds up nobody', async () => {
  await store('con%00tacts[up%00date][0][id]=1')
  await store('leads[add][0][id]=501')
  while (await processNextEvent(app));
  assert.ok((await events()).every(({ state }) => state === 'processed'))
  assert.equal((await turns()).length, 1)
})

test('while amoCRM is ill the event waits, longer and longer, and the others go on', async () => {
  amocrm.answers.set('GET /api/v4/leads/501', { status: 503, body: '<html>busy</html>' })
  await store('leads[add][0][id]=501')
  await store('contacts[update][0][id]=1')
  const delays: number[] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    await db.query(`update inbox_events set run_at = now() - interval '1 s' where state = 'received'`)
    while (await processNextEvent(app));
    delays.push((await events())[0]!.delay)
  }
  const [waiting, other] = await events()
  assert.deepEqual([waiting!.state, waiting!.attempts, other!.state], ['received', 3, 'processed'])
  assert.match(waiting!.reason!, /503/)
  assert.ok(delays[0]! < delays[1]! && delays[1]! < delays[2]!, delays.join())
  layOut(501)
  await db.query(`update inbox_events set run_at = now() - interval '1 s' where state = 'received'`)
  await processNextEvent(app)
  assert.equal((await events())[0]!.state, 'processed')
  assert.equal((await turns()).length, 1)
})

test('after the last try it has failed, and the reason says why', async () => {
  amocrm.answers.set('GET /api/v4/leads/501', { status: 500, body: {} })
  await store('leads[add][0][id]=501')
  await db.query('update inbox_events set attempts = 9')
  await processNextEvent(app)
  const [event] = await events()
  assert.deepEqual([event!.state, event!.attempts], ['failed', 10])
  assert.match(event!.reason!, /500/)
  assert.equal(await processNextEvent(app), false)
})

test('a Telegram message goes to its lead, one of a stranger is put away', async () => {
  await store('leads[add][0][id]=501')
  await processNextEvent(app)
  const message = {
    accountId: 'main',
    peerId: 700,
    peerUsername: 'ivan_p',
    peerPhone: '+79991234567',
    messageId: 1,
    outgoing: false,
    text: 'Да',
    sentAt: '2030-06-03T08:00:00.000Z',
  }
  await store(JSON.stringify(message), 'telegram')
  await store(
    JSON.stringify({ ...message, peerId: 9, peerUsername: 'stranger', peerPhone: null }),
    'telegram',
  )
  while (await processNextEvent(app));
  assert.deepEqual(await rowsOf(db, 'select lead_id, text from messages'), [{ lead_id: 501, text: 'Да' }])
  assert.deepEqual(
    (await events()).map((event) => event.state),
    ['processed', 'processed', 'processed'],
  )
  assert.deepEqual(await turns(), [{ lead_id: 501, kind: 'answer' }])
})

test('events side by side are each processed once', async () => {
  for (let number = 0; number < 20; number++) await store(`contacts[update][0][id]=${number}`)
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      while (await processNextEvent(app));
    }),
  )
  assert.ok((await events()).every((event) => event.state === 'processed' && event.attempts === 1))
})
