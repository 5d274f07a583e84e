import type { TurnKind } from '@lead/contract'
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../../database/pool.ts'
import { addLead, rowsOf } from '../../testing/seed.ts'
import { startTestApp } from '../../testing/test-app.ts'
import { claimTurns, endTurn, lockTurn, putOffTurn, scheduleTurn, waitWithTurn } from './engine.ts'

const { db, wipe } = await startTestApp()
beforeEach(async () => {
  await wipe()
  for (const id of [1, 2, 3]) await addLead(db, id)
})

type Row = {
  id: number
  kind: string
  state: string
  fencing: number
  attempts: number
  due_in: number
  age: number
  last_error: string | null
}
const turns = () =>
  rowsOf<Row>(
    db,
    `select id, kind, state, fencing, attempts, last_error, extract(epoch from run_at - now())::float8 as due_in,
            extract(epoch from run_at - first_event_at)::float8 as age from turns order by id`,
  )
const schedule = (leadId: number, quietMs = 0, longestMs = 30_000, kind: TurnKind = 'answer') =>
  scheduleTurn(db, { leadId, kind, quietMs, longestMs })
const claim = (most = 10, leaseMs = 60_000) => claimTurns(db, { most, leaseMs, process: randomUUID() })
const lapse = (id: number) =>
  db.query(`update turns set lease_until = now() - interval '1 s' where id = $1`, [id])
const between = (value: number, low: number, high: number) =>
  assert.ok(value >= low && value <= high, `${value} is not within ${low}..${high}`)

test('a new event makes one pending turn, due after the quiet time', async () => {
  await schedule(1, 6000)
  const [turn, ...others] = await turns()
  assert.equal(others.length, 0)
  assert.equal(turn!.state, 'pending')
  between(turn!.due_in, 5, 6)
  assert.deepEqual(await claim(), [])
})

test('each further event moves it, but not past the cap after the first', async () => {
  await schedule(1, 6000)
  await db.query(`update turns set first_event_at = now() - interval '10 s', run_at = now() + interval '1 s'`)
  await schedule(1, 6000)
  between((await turns())[0]!.due_in, 5, 6)
  await db.query(`update turns set first_event_at = now() - interval '27 s'`)
  await schedule(1, 6000)
  const [turn, ...others] = await turns()
  assert.equal(others.length, 0)
  between(turn!.due_in, 2, 3)
  assert.equal(Math.round(turn!.age), 30)
})

test('an answer takes in whatever else was due; other kinds keep theirs', async () => {
  await schedule(1, 0, 0, 'first_touch')
  await schedule(1, 0, 0, 'follow_up')
  assert.equal((await turns())[0]!.kind, 'first_touch')
  await schedule(1, 0)
  assert.equal((await turns())[0]!.kind, 'answer')
  await schedule(1, 0, 0, 'first_touch')
  assert.equal((await turns())[0]!.kind, 'answer')
})

test('many events at once make one pending turn', async () => {
  await Promise.all(Array.from({ length: 20 }, () => schedule(1, 1000)))
  assert.equal((await turns()).length, 1)
})

test('a claim raises the fencing number and the attempts, and nobody else gets the turn', async () => {
  await schedule(1)
  const [claimed] = await claim()
  assert.equal(claimed!.lead_id, 1)
  assert.equal(claimed!.fencing, 1)
  assert.equal(claimed!.attempts, 1)
  assert.equal(claimed!.decision, null)
  assert.deepEqual(await claim(), [])
})

test('while a turn of a lead runs, its next one waits; another lead does not', async () => {
  await schedule(1)
  const [running] = await claim()
  await schedule(1)
  await schedule(2)
  assert.deepEqual(
    (await claim()).map((turn) => turn.lead_id),
    [2],
  )
  await endTurn(db, { turnId: running!.id, fencing: 1 }, 'done')
  assert.deepEqual(
    (await claim()).map((turn) => turn.lead_id),
    [1],
  )
  assert.deepEqual(
    (await turns()).map((turn) => turn.state),
    ['done', 'running', 'running'],
  )
})

test('the database itself refuses a second pending or running turn', async () => {
  await schedule(1)
  await assert.rejects(
    db.query(`insert into turns (lead_id, kind, run_at) values (1, 'answer', now())`),
    /turns_one_pending/,
  )
  await claim()
  await assert.rejects(
    db.query(`insert into turns (lead_id, kind, state, run_at) values (1, 'answer', 'running', now())`),
    /turns_one_running/,
  )
})

test('claims side by side skip what another holds: each turn goes to one', async () => {
  for (const id of [1, 2, 3]) await schedule(id)
  await inTransaction(db, async (tx) => {
    const mine = await claimTurns(tx, { most: 1, leaseMs: 60_000, process: randomUUID() })
    const others = await claim()
    assert.equal(mine.length, 1)
    assert.equal(others.length, 2)
    assert.equal(new Set([...mine, ...others].map((turn) => turn.id)).size, 3)
  })
})

test('twenty claimers of fifty turns get each turn once', async () => {
  for (let id = 10; id < 60; id++) {
    await addLead(db, id)
    await schedule(id)
  }
  const got: number[] = []
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let batch = await claim(100); batch.length > 0; batch = await claim(100))
        got.push(...batch.map((turn) => turn.lead_id))
    }),
  )
  assert.equal(got.length, 50)
  assert.equal(new Set(got).size, 50)
})

