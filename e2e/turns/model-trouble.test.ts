import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Client } from 'pg'
import type { System } from '../../local/system/system.ts'
import { ask, startTestSystem, until } from '../system.ts'
import { callsOf, said, serveLead } from '../models/serve-lead.ts'
import { makeLead } from './new-lead.ts'

/** How long both vendors are overloaded. Five minutes: OVERLOAD_SECONDS=300. */
const overloadSeconds = Number(process.env.OVERLOAD_SECONDS ?? 20)
/** A vendor that is away is asked once a minute. */
const probeSeconds = 60

describe('models that fail, through the real n8n: every lead is answered', () => {
  let system: System
  let db: Client
  let n8n: Client
  let count = 0
  before(async () => {
    system = await startTestSystem()
    await ask(`${system.urls.amocrm}/_sim/limits`, { json: { perSecond: null } })
    db = new Client({ connectionString: system.databaseUrl })
    await db.connect()
    const { settings } = system.config
    const url = new URL(system.databaseUrl)
    url.username = settings.N8N_DB_USER
    url.password = settings.N8N_DB_PASSWORD
    url.pathname = `/${settings.N8N_DB_NAME}`
    n8n = new Client({ connectionString: url.href })
    await n8n.connect()
  })
  after(async () => {
    await n8n.end()
    await db.end()
    await system.stop()
  })

  const mode = (json: object) => ask(`${system.urls.llm}/_sim/mode`, { json })
  const newLead = () => makeLead(system, (count += 1))

  /** How n8n shows the executions of these leads: `error` is red. */
  const executionsOf = async (leads: number[]): Promise<{ id: number; status: string }[]> =>
    (
      await n8n.query<{ id: number; status: string }>(
        `select e.id, e.status from execution_entity e join execution_metadata m on m."executionId" = e.id and m.key = 'lead'
         where m.value = any($1)`,
        [leads.map(String)],
      )
    ).rows

  /** The lead that came while the models were like this: who answered, after how long, and what came before. */
  async function serve(what: string, seconds: number, note: (text: string) => void) {
    const served = await serveLead({ system, db }, (count += 1), seconds)
    const { person, calls, ms } = served
    note(
      `${what}: ${calls.map(({ vendor, outcome, ms: took }) => `${vendor} ${outcome} ${(took / 1000).toFixed(1)} s`).join(', ')}; answered after ${Math.round(ms / 1000)} s`,
    )
    assert.equal(await said(system, person), 1)
    return served
  }

  // A vendor that failed is the last one to be asked for; a success of it makes it the first again.
  const rows: [mode: string, outcome: string][] = [
    ['refusing', 'empty'],
    ['short', 'length'],
    ['empty', 'empty'],
    ['broken', 'unreadable'],
    ['overloaded', 'overloaded'],
    ['hanging', 'timeout'],
  ]
  for (const [name, outcome] of rows)
    test(`OpenAI is ${name}: Claude answers`, async (t) => {
      await mode({ vendor: 'openai', mode: name })
      const { calls } = await serve(name, 120, (text) => t.diagnostic(text))
      assert.deepEqual(
        calls.map(({ vendor, outcome: came }) => [vendor, came]),
        [
          ['openai', outcome],
          ['anthropic', 'ok'],
        ],
      )
      assert.ok(Number(calls[1]?.cost_usd) > 0)
      // Below a third of the turn's time, with room for the other one.
      if (name === 'hanging') assert.ok(calls[0]!.ms < 40_000, `${calls[0]!.ms} ms`)
      await mode({ mode: 'modest' })
    })

  test('both are overloaded: leads are held and lose no try, then all are answered once, and one task tells of it', async (t) => {
    await mode({ mode: 'overloaded', forMs: overloadSeconds * 1000 })
    const first = newLead()
    const second = newLead()
    const began = Date.now()
    const people = await Promise.all([first, second])
    const leads = people.map(({ leadId }) => leadId)
    const since = () => `${((Date.now() - began) / 1000).toFixed(1)} s`
    await until(
      'both wait',
      async () =>
        (await db.query(`select from turns where held_by = 'models' and lead_id = any($1)`, [leads]))
          .rowCount === 2,
    )
    t.diagnostic(`both vendors away: both leads held after ${since()}`)
    const redOnes = () => executionsOf(leads).then((all) => all.filter(({ status }) => status === 'error'))
    await until('both executions are red', async () => (await redOnes()).length >= 2)
    t.diagnostic(`executions red after ${since()}`)
    const alerts = async () =>
      (
        await db.query(
          `select from outbox where idempotency_key like 'alert:models:%' and payload ->> 'kind' = 'task'`,
        )
      ).rowCount
    await until('the alert', alerts)
    t.diagnostic(`one alert after ${since()}`)
    for (const person of people)
      await until(
        'the answer',
        async () => (await said(system, person)) > 0,
        overloadSeconds + 2 * probeSeconds,
      )
    t.diagnostic(
      `overloaded for ${overloadSeconds} s: both answered after ${since()}, executions red ${(await redOnes()).length}, asked ${(await Promise.all(people.map((person) => callsOf(db, person)))).flat().length} times`,
    )
    for (const person of people) assert.equal(await said(system, person), 1)
    const { rows: turns } = await db.query<{ attempts: number; control: string }>(
      'select t.attempts, l.control from turns t join leads l on l.id = t.lead_id where t.lead_id = any($1)',
      [leads],
    )
    assert.ok(
      turns.every(({ attempts, control }) => attempts <= 3 && control === 'ai'),
      JSON.stringify(turns),
    )
    assert.equal(await alerts(), 1)
    const executions = await executionsOf(leads)
    assert.equal(
      executions.filter(({ status }) => status === 'success').length,
      2,
      JSON.stringify(executions),
    )
  })

  test('an execution can be found from the lead, and the lead from the execution', async (t) => {
    const { person } = await serve('as usual', 60, (text) => t.diagnostic(text))
    const execution = await until('the turn is done', async () => {
      const { rows: done } = await db.query<{ execution_id: string; id: number }>(
        `select id, execution_id from turns where lead_id = $1 and state = 'done'`,
        [person.leadId],
      )
      return done[0]
    })
    const data = await until('n8n has stored the execution', async () => {
      const { rows: kept } = await n8n.query<{ key: string; value: string }>(
        'select key, value from execution_metadata where "executionId" = $1',
        [execution.execution_id],
      )
      return kept.length > 0 ? Object.fromEntries(kept.map(({ key, value }) => [key, value])) : null
    })
    assert.deepEqual(data, {
      lead: String(person.leadId),
      turn: String(execution.id),
      kind: 'first_touch',
      outcome: 'done',
    })
  })
})
