import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { openDatabase } from '../database/pool.ts'
import { startTestApp } from '../testing/test-app.ts'
import { AmocrmError } from './amocrm-error.ts'
import { createDatabaseGate } from './database-gate.ts'

const app = await startTestApp()
const { db } = app
beforeEach(() => app.wipe())

/** The waits end by the database's clock: move it instead of waiting. */
const endHold = () => db.query(`update amocrm_gate set held_until = now() - interval '1 s'`)
const waitMs = async () => {
  const { rows } = await db.query<{ ms: number }>(
    `select extract(epoch from held_until - now())::float8 * 1000 as ms from amocrm_gate`,
  )
  return rows[0]!.ms
}

test('several processes of one database share one even row of places', async () => {
  const other = openDatabase(String(db.options.connectionString), 2)
  try {
    const gates = [createDatabaseGate(db, 50), createDatabaseGate(db, 50), createDatabaseGate(other, 50)]
    await Promise.all(gates.flatMap((gate) => Array.from({ length: 10 }, () => gate.enter())))
    const { rows } = await db.query<{ ahead: number }>(
      `select extract(epoch from next_at - now())::float8 as ahead from amocrm_gate`,
    )
    // 30 places 20 ms apart from the first one on: whoever was last stands at least 29 places after it.
    assert.ok(rows[0]!.ahead <= 0.021, `nobody holds places for later: ${rows[0]!.ahead} s`)
  } finally {
    await other.end()
  }
})

test('places are a gap apart, whoever takes them', async () => {
  const gates = [createDatabaseGate(db, 100), createDatabaseGate(db, 100)]
  const at: number[] = []
  for (let round = 0; round < 5; round++) {
    for (const gate of gates) {
      await gate.enter()
      const { rows } = await db.query<{ at: number }>(
        'select extract(epoch from next_at)::float8 * 1000 as at from amocrm_gate',
      )
      at.push(rows[0]!.at)
    }
  }
  for (const [index, time] of at.slice(1).entries()) assert.ok(time - at[index]! >= 9.9, at.join())
})

test('a hold stops every process, and tells when to ask again', async () => {
  const [one, other] = [createDatabaseGate(db, 1000), createDatabaseGate(db, 1000)]
  assert.equal(await one.hold({ kind: 'rate', detail: 'too many', forMs: 60_000 }), true)
  assert.equal(await other.hold({ kind: 'rate', detail: 'again' }), false)
  await assert.rejects(other.enter(), (error) => {
    assert.ok(error instanceof AmocrmError)
    assert.deepEqual([error.unsent, error.retry], [true, true])
    assert.ok(error.retryAfterMs! > 58_000 && error.retryAfterMs! <= 60_002)
    return true
  })
  const state = await other.state()
  assert.ok(!state.open && state.kind === 'rate' && state.detail === 'too many')
})

test('after a hold exactly one caller of all processes tries', async () => {
  const gates = Array.from({ length: 4 }, () => createDatabaseGate(db, 1000))
  await gates[0]!.hold({ kind: 'unauthorized', detail: 'no' })
  await endHold()
  const answers = await Promise.allSettled(gates.map((gate) => gate.enter()))
  assert.equal(
    answers.filter((answer) => answer.status === 'fulfilled' && answer.value === 'probe').length,
    1,
  )
  assert.equal(answers.filter((answer) => answer.status === 'rejected').length, 3)
  await gates[0]!.release()
  assert.deepEqual(await Promise.all(gates.map((gate) => gate.enter())), ['go', 'go', 'go', 'go'])
  assert.deepEqual(await gates[0]!.state(), { open: true })
})

test('failed tries wait longer and longer, up to half an hour', async () => {
  const gate = createDatabaseGate(db, 1000)
  await gate.hold({ kind: 'forbidden', detail: 'no' })
  const waits: number[] = []
  for (let attempt = 0; attempt < 8; attempt++) {
    await endHold()
    assert.equal(await gate.enter(), 'probe')
    await gate.hold({ kind: 'forbidden', detail: 'no', fromProbe: true })
    waits.push(Math.round((await waitMs()) / 60_000))
  }
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30, 30])
})
