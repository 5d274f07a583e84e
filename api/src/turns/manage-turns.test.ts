import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { setControl } from '../leads/set-control.ts'
import { optOut } from '../leads/stop-writing.ts'
import { addInbound, addLead, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { giveBackTurn } from './give-back-turn.ts'
import { listTurns, retryAllTurns, retryTurn } from './manage-turns.ts'

const app = await startTestApp()
const { db } = app
beforeEach(app.wipe)

async function failedTurn(leadId: number): Promise<number> {
  await addLead(db, leadId)
  await addInbound(db, leadId, 'Сколько стоит?')
  const lease = await runningTurn(db, leadId)
  await db.query('update turns set attempts = 6 where id = $1', [lease.turnId])
  await giveBackTurn(app, lease, 'the models say no')
  return lease.turnId
}
const control = async (leadId: number) =>
  (await rowsOf(db, 'select control from leads where id = $1', [leadId]))[0]!['control']

test('what a human has because a turn failed is listed with its reason, and goes back to the assistant', async () => {
  const id = await failedTurn(1)
  const [entry] = await listTurns(db, 'failed')
  assert.deepEqual([entry?.id, entry?.leadId, entry?.reason], [id, 1, 'the models say no'])
  assert.equal(await retryTurn(app, id, 'Anna'), true)
  assert.equal(await control(1), 'ai')
  assert.deepEqual(await rowsOf(db, `select kind from turns where state = 'pending'`), [{ kind: 'answer' }])
  assert.deepEqual(
    await rowsOf(db, `select payload ->> 'of' as of from outbox where payload ->> 'kind' = 'task_done'`),
    [{ of: `turn:${id}:handover` }],
  )
  assert.deepEqual(await listTurns(db, 'failed'), [])
  assert.equal(await retryTurn(app, id, 'Anna'), false, 'once')
})

test('all at once, but not those whom somebody has taken, who opted out, or with whom something else happened since', async () => {
  const ids = []
  for (const leadId of [1, 2, 3, 4, 5]) ids.push(await failedTurn(leadId))
  await setControl(db, 2, { control: 'human', source: 'phone', by: 'Olga', reason: 'mine' })
  await optOut(db, { leadId: 3, language: 'ru', source: 'tag' })
  await db.query(`insert into turns (lead_id, kind, state, run_at) values (4, 'answer', 'done', now())`)
  assert.equal(await retryAllTurns(app, 'Anna'), 2)
  assert.deepEqual(await Promise.all([1, 2, 3, 4, 5].map(control)), ['ai', 'human', 'human', 'human', 'ai'])
  assert.equal(await retryTurn(app, ids[1]!, 'Anna'), false)
})