test('no more than the limit run at once, and the longest due comes first', async () => {
  for (const id of [1, 2, 3]) await schedule(id)
  await db.query(`update turns set run_at = now() - make_interval(mins => lead_id::int)`)
  const first = await claim(2)
  assert.deepEqual(first.map((turn) => turn.lead_id).sort(), [2, 3])
  assert.deepEqual(await claim(2), [])
  await endTurn(db, { turnId: first[0]!.id, fencing: 1 }, 'done')
  assert.deepEqual(
    (await claim(2)).map((turn) => turn.lead_id),
    [1],
  )
})

test('a try that never reached n8n does not count', async () => {
  await schedule(1)
  const [turn] = await claim()
  await putOffTurn(db, { turnId: turn!.id, fencing: 1 }, { delayMs: 0, reason: 'n8n is away', counts: false })
  const [again] = await claim()
  assert.equal(again!.attempts, 1)
  assert.equal(again!.fencing, 2)
})

test('a claimed turn may be put back until a time', async () => {
  await schedule(1)
  const [turn] = await claim()
  await waitWithTurn(db, { turnId: turn!.id, fencing: 1 }, new Date(Date.now() + 3_600_000))
  const [waiting] = await turns()
  assert.equal(waiting!.state, 'pending')
  between(waiting!.due_in, 3590, 3600)
  assert.deepEqual(await claim(), [])
})

test('an answer begins its own burst when it takes in what was due much later', async () => {
  await schedule(1, 86_400_000, 86_400_000, 'follow_up')
  await db.query(`update turns set first_event_at = now() - interval '5 hours'`)
  await schedule(1, 6000)
  between((await turns())[0]!.due_in, 5, 6)
  await schedule(1, 86_400_000, 86_400_000, 'follow_up')
  between((await turns())[0]!.due_in, 5, 6)
})

test('a lease that lapsed is claimed again, with a higher number', async () => {
  await schedule(1)
  const [first] = await claim()
  await lapse(first!.id)
  const [second] = await claim()
  assert.equal(second!.id, first!.id)
  assert.equal(second!.fencing, 2)
  assert.equal(second!.attempts, 2)
})

test('an older fencing number changes nothing', async () => {
  await schedule(1)
  const turnId = (await claim())[0]!.id
  await lapse(turnId)
  await claim()
  const before = await turns()
  assert.equal(await inTransaction(db, (tx) => lockTurn(tx, { turnId, fencing: 1 })), undefined)
  assert.equal(await endTurn(db, { turnId, fencing: 1 }, 'done'), false)
  assert.equal(
    await putOffTurn(db, { turnId, fencing: 1 }, { delayMs: 0, reason: 'late', counts: true }),
    false,
  )
  assert.deepEqual(
    (await turns()).map(({ state, fencing, last_error }) => ({ state, fencing, last_error })),
    [{ state: 'running', fencing: 2, last_error: null }],
  )
  assert.equal(before[0]!.fencing, 2)
  assert.equal((await inTransaction(db, (tx) => lockTurn(tx, { turnId, fencing: 2 })))?.turn.id, turnId)
})

test('an ended turn stays ended', async () => {
  await schedule(1)
  const [turn] = await claim()
  const lease = { turnId: turn!.id, fencing: 1 }
  assert.equal(await endTurn(db, lease, 'superseded', 'a newer message'), true)
  assert.equal(await endTurn(db, lease, 'done'), false)
  assert.equal(await putOffTurn(db, lease, { delayMs: 0, reason: 'late', counts: true }), false)
  await lapse(turn!.id)
  assert.deepEqual(await claim(), [])
  assert.equal((await turns())[0]!.last_error, 'a newer message')
})

test('a turn that is put off comes again after the delay, with its reason', async () => {
  await schedule(1)
  const [turn] = await claim()
  assert.equal(
    await putOffTurn(
      db,
      { turnId: turn!.id, fencing: 1 },
      { delayMs: 60_000, reason: 'n8n is away', counts: true },
    ),
    true,
  )
  assert.deepEqual(await claim(), [])
  await lapse(turn!.id)
  const [again] = await claim()
  assert.equal(again!.last_error, 'n8n is away')
  assert.equal(again!.fencing, 2)
})

test('a locked turn makes the next locker wait, until the transaction ends', async () => {
  await schedule(1)
  const [turn] = await claim()
  const lease = { turnId: turn!.id, fencing: 1 }
  const order: string[] = []
  let second: Promise<unknown> | undefined
  await inTransaction(db, async (tx) => {
    await lockTurn(tx, lease)
    second = inTransaction(db, (other) => lockTurn(other, lease)).then((found) =>
      order.push(found ? 'second found it' : 'second found nothing'),
    )
    while ((await rowsOf(tx, `select from pg_locks where not granted`)).length === 0) continue
    await endTurn(tx, lease, 'done')
    order.push('first ended it')
  })
  await second
  assert.deepEqual(order, ['first ended it', 'second found nothing'])
})
