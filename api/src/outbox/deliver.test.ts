import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { deliverAsItComes, type Delivery, deliverDue } from './deliver.ts'
import { setHalted } from '../telegram/halt.ts'
import { enqueue } from './enqueue.ts'
import { queueMessage } from './queue-message.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  for (const id of [1, 2, 3]) await addLead(db, id)
})

const note = (leadId: number, key: string, text = key) =>
  enqueue(db, { leadId, turnId: null, channel: 'amocrm', key, payload: { kind: 'note', text } })
const done: Delivery = { outcome: 'done' }
const rows = () =>
  rowsOf<{
    id: number
    state: string
    attempts: number
    fencing: number
    last_error: string | null
    result: unknown
    delay: number
  }>(db, 'select *, extract(epoch from run_at - now())::float8 as delay from outbox order by id')
const states = async () => (await rows()).map((row) => row.state)
const textOf = (row: { payload: { kind: string; text?: string } }) => row.payload.text!
/** Delivers everything that is due; @returns the texts in order */
async function deliverAll(
  how: (text: string) => Delivery | Promise<Delivery> = () => done,
): Promise<string[]> {
  const delivered: string[] = []
  while (
    await deliverDue(app, 'amocrm', async (row) => {
      delivered.push(textOf(row as { payload: { kind: string; text?: string } }))
      return how(delivered.at(-1)!)
    })
  );
  return delivered
}
const makeDue = () => db.query(`update outbox set run_at = now() - interval '1 s' where state = 'pending'`)

test('the same key is kept once and answers with the same row', async () => {
  const first = await note(1, 'a', 'first')
  const second = await note(1, 'a', 'second')
  assert.deepEqual([first.added, second.added, second.id], [true, false, first.id])
  const many = await Promise.all(Array.from({ length: 10 }, () => note(1, 'b')))
  assert.equal(many.filter((item) => item.added).length, 1)
  assert.equal(new Set(many.map((item) => item.id)).size, 1)
  assert.deepEqual(await deliverAll(), ['first', 'b'])
})

test('rows of one lead go one after another, in the order they came', async () => {
  for (const key of ['a', 'b', 'c', 'd']) await note(1, key)
  let open = 0
  const order = await deliverAll(async () => {
    open += 1
    assert.equal(open, 1)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return done
  })
  assert.deepEqual(order, ['a', 'b', 'c', 'd'])
  assert.deepEqual(await states(), ['done', 'done', 'done', 'done'])
  assert.equal(await deliverDue(app, 'amocrm', async () => done), false)
})

test('different leads go side by side: each waits until all have begun', { timeout: 5000 }, async () => {
  for (const leadId of [1, 2, 3]) await note(leadId, `lead ${leadId}`)
  const all = Promise.withResolvers<void>()
  let begun = 0
  await deliverDue(app, 'amocrm', async () => {
    if (++begun === 3) all.resolve()
    await all.promise
    return done
  })
  assert.deepEqual(await states(), ['done', 'done', 'done'])
})

test('a failure is tried again later with a growing delay, and holds back the rows behind it', async () => {
  await note(1, 'a')
  await note(1, 'b')
  await note(2, 'c')
  assert.deepEqual(
    (
      await deliverAll((text) => (text === 'a' ? { outcome: 'later', reason: 'amoCRM is ill' } : done))
    ).sort(),
    ['a', 'c'],
  )
  const [a, b] = await rows()
  assert.deepEqual(
    [a!.state, a!.attempts, a!.last_error, b!.state, b!.attempts],
    ['pending', 1, 'amoCRM is ill', 'pending', 0],
  )
  assert.ok(a!.delay > 1 && a!.delay <= 2)
  await makeDue()
  await deliverAll(() => {
    throw new Error('the line broke')
  })
  const [again] = await rows()
  assert.equal(again!.last_error, 'the line broke')
  assert.ok(again!.delay > 3 && again!.delay <= 4)
  await makeDue()
  assert.deepEqual(await deliverAll(), ['a', 'b'])
})

test('a delay that the other side names is kept', async () => {
  await note(1, 'a')
  await deliverAll(() => ({ outcome: 'later', reason: 'flood', delayMs: 90_000 }))
  const [row] = await rows()
  assert.ok(row!.delay > 89 && row!.delay <= 90)
})

test('what can never work is a dead letter with its reason; the rows behind it go on', async () => {
  await note(1, 'a')
  await note(1, 'b')
  assert.deepEqual(
    await deliverAll((text) => (text === 'a' ? { outcome: 'never', reason: 'no such lead' } : done)),
    ['a', 'b'],
  )
  const [dead] = await rows()
  assert.deepEqual([dead!.state, dead!.last_error], ['dead', 'no such lead'])
  assert.match(app.logged.join(''), /dead letter/)
})

test('after the last try it is a dead letter', async () => {
  await note(1, 'a')
  await db.query('update outbox set attempts = 11')
  await deliverAll(() => ({ outcome: 'later', reason: 'still ill' }))
  const [row] = await rows()
  assert.deepEqual([row!.state, row!.attempts, row!.last_error], ['dead', 12, 'still ill'])
})

