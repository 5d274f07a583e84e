import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { keepRequest } from '../leads/read-request.ts'
import { openApp } from '../testing/open-app.ts'
import { saveSellers } from '../leads/save-sellers.ts'
import { addLead } from '../testing/seed.ts'
import { readNumbers } from './read-numbers.ts'

const database = await startTestDatabase()
const app = openApp(database.url)
const { db } = app
await saveSellers(app)
after(async () => {
  await db.end()
  await database.stop()
})

const at = (text: string) => new Date(`${text}Z`)
const span = { from: at('2031-02-01T00:00:00'), to: at('2031-03-01T00:00:00') }
const [olga, pavel] = app.business.sellers
const business = {
  timeZone: 'Europe/Moscow',
  sellers: [
    { ...olga!, amocrmUserId: undefined, timeZone: 'Europe/Moscow', workingHours: { mon: ['10:00-19:00'] } },
    { ...pavel!, amocrmUserId: 502, timeZone: 'Asia/Yekaterinburg', workingHours: { mon: ['09:00-18:00'] } },
  ],
}
const read = (source?: string) => readNumbers(db, { ...span, source }, business as typeof app.business)
const received = (funnel: { step: string; count: number }[]) =>
  funnel.find(({ step }) => step === 'received')!.count

async function addTurn(leadId: number, finishedAt: string, decision: object, columns = {}): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into turns (lead_id, kind, state, run_at, first_event_at, finished_at, decision, is_shadow, is_suggestion)
     values ($1, 'answer', 'done', $2, $2, $2, $3, $4, $5) returning id`,
    [
      leadId,
      at(finishedAt),
      decision,
      ...['isShadow', 'isSuggestion'].map((name) => Boolean((columns as Record<string, boolean>)[name])),
    ],
  )
  return rows[0]!.id
}
const decided = (action: string, intent: string | null, objections: string[] = []) => ({
  sales: { action },
  classification: intent && { intent, objections },
})

test('leads are counted by where the card says they came from: of an address only whose it is, the small ones as one', async () => {
  const from = (source: string | null) => ({ title: null, source, answers: [] })
  const sources = [
    'https://www.beacon.example/price?utm=1',
    'http://beacon.example/',
    'yandex-direct',
    null,
    ...Array.from({ length: 11 }, (_, n) => `small-${n}`),
  ]
  for (const [index, source] of sources.entries()) {
    await addLead(db, 100 + index, { created_at: at('2031-02-03T09:00:00') })
    await keepRequest(db, 100 + index, from(source))
  }
  await addLead(db, 199, { created_at: at('2031-01-03T09:00:00') })
  const counted = (await read()).sources.map(({ name, funnel }) => [name, received(funnel)] as const)
  assert.deepEqual(counted[0], ['beacon.example', 2])
  assert.equal(counted.length, 12)
  assert.deepEqual(counted.slice(-2), [
    ['…', 3],
    [null, 1],
  ])
  assert.equal(
    counted.reduce((sum, [, count]) => sum + count, 0),
    sources.length,
  )
})

test('a lead is of the seller who meets it, and before that of the one who is responsible on the card', async () => {
  await addLead(db, 201, { created_at: at('2031-02-04T09:00:00'), responsible_user_id: 502 })
  await addLead(db, 202, { created_at: at('2031-02-04T09:00:00'), responsible_user_id: 502 })
  await db.query(
    `insert into calendar_events (lead_id, seller_id, status, starts_at, ends_at, blocked, calendar_id, google_event_id, booked_at)
     select 202, $2, 'booked', at, at + interval '1 hour', tstzrange(at, at + interval '1 hour'), 'c', 'e', $1::timestamptz
     from (select $1::timestamptz + interval '1 day' as at) day`,
    [at('2031-02-05T09:00:00'), olga!.id],
  )
  const { sellers, spent } = await read()
  assert.equal(received(sellers.find(({ name }) => name === pavel!.id)!.funnel), 1)
  const hers = sellers.find(({ name }) => name === olga!.id)!.funnel
  assert.deepEqual(
    ['received', 'booked', 'held'].map((step) => hers.find((one) => one.step === step)!.count),
    // It is to come: the year is 2031.
    [1, 1, 0],
  )
  assert.equal(spent.meetings, 1)
})

test('objections and reasons of handing over are of what was done: not of what was only thought or suggested', async () => {
  await addLead(db, 301)
  await addTurn(301, '2031-02-03T12:00:00', decided('talk', 'objection', ['price', 'time']))
  await addTurn(301, '2031-02-03T12:01:00', decided('talk', 'objection', ['price']))
  await addTurn(301, '2031-02-03T12:02:00', decided('handoff', 'wants_human'))
  await addTurn(301, '2031-02-03T12:03:00', decided('handoff', null))
  await addTurn(301, '2031-02-03T12:04:00', decided('handoff', 'complaint', ['trust']), { isShadow: true })
  await addTurn(301, '2031-02-03T12:05:00', decided('handoff', 'complaint', ['trust']), {
    isSuggestion: true,
  })
  await addTurn(301, '2031-01-03T12:05:00', decided('handoff', 'abuse', ['other']))
  const { objections, handOffs } = await read()
  assert.deepEqual(objections, [
    { kind: 'price', count: 2 },
    { kind: 'time', count: 1 },
  ])
  assert.deepEqual(
    new Set(handOffs.map(({ intent, count }) => `${intent} ${count}`)),
    new Set(['wants_human 1', 'null 1']),
  )
})

test('what is written when no seller works, in the zone of each, is outside hours; models cost what their calls cost', async () => {
  await addLead(db, 401)
  const { rows } = await db.query<{ id: number }>(
    `insert into conversations (lead_id, channel, account_id, peer_id) values (401, 'telegram', 'main', 401) returning id`,
  )
  // Monday. Yekaterinburg begins at 4:00 UTC, Moscow ends at 16:00.
  for (const [index, time] of ['03:59', '04:00', '15:59', '16:00'].entries()) {
    const turnId = await addTurn(401, `2031-02-10T${time}:00`, decided('talk', 'interested'))
    const said = await db.query<{ id: number }>(
      `insert into messages (conversation_id, lead_id, direction, author, text, turn_id, sent_at)
       values ($1, 401, 'out', 'ai', 'Hello', $2, $3::timestamptz + interval '9 s') returning id`,
      [rows[0]!.id, turnId, at(`2031-02-10T${time}:00`)],
    )
    await db.query(
      `insert into outbox (lead_id, turn_id, channel, payload, idempotency_key, state) values (401, $1, 'telegram', $2, $3, 'done')`,
      [turnId, { kind: 'text', messageId: said.rows[0]!.id, text: 'Hello' }, `numbers-${index}`],
    )
    await db.query(
      `insert into model_calls (turn_id, fencing, step, vendor, model, outcome, ms, input_tokens, output_tokens, cost_usd, at)
       values ($1, 1, 'sales', 'openai', 'modest', 'ok', 900, 1000, null, 0.25, $2)`,
      [turnId, at(`2031-02-10T${time}:05`)],
    )
  }
  const { outsideHours, reply, spent } = await read()
  assert.deepEqual([outsideHours, reply.count, reply.p50], [2, 4, 9])
  assert.deepEqual([spent.cost, spent.tokens], [1, 4000])
})

test('of one source every number is of its leads only; what there is to choose from stays', async () => {
  const all = await read()
  await keepRequest(db, 401, { title: null, source: 'yandex-direct', answers: [] })
  await keepRequest(db, 301, { title: null, source: 'vk', answers: [] })
  await db.query(`update leads set created_at = $1 where id in (301, 401)`, [at('2031-02-03T09:00:00')])
  await db.query(`update lead_heads set created_at = $1 where lead_id in (301, 401)`, [
    at('2031-02-03T09:00:00'),
  ])
  const direct = await read('yandex-direct')
  assert.deepEqual([received(direct.funnel), direct.sources.map(({ name }) => name)], [2, ['yandex-direct']])
  assert.deepEqual([direct.reply.count, direct.outsideHours, direct.spent.cost], [4, 2, 1])
  assert.deepEqual([direct.objections, direct.handOffs, direct.spent.meetings], [[], [], 0])
  assert.equal(
    direct.days.reduce((sum, day) => sum + day.received, 0),
    2,
  )
  const vk = await read('vk')
  assert.deepEqual([vk.reply.count, vk.spent.cost, vk.objections.length, vk.handOffs.length], [0, 0, 2, 2])
  const unknown = await read('')
  assert.equal(received(unknown.funnel), received(all.funnel) - 14)
  assert.equal(unknown.spent.meetings, 1)
  for (const { choices } of [direct, vk, unknown, await read('nowhere')])
    assert.deepEqual(
      [choices.length, choices[0], choices.includes('vk'), choices.at(-1)],
      [15, 'beacon.example', true, null],
    )
  assert.equal(received((await read('nowhere')).funnel), 0)
})
