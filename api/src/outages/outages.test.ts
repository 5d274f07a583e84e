import {
  type ModelCall,
  type ModelOutcome,
  type Turn,
  type TurnLease,
  turnSchema,
  type Vendor,
} from '@lead/contract'
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { takeSyncPage } from '../calendar/take-sync-page.ts'
import { createServer } from '../http/server.ts'
import { recordModelCall } from '../models/record-model-call.ts'
import { createClient } from '../testing/http-client.ts'
import { addInbound, addLead, rowsOf } from '../testing/seed.ts'
import { startStandInN8n } from '../testing/stand-in-n8n.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { failTurn } from '../turns/fail-turn.ts'

/** What n8n was given, and whether it takes anything. */
const taken: Turn[] = []
let isUp = true
const n8n = await startStandInN8n((_path, turn) => {
  if (!isUp) return 503
  taken.push(turnSchema.parse(turn))
})
after(() => n8n.close())
const app = await startTestApp({ config: testConfig({ N8N_URL: n8n.url }) })
const { db } = app
const server = await createServer(app)
after(() => server.close())
const client = createClient(server, app.config.apiToken)

beforeEach(async () => {
  await app.wipe()
  taken.length = 0
  isUp = true
  for (const id of [1, 2, 3]) {
    await addLead(db, id)
    await addInbound(db, id, 'Здравствуйте!')
  }
})

const ask = (leadId: number) => scheduleTurn(db, { leadId, kind: 'answer', quietMs: 0, longestMs: 0 })

/** Dispatches what is due. @returns the turns that n8n got, by lead */
async function dispatch(): Promise<Map<number, Turn>> {
  taken.length = 0
  await dispatchDueTurns(app)
  return new Map(taken.map((turn) => [turn.turn.leadId, turn]))
}
const leaseOf = ({ turn }: Turn): TurnLease => ({ turnId: turn.id, fencing: turn.fencing })

const call = (vendor: Vendor, outcome: ModelOutcome): ModelCall => ({
  step: 'sales',
  vendor,
  model: vendor === 'openai' ? 'gpt-6-luna' : 'claude-sonnet-5-5',
  outcome,
  ms: 900,
  tokens: outcome === 'ok' ? { input: 1000, cached: 400, output: 200 } : null,
  reason: outcome === 'ok' ? null : `${vendor} says ${outcome}`,
})

/** The first word of an execution. */
const report = ({ turn }: Turn) => db.query(`update turns set execution_id = '7' where id = $1`, [turn.id])

/** What n8n reports of a turn in which each vendor that it was to ask ended like this. */
async function fail(turn: Turn, ends: Partial<Record<Vendor, ModelOutcome>>): Promise<void> {
  const calls = turn.models.ask.map((vendor) => call(vendor, ends[vendor] ?? assert.fail(vendor)))
  await report(turn)
  for (const one of calls) await recordModelCall(app, leaseOf(turn), one)
  await failTurn(app, leaseOf(turn), {
    service: 'models',
    reason: calls.map(({ model, reason }) => `${model}: ${reason}`).join('; '),
  })
}
const turnOf = async (leadId: number) =>
  (await rowsOf(db, 'select * from turns where lead_id = $1 order by id desc limit 1', [leadId]))[0]!
/** The wait is over: what was to be looked at later is looked at now. */
const laterOn = async (seconds: number) => {
  await db.query(
    `update turns set run_at = run_at - make_interval(secs => $1), lease_until = lease_until - make_interval(secs => $1)`,
    [seconds],
  )
  await db.query(`update outages set probe_at = probe_at - make_interval(secs => $1)`, [seconds])
}
const tasks = () =>
  rowsOf<{ key: string; text: string; lead_id: number }>(
    db,
    `select idempotency_key as key, payload ->> 'text' as text, lead_id from outbox where payload ->> 'kind' = 'task' order by id`,
  )

/** Both vendors fail in the turns of lead 1 until they count as away. */
async function bothAway(ends: Partial<Record<Vendor, ModelOutcome>>): Promise<void> {
  await ask(1)
  await fail((await dispatch()).get(1)!, ends)
  await laterOn(10)
  await fail((await dispatch()).get(1)!, ends)
}

