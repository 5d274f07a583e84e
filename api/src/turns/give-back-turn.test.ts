import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { addLead, addMeeting, offerIn, rowsOf, runningTurn, takeOver } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { dispatchDueTurns } from './dispatch-turns.ts'
import { giveBackTurn } from './give-back-turn.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const turn = async () =>
  (await rowsOf(db, 'select *, extract(epoch from lease_until - now())::float8 as delay from turns'))[0]!
const tasks = () =>
  rowsOf(db, `select payload ->> 'text' as text from outbox where payload ->> 'kind' = 'task'`)

test('each failure is tried again after twice the time; in the end a human has the lead, with a task and the reason', async () => {
  let lease = await runningTurn(db, 1)
  for (const seconds of [5, 10, 20, 40, 80]) {
    await giveBackTurn(app, lease, `failed before ${seconds} s`)
    const { delay, state, last_error: reason } = await turn()
    assert.ok((delay as number) > seconds - 1 && (delay as number) <= seconds, `${String(delay)} s`)
    assert.equal(state, 'running')
    assert.equal(reason, `failed before ${seconds} s`)
    assert.deepEqual(await tasks(), [])
    lease = await takeOver(db, lease)
  }
  await giveBackTurn(app, lease, 'n8n says no')
  const failed = await turn()
  assert.equal(failed['state'], 'failed')
  assert.ok(failed['finished_at'])
  const [lead] = await rowsOf(db, 'select control, control_by, control_reason from leads')
  assert.deepEqual(lead, {
    control: 'human',
    control_by: 'system',
    control_reason: 'Ответ не удался, напишите клиенту сами. Причина: n8n says no',
  })
  assert.equal((await tasks()).length, 1)
  assert.match((await tasks())[0]!['text'] as string, /n8n says no/)
  assert.ok(app.woken.includes('amocrm'))
})

test('an older fencing number gives nothing back', async () => {
  const old = await runningTurn(db, 1)
  await takeOver(db, old)
  await giveBackTurn(app, old, 'too late')
  const { last_error: reason, delay } = await turn()
  assert.equal(reason, null)
  assert.ok((delay as number) > 100)
})

test('the last failure lets go of the time that was held', async () => {
  const lease = await runningTurn(db, 1)
  await addMeeting(db, 1, offerIn(24), { status: 'held', hold_until: new Date(Date.now() + 600_000) })
  await db.query('update calendar_events set turn_id = $1', [lease.turnId])
  await db.query('update turns set attempts = 6')
  await giveBackTurn(app, lease, 'n8n says no')
  assert.deepEqual(await rowsOf(db, 'select status from calendar_events'), [{ status: 'released' }])
})

test('a decided turn waits out a long outage: it gets more tries', async () => {
  const lease = await runningTurn(db, 1)
  await db.query(`update turns set attempts = 29, decision = '{"sales":{"action":"talk"}}'`)
  await giveBackTurn(app, lease, 'Google is away')
  assert.equal((await turn())['state'], 'running')
  await db.query('update turns set attempts = 30')
  await giveBackTurn(app, lease, 'Google is away')
  assert.equal((await turn())['state'], 'failed')
})

test('executions that die without a word end too', async () => {
  const lease = await runningTurn(db, 1)
  await db.query(`update turns set attempts = 6, lease_until = now() - interval '1 s' where id = $1`, [
    lease.turnId,
  ])
  assert.equal(await dispatchDueTurns(app), true)
  const failed = await turn()
  assert.equal(failed['state'], 'failed')
  assert.match(String(failed['last_error']), /n8n did not finish/)
  assert.equal((await tasks()).length, 1)
})
