import assert from 'node:assert/strict'
import { beforeEach, test, type TestContext } from 'node:test'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { createClock } from './clock.ts'
import type { Work } from './wake.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const never = 60_000
const schedule = (quietMs: number) =>
  scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs, longestMs: 30_000 })

/** A clock that runs until the test ends; `woken` are the loops it called, `asked` counts its questions. */
function runClock(t: TestContext, backstopMs: number) {
  const ending = new AbortController()
  const woken: Work[] = []
  const state = { asked: 0 }
  let heard = () => {}
  const counted = new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => {
        if (name === 'query') state.asked += 1
        return Reflect.apply(value, target, args)
      }
    },
  })
  const wake = { ...app.wake, here: (work: Work) => (woken.push(work), heard()) }
  const clock = createClock({ ...app, db: counted, wake }, backstopMs)
  const running = clock.run(ending.signal)
  t.after(async () => {
    ending.abort()
    await running
  })
  const wakes = (count: number) =>
    new Promise<void>((resolve) => {
      heard = () => woken.length >= count && resolve()
      heard()
    })
  const questions = async (count: number) => {
    while (state.asked < count) await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, woken, wakes, questions }
}

test('work that was planned wakes its loop when its time has come, not before, and no other loop', async (t) => {
  const { clock, woken, wakes, questions } = runClock(t, never)
  await questions(1)
  await schedule(300)
  clock.ask()
  await wakes(1)
  assert.deepEqual(woken, ['turns'])
  const [turn] = await rowsOf<{ due: boolean }>(db, 'select run_at <= now() as due from turns')
  assert.equal(turn!.due, true)
})

test('work that nobody told of is found by the backstop', async (t) => {
  const { woken, wakes, questions } = runClock(t, 20)
  await questions(2)
  assert.deepEqual(woken, [])
  await schedule(0)
  await wakes(1)
  assert.equal(woken[0], 'turns')
})

test('what is due and may not run yet does not keep its loop awake, and hides nothing that comes later', async (t) => {
  await schedule(0)
  await db.query(`update turns set run_at = now() - interval '10 s'`)
  const { clock, woken, wakes, questions } = runClock(t, never)
  await wakes(1)
  for (let question = 2; question <= 6; question++) {
    clock.ask()
    await questions(question)
  }
  assert.deepEqual(woken, ['turns'])
  await db.query(
    `insert into inbox_events (source, dedupe_key, body, run_at) values ('amocrm', 'later', '{}', now() + interval '0.2 s')`,
  )
  clock.ask()
  await wakes(2)
  assert.deepEqual(woken, ['turns', 'inbox'])
})
