import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Client } from 'pg'
import { playLead } from '../../local/demo/play-lead.ts'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'
import { bringEvaluation } from './bring-evaluation.ts'
import { openSession } from './editor-session.ts'

type Chat = { messages: { from: string; text: string }[] }
type TestRun = { id: string; status: string; metrics?: Record<string, number>; errorCode?: string }
const agentId = 'leadAgent0000001'

describe('n8n thinks as an agent, and evaluates', () => {
  let system: System
  let db: Client
  let played: Awaited<ReturnType<typeof playLead>>

  before(async () => {
    system = await startTestSystem({}, { TURN_WORKFLOW: 'lead-processing-agent' })
    db = new Client({ connectionString: system.databaseUrl })
    await db.connect()
    played = await playLead({ urls: system.urls, lang: 'en', print: () => {} })
  })
  after(async () => {
    await db?.end()
    await system?.stop()
  })

  test('a lead is carried to a booking by lead-processing-agent alone', async () => {
    assert.equal(played.booked, true)
    assert.equal(played.crmUpdated, true)
    const { rows } = await db.query<{ workflow_id: string; origin: string }>(
      `select workflow_id, decision ->> 'origin' as origin from turns where lead_id = $1 and decision is not null`,
      [played.leadId],
    )
    assert.ok(rows.length >= 3)
    for (const row of rows) assert.deepEqual(row, { workflow_id: agentId, origin: 'ai' })
  })

  test('each call of the agent is reported with its tokens', async () => {
    const { rows } = await db.query<{ step: string; outcome: string; tokens: number }>(
      `select c.step, c.outcome, c.input_tokens as tokens from model_calls c join turns t on t.id = c.turn_id
       where t.lead_id = $1 and c.step = 'sales'`,
      [played.leadId],
    )
    // Three turns: at the least a proposal and an end each, and a search for times before the offer and the booking.
    assert.ok(rows.length >= 8, JSON.stringify(rows))
    assert.deepEqual(
      rows.filter(({ outcome, tokens }) => outcome !== 'ok' || !(tokens > 0)),
      [],
    )
  })

  test('the model hangs on an invented discount: three proposals are refused, and words of ours go out', async () => {
    await ask(`${system.urls.llm}/_sim/mode`, { json: { mode: 'hostile', attack: 'invent_discount' } })
    await ask(`${system.urls.telegram}/_sim/people/${played.personId}/say`, {
      json: { text: 'And how much does it cost?' },
    })
    const answer = await until('the answer', async () => {
      const { body } = await ask(`${system.urls.telegram}/_sim/people/${played.personId}/chat`)
      const last = (body as Chat).messages.at(-1)
      return last?.from === 'seller' && last.text !== played.messages.at(-1)?.text ? last.text : null
    })
    assert.doesNotMatch(answer, /70|discount/i)
    const { rows } = await db.query<{ refusals: number; origin: string }>(
      `select refusals, decision ->> 'origin' as origin from turns where lead_id = $1 and decision is not null order by id desc limit 1`,
      [played.leadId],
    )
    assert.deepEqual(rows, [{ refusals: 2, origin: 'fallback' }])
    await ask(`${system.urls.llm}/_sim/mode`, { json: { mode: 'modest' } })
  })

  test('Execute workflow tries it, and nothing is kept of the person who does not exist', async () => {
    const editor = await openSession(system.urls.n8n, system.config)
    const count = async () => (await db.query('select from turns')).rowCount
    const before_ = await count()
    const done = await editor.execute(await editor.read(agentId), 'Try it')
    const { would } = done['Act on the decision'] as { would: { writeInTelegram: string } }
    assert.ok(would.writeInTelegram.length > 20, JSON.stringify(would))
    assert.equal(await count(), before_)
  })

  test("n8n's Evaluations run the classifier on the labelled replies of eval/", async (t) => {
    assert.match(await bringEvaluation(system, 12), /1[0-2] labelled replies added, 0 were there/)
    const said = await bringEvaluation(system, 12)
    assert.match(said, /^0 labelled replies added, 1[0-2] were there/)
    const workflow = /workflow\/(\w+)\/evaluation/.exec(said)?.[1] ?? assert.fail(said)
    const editor = await openSession(system.urls.n8n, system.config)
    const runs = `/workflows/${workflow}/test-runs`
    await editor.ask('POST', `${runs}/new`, {})
    const run = await until(
      'the evaluation has run',
      async () => {
        const [one] = await editor.ask<TestRun[]>('GET', runs)
        return one && ['completed', 'error', 'cancelled'].includes(one.status) ? one : null
      },
      120,
    )
    assert.equal(run.status, 'completed', JSON.stringify(run))
    t.diagnostic(JSON.stringify(run.metrics))
    assert.equal(run.metrics?.['read'], 1)
    assert.ok((run.metrics['intent'] ?? 0) > 0.2 && (run.metrics['intent'] ?? 2) <= 1)
  })
})
