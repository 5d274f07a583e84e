import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { type EnrichRequest, enrichRequestSchema, type Turn, turnSchema } from '@lead/contract'
import { explainTurn } from '../console/explain-turn.ts'
import { createServer } from '../http/server.ts'
import { exampleBusiness } from '../testing/business.ts'
import { createClient } from '../testing/http-client.ts'
import { addInbound, addLead, rowsOf } from '../testing/seed.ts'
import { startStandInN8n } from '../testing/stand-in-n8n.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { dispatchDueTurns } from '../turns/dispatch-turns.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'

const turns: Turn[] = []
const questions: EnrichRequest[] = []
let n8nIs: 'there' | 'without the workflow' = 'there'
const n8n = await startStandInN8n((path, body) => {
  if (path !== '/webhook/enrich') turns.push(turnSchema.parse(body))
  else if (n8nIs === 'there') questions.push(enrichRequestSchema.parse(body))
  else return 404
})
after(() => n8n.close())
let clock = new Date()
const app = await startTestApp({
  config: testConfig({ N8N_URL: n8n.url }),
  business: { ...exampleBusiness },
  now: () => clock,
})
const { db } = app
const server = await createServer(app)
after(() => server.close())
const client = createClient(server, app.config.apiToken)

beforeEach(async () => {
  await app.wipe()
  turns.length = 0
  questions.length = 0
  n8nIs = 'there'
  clock = new Date()
  app.business.enrich = { url: 'https://look-up.example/company', withinSec: 20 }
  await addLead(db, 1, {
    name: 'Заявка',
    contact_name: 'Ферапонт',
    email: 'ferapont@romashka.example',
    telegram_username: 'ferapont_k',
    card: { title: 'Ферапонт, +7 916 111-22-33: внедрение', source: 'сайт', answers: [] },
  })
  await scheduleTurn(db, { leadId: 1, kind: 'first_touch', quietMs: 0, longestMs: 0 })
})

/** The time of whatever waits has come. */
const laterBy = async (sec: number) => {
  clock = new Date(clock.getTime() + sec * 1000)
  await db.query(`update turns set run_at = now() where state = 'pending' and run_at <= $1`, [clock])
}
const fact = { name: 'отрасль', value: 'логистика, 40 машин', source: 'https://registry.example/1' }
const report = (facts: unknown) => {
  const { turn } = questions[0] ?? assert.fail('nobody was asked')
  return client.post(`/turns/${turn.id}/enrichment`, {
    fencing: turn.fencing,
    turnId: turn.id,
    facts,
  })
}
const traceOf = async () =>
  (await explainTurn(db, (await rowsOf<{ id: number }>(db, 'select id from turns'))[0]!.id))!

test('the first touch waits for the facts, and has them with their source, apart from what the lead said', async () => {
  await dispatchDueTurns(app)
  assert.equal(turns.length, 0)
  const { url, about } = questions[0]!
  assert.equal(url, 'https://look-up.example/company')
  assert.equal(about.emailDomain, 'romashka.example')
  for (const word of ['Ферапонт', '916', 'ferapont@'])
    assert.ok(!JSON.stringify(questions).includes(word), word)
  assert.deepEqual((await report([fact])).body, { outcome: 'taken' })
  assert.ok(app.woken.includes('turns'))
  await dispatchDueTurns(app)
  const brief = turns[0]?.brief ?? assert.fail('the first touch was not dispatched')
  assert.deepEqual(brief.card.found, [fact])
  assert.deepEqual(brief.facts, {})
  const { enriched } = await traceOf()
  assert.equal(enriched?.outcome, 'taken')
  assert.deepEqual(enriched.facts, [fact])
  assert.equal(questions.length, 1)
})

test('late facts change nothing: the first touch has gone without', async () => {
  await dispatchDueTurns(app)
  await laterBy(10)
  await dispatchDueTurns(app)
  assert.equal(turns.length, 0)
  await laterBy(11)
  await dispatchDueTurns(app)
  assert.deepEqual(turns[0]?.brief.card.found, [])
  assert.deepEqual((await report([fact])).body, { outcome: 'late' })
  assert.deepEqual((await traceOf()).enriched?.facts, [])
})

const broken: [name: string, facts: unknown][] = [
  ['no list', 'Service unavailable'],
  ['no source', [{ name: 'a', value: 'b' }]],
  ['too long', [{ ...fact, value: 'x'.repeat(301) }]],
  ['too many', Array.from({ length: 13 }, () => fact)],
]
for (const [name, facts] of broken) {
  test(`broken facts (${name}) are none, and nobody waits any longer`, async () => {
    await dispatchDueTurns(app)
    assert.deepEqual((await report(facts)).body, { outcome: 'unreadable' })
    await dispatchDueTurns(app)
    assert.deepEqual(turns[0]?.brief.card.found, [])
    assert.equal((await traceOf()).enriched?.outcome, 'unreadable')
  })
}

test('without the workflow the first touch goes at once', async () => {
  n8nIs = 'without the workflow'
  await dispatchDueTurns(app)
  assert.deepEqual(turns[0]?.brief.card.found, [])
  const { enriched } = await traceOf()
  assert.deepEqual([enriched?.outcome, enriched?.reason], ['not reached', 'n8n answered 404'])
})

test('off, or for an answer, nobody is asked', async () => {
  app.business.enrich = null
  await dispatchDueTurns(app)
  assert.equal(turns.length, 1)
  app.business.enrich = { url: 'https://look-up.example/', withinSec: 20 }
  await addLead(db, 2)
  await addInbound(db, 2, 'Здравствуйте')
  await scheduleTurn(db, { leadId: 2, kind: 'answer', quietMs: 0, longestMs: 0 })
  await dispatchDueTurns(app)
  assert.equal(turns.length, 2)
  assert.equal(questions.length, 0)
})