test('a cancelled delivery keeps its reason, a done one its result', async () => {
  await note(1, 'a')
  await note(2, 'b')
  await deliverAll((text) =>
    text === 'a' ? { outcome: 'cancelled', reason: 'opted out' } : { outcome: 'done', result: { id: 7 } },
  )
  const [a, b] = await rows()
  assert.deepEqual(
    [a!.state, a!.last_error, b!.state, b!.result],
    ['cancelled', 'opted out', 'done', { id: 7 }],
  )
})

test('a deliverer whose lease lapsed is replaced, and its late report changes nothing', async () => {
  await note(1, 'a')
  const slow = Promise.withResolvers<Delivery>()
  const begun = Promise.withResolvers<void>()
  const first = deliverDue(app, 'amocrm', () => {
    begun.resolve()
    return slow.promise
  })
  await begun.promise
  assert.deepEqual(await deliverAll(), [])
  await db.query(`update outbox set lease_until = now() - interval '1 s'`)
  assert.deepEqual(await deliverAll(), ['a'])
  slow.resolve({ outcome: 'never', reason: 'late' })
  await first
  const [row] = await rows()
  assert.deepEqual([row!.state, row!.last_error, row!.fencing, row!.attempts], ['done', null, 2, 2])
})

test('many deliverers at once deliver each row once and in order', async () => {
  for (let number = 0; number < 30; number++) await note((number % 3) + 1, String(number))
  const got: Record<number, number[]> = { 1: [], 2: [], 3: [] }
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      // Another deliverer may hold the only due row for a moment: the end is when all are done.
      while ((await states()).some((state) => state !== 'done')) {
        await deliverDue(app, 'amocrm', async (row) => {
          got[row.lead_id]!.push(Number(textOf(row as { payload: { kind: string; text?: string } })))
          return done
        })
      }
    }),
  )
  for (const leadId of [1, 2, 3]) {
    assert.deepEqual(
      got[leadId],
      Array.from({ length: 10 }, (_, index) => leadId - 1 + index * 3),
    )
  }
})

test('one channel does not hold back the other', async () => {
  await inTransaction(db, (tx) =>
    queueMessage(tx, { leadId: 1, turnId: null, author: 'human', text: 'hello', key: 'm' }),
  )
  await note(1, 'n')
  assert.deepEqual(await deliverAll(), ['n'])
  assert.deepEqual(await states(), ['pending', 'done'])
})

test('a message is kept in the conversation and queued once per key', async () => {
  const queue = (text: string) =>
    inTransaction(db, (tx) => queueMessage(tx, { leadId: 1, turnId: null, author: 'human', text, key: 'k' }))
  const first = await queue('hello')
  assert.deepEqual(await queue('something else'), first)
  assert.deepEqual(await rowsOf(db, 'select direction, author, text, channel_message_id from messages'), [
    { direction: 'out', author: 'human', text: 'hello', channel_message_id: null },
  ])
  assert.equal((await rows()).length, 1)
  assert.deepEqual(await rowsOf(db, 'select payload from outbox'), [
    { payload: { kind: 'text', messageId: first.messageId, text: 'hello' } },
  ])
  const second = await inTransaction(db, (tx) =>
    queueMessage(tx, { leadId: 1, turnId: null, author: 'human', text: 'two', key: 'k2' }),
  )
  assert.notEqual(second.outboxId, first.outboxId)
  assert.equal((await rowsOf(db, 'select from conversations')).length, 1)
})

test('a slow delivery holds up its own lead alone, and the end waits for it', async () => {
  await note(1, 'slow')
  await note(1, 'after it')
  const gate = Promise.withResolvers<void>()
  const begun: string[] = []
  const deliveries = deliverAsItComes(app, 'amocrm', async (row) => {
    const text = textOf(row as { payload: { kind: string; text?: string } })
    begun.push(text)
    if (text === 'slow') await gate.promise
    return done
  })
  assert.equal(await deliveries.step([]), true)
  await note(2, 'quick')
  assert.equal(await deliveries.step([]), true)
  assert.equal(await deliveries.step([]), false)
  assert.deepEqual(begun, ['slow', 'quick'])
  gate.resolve()
  await deliveries.ended()
  assert.equal(await deliveries.step([]), true)
  await deliveries.ended()
  assert.deepEqual(begun, ['slow', 'quick', 'after it'])
  assert.deepEqual(await states(), ['done', 'done', 'done'])
})

test('while sending is stopped by hand no message is taken', async () => {
  await inTransaction(db, (tx) =>
    queueMessage(tx, { leadId: 1, turnId: null, author: 'ai', text: 'Hello', key: 'halted' }),
  )
  const deliver = () => deliverDue(app, 'telegram', async () => done)
  await setHalted(db, true, { by: 'test', reason: null })
  assert.equal(await deliver(), false)
  await setHalted(db, false, { by: 'test', reason: null })
  assert.equal(await deliver(), true)
})
