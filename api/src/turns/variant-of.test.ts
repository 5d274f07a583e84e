import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { readNumbers } from '../console/read-numbers.ts'
import { exampleBusiness } from '../testing/business.ts'
import { addInbound, addLead, claimAll, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { findLead, requireLead } from '../leads/lead.ts'
import { scheduleTurn } from './engine/engine.ts'
import { journalDecision } from './journal-decision.ts'
import { turnContext } from './turn-context.ts'
import { drawVariant } from './variant-of.ts'

const app = await startTestApp({ business: { ...exampleBusiness } })
const { db } = app
const second = 'Prompt: sales/2\n\nBe short.'
const experiment = (share: number) => {
  app.business.experiment = { name: 'shorter', share, prompt: 'variants/shorter.md' }
  app.business.variantPrompt = second
}
beforeEach(async () => {
  await app.wipe()
  app.config = testConfig()
  experiment(50)
})

/** The prompt that the lead's next turn brings to the sales step. */
async function promptOf(id: number): Promise<string | null> {
  await addInbound(db, id, 'Здравствуйте')
  await scheduleTurn(db, { leadId: id, kind: 'answer', quietMs: 0, longestMs: 0 })
  const turn = (await claimAll(db)).find(({ lead_id: of }) => of === id) ?? assert.fail('no turn')
  const { models } = await turnContext(app, turn, await requireLead(findLead(db, id)), ['openai'])
  await db.query(`update turns set state = 'done' where id = $1`, [turn.id])
  return models.salesPrompt
}
const variantOf = async (id: number) =>
  (await rowsOf<{ variant: string | null }>(db, 'select variant from leads where id = $1', [id]))[0]!.variant
/** A lead that is drawn for the second prompt, or for the first one. */
const leadFor = (variant: 'a' | 'b', share = 50) => {
  for (let id = 1; ; id += 1) if (drawVariant({ name: 'shorter', share }, id) === variant) return id
}

test('the shares are what was asked for, and another experiment draws others', () => {
  const ids = Array.from({ length: 10_000 }, (_none, index) => index + 1)
  for (const share of [0, 10, 50, 100]) {
    const drawn = ids.filter((id) => drawVariant({ name: 'shorter', share }, id) === 'b').length
    assert.ok(Math.abs(drawn / 100 - share) <= 1.5, `${share}: ${drawn}`)
  }
  const both = ids.filter(
    (id) =>
      drawVariant({ name: 'shorter', share: 50 }, id) === 'b' &&
      drawVariant({ name: 'warmer', share: 50 }, id) === 'b',
  )
  assert.ok(Math.abs(both.length / 100 - 25) <= 2, String(both.length))
})

test('a lead keeps its prompt, whatever the share becomes; an experiment that is over has none', async () => {
  const [a, b] = [leadFor('a'), leadFor('b')]
  for (const id of [a, b]) await addLead(db, id)
  assert.deepEqual([await promptOf(a), await promptOf(b)], [null, second])
  experiment(100)
  assert.deepEqual([await promptOf(a), await promptOf(b)], [null, second])
  assert.deepEqual([await variantOf(a), await variantOf(b)], ['shorter/a', 'shorter/b'])
  app.business.experiment = null
  app.business.variantPrompt = null
  assert.equal(await promptOf(b), null)
  assert.equal(await variantOf(b), 'shorter/b')
})

test('who has talked with the assistant before is in neither; with an agent nobody is drawn', async () => {
  experiment(100)
  await addLead(db, 1)
  app.business.experiment = null
  assert.equal((await journalDecision(app, await runningTurn(db, 1), proposal())).outcome, 'accepted')
  await db.query(`update turns set state = 'done'`)
  experiment(100)
  assert.equal(await promptOf(1), null)
  assert.equal(await variantOf(1), null)
  app.config = testConfig({ TURN_WORKFLOW: 'lead-processing-agent' })
  await addLead(db, 2)
  assert.equal(await promptOf(2), null)
  assert.equal(await variantOf(2), null)
})

test('a decision names its prompt, and the numbers have the funnel of each', async () => {
  const [a, b] = [leadFor('a'), leadFor('b')]
  for (const id of [a, b, 999_999]) await addLead(db, id)
  for (const id of [a, b]) await promptOf(id)
  const lease = await runningTurn(db, b)
  await journalDecision(app, lease, proposal())
  const [row] = await rowsOf<{ sales: string }>(
    db,
    `select decision -> 'promptVersions' ->> 'sales' as sales from turns where id = $1`,
    [lease.turnId],
  )
  assert.equal(row!.sales, 'sales/2 shorter/b')
  const hour = 3_600_000
  const { variants } = await readNumbers(
    db,
    { from: new Date(Date.now() - hour), to: new Date(Date.now() + hour) },
    app.business,
  )
  assert.deepEqual(
    variants.map(({ name, funnel }) => [
      name,
      funnel.find(({ step }) => step === 'received')?.count,
      funnel.find(({ step }) => step === 'booked')?.count,
    ]),
    [
      ['shorter/a', 1, 0],
      ['shorter/b', 1, 0],
    ],
  )
  assert.deepEqual(Object.keys(variants[0]!).toSorted(), ['funnel', 'name'])
})
