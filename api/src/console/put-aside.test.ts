import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { openConversation } from '../conversations/open-conversation.ts'
import { createServer } from '../http/server.ts'
import { isProblem } from '../testing/http-client.ts'
import { password, signIn } from '../testing/console-client.ts'
import { addInbound, addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { wakeSnoozed } from './put-aside.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { contact_name: 'Мария', stage: 'qualified', facts: { need: 'CRM' } })
})
const queue = async () => (await rowsOf<{ queue: string }>(db, 'select queue from lead_heads'))[0]!.queue
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

async function say(author: 'ai' | 'human', text: string): Promise<number> {
  const { id } = await openConversation(db, { leadId: 1, accountId: 'main' })
  const [row] = await rowsOf<{ id: number }>(
    db,
    `insert into messages (conversation_id, lead_id, direction, author, text) values ($1, 1, 'out', $2, $3) returning id`,
    [id, author, text],
  )
  return row!.id
}

test('a lead that is put aside waits until its time, and is back when it comes', async () => {
  const manager = await signIn(app, server, 'manager')
  await manager.post('/console/leads/1/control', { control: 'human' })
  await addInbound(db, 1, 'Жду ответа')
  assert.equal(await queue(), 'attention')
  assert.equal((await manager.post('/console/leads/1/snooze', { until: inHours(2) })).status, 200)
  assert.equal(await queue(), 'waiting')
  assert.equal(await wakeSnoozed(db), 0)
  await db.query(`update leads set snoozed_until = now() - interval '1 s'`)
  assert.equal(await wakeSnoozed(db), 1)
  assert.equal(await queue(), 'attention')
  isProblem(await manager.post('/console/leads/1/snooze', { until: inHours(-1) }), 'invalid-request', 400)
})

test('a blocked person is written to no more; not while a meeting is to come', async () => {
  const manager = await signIn(app, server, 'manager')
  const meeting = await addMeeting(db, 1, offerIn(24))
  isProblem(await manager.post('/console/leads/1/block', { reason: 'спам' }), 'conflict', 409)
  await db.query(`update calendar_events set status = 'cancelled' where id = $1`, [meeting.id])
  assert.equal((await manager.post('/console/leads/1/block', { reason: 'спам' })).status, 200)
  assert.deepEqual(
    await rowsOf(db, 'select control, opted_out_source, opted_out_at is not null as off from leads'),
    [{ control: 'human', opted_out_source: 'operator', off: true }],
  )
  assert.equal(await queue(), 'closed')
  isProblem(await manager.post('/console/leads/1/messages', { text: 'Привет', key: 'k' }), 'conflict', 409)
})

test('a wrong answer is a case with the right one and all that was known; marked again, the newer counts', async () => {
  const manager = await signIn(app, server, 'manager')
  await addInbound(db, 1, 'Сколько стоит?')
  const wrong = await say('ai', 'Не знаю')
  const human = await say('human', 'От 1500 в месяц')
  const mark = (id: number, right: string) =>
    manager.post(`/console/leads/1/messages/${id}/wrong`, { right, comment: 'цена есть в знаниях' })
  isProblem(await mark(human, 'x'), 'conflict', 409)
  isProblem(await mark(77_777, 'x'), 'conflict', 409)
  assert.equal((await mark(wrong, 'Уточню')).status, 201)
  assert.equal((await mark(wrong, 'От 1500 рублей в месяц')).status, 201)
  type Case = { id: number; said: string; right: string; context: Record<string, unknown> }
  const { cases } = (await manager.get('/console/evaluation-cases')).body as { cases: Case[] }
  assert.deepEqual(
    cases.map(({ said, right }) => [said, right]),
    [['Не знаю', 'От 1500 рублей в месяц']],
  )
  const { context } = cases[0]!
  assert.deepEqual([context['stage'], context['facts']], ['qualified', { need: 'CRM' }])
  assert.deepEqual(
    (context['before'] as { text: string }[]).map(({ text }) => text),
    ['Сколько стоит?'],
  )
  const { messages } = (await manager.get('/console/leads/1/thread')).body as {
    messages: { right: string | null }[]
  }
  assert.deepEqual(
    messages.map(({ right }) => right),
    [null, 'От 1500 рублей в месяц', null],
  )
  assert.equal((await manager.post(`/console/evaluation-cases/${cases[0]!.id}/drop`)).status, 200)
  assert.deepEqual((await manager.get('/console/evaluation-cases')).body, { cases: [] })
})

test("kept searches are one's own", async () => {
  const [manager, viewer] = [await signIn(app, server, 'manager'), await signIn(app, server, 'viewer')]
  const saved = await manager.post('/console/filters', { name: '1С', queue: 'attention', search: '1с' })
  const id = Number(saved.body['id'])
  assert.deepEqual((await manager.get('/console/filters')).body, {
    filters: [{ id, name: '1С', queue: 'attention', search: '1с' }],
  })
  assert.deepEqual((await viewer.get('/console/filters')).body, { filters: [] })
  isProblem(await viewer.post(`/console/filters/${id}/drop`), 'not-found', 404)
  assert.equal((await manager.post(`/console/filters/${id}/drop`)).status, 200)
})

test('who did what is listed, with the lead, and no password', async () => {
  const owner = await signIn(app, server, 'owner')
  await owner.post('/console/leads/1/control', { control: 'human' })
  await owner.post('/console/password', { present: password, next: 'another long password' })
  type Page = { entries: { action: string; leadName: string | null; actor: string }[] }
  const answer = await owner.get('/console/audit')
  const { entries } = answer.body as unknown as Page
  assert.deepEqual(
    entries.slice(0, 2).map(({ action, leadName }) => [action, leadName]),
    [
      ['console.password_changed', null],
      ['control.human', 'Мария'],
    ],
  )
  assert.doesNotMatch(answer.text, /another long/)
  const ofLead = (await owner.get('/console/audit?leadId=1')).body as unknown as Page
  assert.deepEqual(
    ofLead.entries.map(({ action }) => action),
    ['control.human'],
  )
})

test('another password for oneself: the present one is asked, other browsers are signed out, this one stays', async () => {
  const here = await signIn(app, server, 'manager')
  const stolen = here.cookie()
  isProblem(
    await here.post('/console/password', { present: 'a wrong one', next: 'another long password' }),
    'conflict',
    409,
  )
  isProblem(
    await here.post('/console/password', { present: password, next: 'short' }),
    'invalid-request',
    400,
  )
  assert.equal(
    (await here.post('/console/password', { present: password, next: 'another long password' })).status,
    200,
  )
  assert.equal((await here.get('/console/me')).status, 200)
  here.setCookie(stolen)
  isProblem(await here.get('/console/me'), 'signed-out', 401)
  const login = (secret: string) => here.post('/console/login', { email: here.email, password: secret })
  assert.deepEqual(
    [(await login(password)).status, (await login('another long password')).status],
    [401, 200],
  )
})
