import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { handOverToHuman } from './hand-over.ts'
import { handBack, setControl } from './set-control.ts'
import { setStage } from './set-stage.ts'
import { optOut } from './stop-writing.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 60_000, longestMs: 60_000 })
  await queueMessage(db, { leadId: 1, turnId: null, author: 'ai', text: 'Words that wait', key: 'words' })
})

const lead = async () => (await rowsOf<Record<string, unknown>>(db, 'select * from leads where id = 1'))[0]!
const waiting = async () =>
  rowsOf<{ state: string }>(
    db,
    `select state from turns union all select state from outbox where channel = 'telegram' order by state`,
  ).then((rows) => rows.map(({ state }) => state))
const audited = async () =>
  (await rowsOf<{ action: string }>(db, 'select action from audit_log order by id')).map(
    ({ action }) => action,
  )

test('whoever takes a lead over, what waited is cancelled, and who, why and since when is noted', async () => {
  const ways = [
    () => setControl(db, 1, { control: 'human', source: 'phone', by: 'human', reason: 'wrote' }),
    () => setControl(db, 1, { control: 'paused', source: 'tag', by: 'amocrm', reason: 'the tag off' }),
    async () => {
      const [turn] = await rowsOf<{ id: number }>(db, 'select id from turns')
      await handOverToHuman(db, 1, { turnId: turn!.id, by: 'system', reason: 'n8n says no' })
    },
  ]
  for (const [index, takeOver] of ways.entries()) {
    if (index > 0) {
      await app.wipe()
      await addLead(db, 1)
      await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 60_000, longestMs: 60_000 })
      await queueMessage(db, { leadId: 1, turnId: null, author: 'ai', text: 'Words', key: 'words' })
    }
    assert.equal((await lead())['control_since'], null)
    await takeOver()
    const { control, control_source: source, control_since: since, control_reason: reason } = await lead()
    assert.notEqual(control, 'ai')
    assert.equal(source, ['phone', 'tag', 'failure'][index])
    assert.ok(since instanceof Date && reason)
    assert.deepEqual(await waiting(), ['cancelled', 'cancelled'])
    assert.deepEqual(await audited(), [`control.${String(control)}`])
  }
})

test('what the assistant had to say when it hands over by its own decision is still said', async () => {
  await setControl(db, 1, { control: 'human', source: 'decision', by: 'ai', reason: 'asks for a human' })
  assert.deepEqual(await waiting(), ['pending', 'pending'])
})

test('an opt-out is written once, with its source; a repeat changes nothing, and lifting it leaves no trace of it', async () => {
  await optOut(db, { leadId: 1, language: 'ru', source: 'words' })
  const first = await lead()
  await optOut(db, { leadId: 1, language: 'ru', source: 'blocked' })
  const again = await lead()
  assert.equal(first['opted_out_source'], 'words')
  assert.deepEqual(again, first)
  assert.deepEqual(await waiting(), ['cancelled', 'cancelled'])
  const notes = await rowsOf(db, `select from outbox where channel = 'amocrm'`)
  assert.equal(notes.length, 1)

  await handBack(app, 1, { by: 'Anna', reason: 'they called', liftsOptOut: true })
  const lifted = await lead()
  assert.deepEqual([lifted['opted_out_at'], lifted['opted_out_source']], [null, null])
  assert.deepEqual(await audited(), ['lead.opted_out', 'control.ai', 'lead.opt_out_lifted'])
})

test('who opted out elsewhere is told of in the words of the caller alone', async () => {
  await optOut(db, { leadId: 1, language: 'ru', source: 'other_lead', tell: false })
  assert.equal((await lead())['opted_out_source'], 'other_lead')
  assert.deepEqual(await rowsOf(db, `select from outbox where channel = 'amocrm'`), [])
})

test('since when a stage holds moves with the stage only', async () => {
  await inTransaction(db, (tx) => setStage(tx, 1, { stage: 'contacted', by: 'turn' }))
  const first = await lead()
  await inTransaction(db, (tx) => setStage(tx, 1, { stage: 'contacted', by: 'amocrm', locked: 'contacted' }))
  const again = await lead()
  assert.equal(first['stage_by'], 'turn')
  assert.deepEqual([again['stage_by'], again['stage_since']], [first['stage_by'], first['stage_since']])
  assert.equal(again['locked_stage'], 'contacted')
})