test('a vendor that failed twice in a row is left out for a minute; then one turn asks it, and its success ends that', async () => {
  for (const leadId of [1, 2]) {
    await ask(leadId)
    const turn = (await dispatch()).get(leadId)!
    assert.deepEqual(turn.models.ask, ['openai', 'anthropic'])
    await recordModelCall(app, leaseOf(turn), call('openai', 'timeout'))
    await recordModelCall(app, leaseOf(turn), call('anthropic', 'ok'))
  }
  await ask(3)
  assert.deepEqual((await dispatch()).get(3)!.models.ask, ['anthropic'])

  await db.query(`update turns set state = 'done'`)
  await laterOn(61)
  for (const leadId of [1, 2]) await ask(leadId)
  const turns = await dispatch()
  const probes = [...turns.values()].filter(({ models }) => models.ask.includes('openai'))
  assert.equal(turns.size, 2)
  assert.equal(probes.length, 1)
  await recordModelCall(app, leaseOf(probes[0]!), call('openai', 'ok'))
  await ask(3)
  await db.query(`update turns set state = 'done'`)
  await ask(3)
  assert.deepEqual((await dispatch()).get(3)!.models.ask, ['openai', 'anthropic'])
})

test('a success between two failures, and answers that can not be used, leave nobody out', async () => {
  await ask(1)
  const turn = (await dispatch()).get(1)!
  for (const outcome of [
    'timeout',
    'ok',
    'overloaded',
    'refusal',
    'timeout',
    'length',
    'empty',
    'unreadable',
  ] as const)
    await recordModelCall(app, leaseOf(turn), call('openai', outcome))
  await ask(2)
  assert.deepEqual((await dispatch()).get(2)!.models.ask, ['openai', 'anthropic'])
})

test('both vendors away: turns are held and use up no try, one alert has both errors, and the first success resumes all', async () => {
  await bothAway({ openai: 'overloaded', anthropic: 'unpaid' })
  const { state, held_by: heldBy, attempts } = await turnOf(1)
  assert.deepEqual([state, heldBy, attempts], ['pending', 'models', 1])

  // Others do not even begin, and an hour of probes uses up nothing.
  for (const leadId of [2, 3]) await ask(leadId)
  assert.equal((await dispatch()).size, 0)
  for (let minute = 0; minute < 60; minute += 1) {
    await laterOn(61)
    const turns = await dispatch()
    assert.ok(turns.size <= 2, 'only who probes is asked: one for each vendor')
    for (const turn of turns.values()) await fail(turn, { openai: 'overloaded', anthropic: 'unpaid' })
  }
  for (const leadId of [1, 2, 3]) {
    const turn = await turnOf(leadId)
    assert.deepEqual([turn['state'], turn['held_by']], ['pending', 'models'])
    assert.ok((turn['attempts'] as number) <= 1)
  }
  assert.deepEqual(await rowsOf(db, `select distinct control from leads`), [{ control: 'ai' }])

  const told = (await tasks()).filter(({ key }) => key.startsWith('alert:models:'))
  assert.equal(told.length, 1)
  assert.match(told[0]!.text, /openai says overloaded.*anthropic says unpaid/)
  assert.equal((await tasks()).filter(({ key }) => key.startsWith('alert:anthropic:')).length, 1)
  assert.ok(
    app.logged.some((line) => /A service is away/.test(line) && /openai says.*anthropic says/.test(line)),
  )

  await laterOn(61)
  const [probe] = (await dispatch()).values()
  await recordModelCall(app, leaseOf(probe!), call(probe!.models.ask[0]!, 'ok'))
  const { rows } = await db.query(`select from turns where held_by is not null or run_at > now()`)
  assert.equal(rows.length, 0)
  assert.ok(app.woken.includes('turns'))
  const closed = await rowsOf(
    db,
    `select payload ->> 'of' as key from outbox where payload ->> 'kind' = 'task_done'`,
  )
  assert.ok(closed.some(({ key }) => key === told[0]!.key))
})

