import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { type Turn, turnSchema } from '@lead/contract'
import { texts } from '../../../texts/index.ts'
import { watchIntegrations } from '../alerts/watch-integrations.ts'
import { createServer } from '../http/server.ts'
import { handBack } from '../leads/set-control.ts'
import { recordModelCall } from '../models/record-model-call.ts'
import { exampleBusiness } from '../testing/business.ts'
import { createClient } from '../testing/http-client.ts'
import { addInbound, addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { startStandInN8n } from '../testing/stand-in-n8n.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { endHoldOfDay } from './keep-budgets.ts'

const taken: Turn[] = []
const n8n = await startStandInN8n((path, turn) => {
  if (path.includes('/webhook/')) taken.push(turnSchema.parse(turn))
})
after(() => n8n.close())
const none = { usd: null, tokens: null, messages: null }
const app = await startTestApp({
  config: testConfig({ N8N_URL: n8n.url }),
  business: { ...exampleBusiness },
})
const { db } = app
const server = await createServer(app)
after(() => server.close())
const client = createClient(server, app.config.apiToken)

beforeEach(async () => {
  await app.wipe()
  taken.length = 0
  app.business.budgets = { perDay: none, perLead: none }
  for (const id of [1, 2]) {
    await addLead(db, id)
    await addInbound(db, id, 'Здравствуйте!')
  }
})

/** The lead's turn is due and dispatched. @returns what n8n got */
async function think(leadId: number, kind: 'answer' | 'reminder' = 'answer'): Promise<Turn | undefined> {
  taken.length = 0
  await scheduleTurn(db, { leadId, kind, quietMs: 0, longestMs: 0 })
  await dispatchDueTurns(app)
  return taken.find(({ turn }) => turn.leadId === leadId)
}

/** A turn of the lead that costs 2 dollars (claude-sonnet-5-5: 1,000,000 fresh tokens) and ends. */
async function spend(leadId: number, model = 'claude-sonnet-5-5'): Promise<void> {
  const { turn } = (await think(leadId)) ?? assert.fail('the turn was not dispatched')
  await recordModelCall(
    app,
    { turnId: turn.id, fencing: turn.fencing },
    {
      step: 'sales',
      vendor: 'anthropic',
      model,
      outcome: 'ok',
      ms: 5,
      tokens: { input: 1_000_000, cached: 0, output: 0 },
      reason: null,
    },
  )
  await db.query(`update turns set state = 'done', finished_at = now() where id = $1`, [turn.id])
}

const newestTurn = async (leadId: number) =>
  (await rowsOf(db, 'select * from turns where lead_id = $1 order by id desc limit 1', [leadId]))[0]!
const tasks = () =>
  rowsOf<{ lead_id: number; text: string }>(
    db,
    `select lead_id, payload ->> 'text' as text from outbox where payload ->> 'kind' = 'task' order by id`,
  )
const said = (leadId: number) =>
  rowsOf<{ text: string; author: string }>(
    db,
    `select m.text, m.author from messages m join outbox o on o.message_id = m.id
     where m.lead_id = $1 and m.direction = 'out' and o.state = 'pending' order by m.id`,
    [leadId],
  )

test('a spent day holds turns where people see it, tells them once, and a raised budget lets them go on', async () => {
  app.business.budgets.perDay = { ...none, usd: 3 }
  await spend(1)
  await spend(1)
  for (const id of [1, 2]) assert.equal(await think(id), undefined)
  for (const id of [1, 2]) {
    const turn = await newestTurn(id)
    assert.deepEqual([turn['state'], turn['held_by'], turn['attempts']], ['pending', 'budget', 0])
    assert.equal(
      turn['last_error'],
      texts.ru.budget.spentToday(texts.ru.budget.usd({ spent: '4.00', most: '3' })),
    )
  }
  assert.deepEqual(
    (await tasks()).map(({ text }) => text),
    [
      texts.ru.task.outage.budget(
        texts.ru.budget.spentToday(texts.ru.budget.usd({ spent: '4.00', most: '3' })),
      ),
    ],
  )
  const look = watchIntegrations(app)
  await look()
  await look()
  const alerts = await rowsOf(db, `select * from alerts where cause = 'integration:budget'`)
  assert.deepEqual(
    alerts.map(({ resolved_at }) => resolved_at),
    [null],
  )
  const ready = await client.ask('GET', '/ready')
  assert.deepEqual(ready.body['budgets'], {
    ok: false,
    detail: 'today: usd 4.00 of 3, tokens 2000000 of any number, messages 0 of any number; 2 turns wait',
  })
  const metrics = await client.ask('GET', '/metrics')
  assert.match(String(metrics.text), /lead_budget_spent\{what="usd"\} 4\n/)
  assert.match(String(metrics.text), /lead_budget_most\{what="usd"\} 3\n/)
  assert.match(String(metrics.text), /lead_budget_held_turns 2\n/)

  app.business.budgets.perDay = { ...none, usd: 10 }
  await look()
  assert.equal((await newestTurn(2))['held_by'], null)
  taken.length = 0
  await dispatchDueTurns(app)
  assert.deepEqual(taken.map(({ turn }) => turn.leadId).toSorted(), [1, 2])
  const [alert] = await rowsOf(db, `select * from alerts where cause = 'integration:budget'`)
  assert.ok(alert!['resolved_at'])
})

test('the next day begins with nothing spent, and what waited goes on', async () => {
  app.business.budgets.perDay = { ...none, tokens: 1_000_000 }
  await spend(1)
  assert.equal(await think(2), undefined)
  await endHoldOfDay(app)
  assert.equal((await newestTurn(2))['held_by'], 'budget')
  await db.query(`update model_calls set at = at - interval '1 day'`)
  await endHoldOfDay(app)
  taken.length = 0
  await dispatchDueTurns(app)
  assert.equal(taken.length, 1)
})

test('a reminder of a meeting is sent on a spent day too', async () => {
  app.business.budgets.perDay = { ...none, tokens: 1_000_000 }
  await spend(1)
  await addMeeting(db, 1, offerIn(30))
  assert.ok(await think(1, 'reminder'))
  assert.equal(await think(2), undefined)
})

test('a lead whose budget is spent is told that a colleague goes on, and a human gets one task; giving back begins a new budget', async () => {
  app.business.budgets.perLead = { ...none, usd: 2 }
  await spend(1)
  assert.equal(await think(1), undefined)
  const [lead] = await rowsOf(db, 'select control, control_source from leads where id = 1')
  assert.deepEqual(lead, { control: 'human', control_source: 'failure' })
  assert.deepEqual(await said(1), [{ text: texts.ru.lead.handedOver, author: 'system' }])
  const text = texts.ru.task.leadBudget(texts.ru.budget.usd({ spent: '2.00', most: '2' }))
  assert.deepEqual(await tasks(), [{ lead_id: 1, text }])
  // Nobody else is touched, and a human's lead costs nothing more.
  assert.ok(await think(2))
  await addInbound(db, 1, 'Вы тут?')
  assert.equal(await think(1), undefined)
  assert.equal((await tasks()).length, 1)
  assert.equal((await said(1)).length, 1)

  await handBack(app, 1, { by: 'Анна', reason: 'continue', liftsOptOut: false })
  assert.ok(await think(1))
})

test('a lead uses up its budget of messages', async () => {
  app.business.budgets.perLead = { ...none, messages: 2 }
  for (const text of ['a', 'b'])
    await db.query(
      `insert into messages (conversation_id, lead_id, direction, author, text)
       select conversation_id, lead_id, 'out', 'ai', $1 from messages where lead_id = 1 limit 1`,
      [text],
    )
  await addInbound(db, 1, 'И ещё вопрос')
  assert.equal(await think(1), undefined)
  assert.equal(
    (await tasks())[0]?.text,
    texts.ru.task.leadBudget(texts.ru.budget.messages({ spent: '2', most: '2' })),
  )
})

test('what has no price is named, and counts in tokens', async () => {
  app.business.budgets.perDay = { usd: 1, tokens: 1_500_000, messages: null }
  await spend(1, 'claude-of-tomorrow')
  const ready = await client.ask('GET', '/ready')
  assert.match(
    (ready.body['budgets'] as { detail: string }).detail,
    /usd 0\.00 of 1, tokens 1000000 of 1500000.*no price in config\/models\.yaml: claude-of-tomorrow/,
  )
  await spend(1, 'claude-of-tomorrow')
  assert.equal(await think(2), undefined)
})