test('one vendor away, and what the other says can never be used: that is a fault of the turn, and a human gets it', async () => {
  await ask(1)
  for (let tries = 0; tries < 6; tries += 1) {
    const turn = (await dispatch()).get(1)!
    await fail(turn, { openai: 'overloaded', anthropic: 'refusal' })
    // Before the minute is over: nobody probes.
    await laterOn(55)
    await db.query(`update outages set probe_at = now() + interval '1 min'`)
    await db.query(`update turns set lease_until = now() where state = 'running'`)
  }
  assert.equal((await turnOf(1))['state'], 'failed')
  const [task] = (await tasks()).filter(({ key }) => key.startsWith('turn:'))
  assert.match(task!.text, /anthropic says refusal.*openai says overloaded/)
})

test('a newer message joins a turn that waits', async () => {
  await bothAway({ openai: 'denied', anthropic: 'denied' })
  await addInbound(db, 1, 'Вы здесь?')
  await ask(1)
  const open = await rowsOf(
    db,
    `select state from turns where lead_id = 1 and state in ('pending', 'running')`,
  )
  assert.deepEqual(open, [{ state: 'pending' }])
})

test('Google away: a turn waits without a try, and the next page of a calendar brings it back', async () => {
  await ask(1)
  for (let tries = 0; tries < 20; tries += 1) {
    const turn = (await dispatch()).get(1)!
    await report(turn)
    await failTurn(app, leaseOf(turn), { service: 'google', reason: 'connect ECONNREFUSED' })
    await laterOn(61)
  }
  const waits = await turnOf(1)
  assert.deepEqual([waits['held_by'], waits['attempts']], ['google', 1])
  await takeSyncPage(app, 'olga@beacon.example', { status: 200, body: { items: [], nextSyncToken: 't' } })
  assert.equal((await turnOf(1))['held_by'], null)
})

test('n8n away: one alert after a minute, no try is used, all go on when it is back', async () => {
  isUp = false
  await ask(1)
  for (let tries = 0; tries < 20; tries += 1) {
    await dispatch()
    await laterOn(6)
  }
  assert.deepEqual(await tasks(), [])
  await db.query(`update outages set since = since - interval '61 s'`)
  for (let tries = 0; tries < 3; tries += 1) {
    await dispatch()
    await laterOn(6)
  }
  assert.equal((await tasks()).filter(({ key }) => key.startsWith('alert:n8n:')).length, 1)
  isUp = true
  assert.equal((await dispatch()).size, 1)
  assert.equal((await turnOf(1))['attempts'], 1)
})

test('n8n that takes turns and begins none uses up nobody', async () => {
  await ask(1)
  await ask(2)
  let given = 0
  for (let tries = 0; tries < 20; tries += 1) {
    given += (await dispatch()).size
    await laterOn(130)
  }
  assert.ok(given >= 10, `${given} tries`)
  for (const leadId of [1, 2]) {
    const turn = await turnOf(leadId)
    assert.notEqual(turn['state'], 'failed')
    assert.ok((turn['attempts'] as number) <= 4, String(turn['attempts']))
  }
})

test('each call is kept with its tokens and its cost', async () => {
  await ask(1)
  const turn = (await dispatch()).get(1)!
  await recordModelCall(app, leaseOf(turn), call('openai', 'ok'))
  const [row] = await rowsOf(db, 'select * from model_calls')
  // gpt-6-luna: 600 fresh at 0.1, 400 cached at 0.01, 200 out at 0.5 dollars a million.
  assert.equal(Number(row!['cost_usd']), 0.000164)
  assert.deepEqual([row!['turn_id'], row!['ms'], row!['step']], [turn.turn.id, 900, 'sales'])
})

test('what n8n reports of a call is kept with its execution, and says that n8n works', async () => {
  await ask(1)
  const turn = (await dispatch()).get(1)!
  const {
    turn: { id, fencing },
  } = turn
  const body = { turnId: id, fencing, executionId: '17', call: call('openai', 'ok') }
  assert.equal((await client.post(`/turns/${id}/model-calls`, body)).status, 200)
  assert.equal((await turnOf(1))['execution_id'], '17')
  assert.equal((await rowsOf(db, 'select from model_calls')).length, 1)
  await laterOn(130)
  await dispatch()
  assert.deepEqual(
    await rowsOf(db, 'select service from outages'),
    [],
    'an execution that died midway was not silent',
  )
})
