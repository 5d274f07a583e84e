import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startTestApp } from '../testing/test-app.ts'
import { rowsOf } from '../testing/seed.ts'
import { holdAccount } from './account-lock.ts'

const app = await startTestApp()

const hold = (signal: AbortSignal, onWait = () => {}) =>
  holdAccount(app.db, 'main', { process: app.process, log: app.log, signal, onWait, onLost: () => {} })
/** The server lets go a moment after its client hung up; a lock that stays fails the test by its time. */
async function untilNobodyHolds(): Promise<void> {
  const locks = `select from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()`
  while ((await rowsOf(app.db, locks)).length > 0) await sleep(5)
}

test(
  'who is told to stop gives up at once, at whatever it is: before, while connecting, while asking, while waiting',
  { timeout: 60_000 },
  async () => {
    assert.equal(await hold(AbortSignal.abort()), null)
    for (const ms of [0, 1, 2, 3, 5, 8, 13, 21]) {
      const stop = new AbortController()
      const held = hold(stop.signal)
      if (ms > 0) await sleep(ms)
      stop.abort()
      await (await held)?.release()
      await untilNobodyHolds()
    }
    const first = await hold(new AbortController().signal)
    const stop = new AbortController()
    const waits = Promise.withResolvers<void>()
    const second = hold(stop.signal, waits.resolve)
    await waits.promise
    stop.abort()
    assert.equal(await second, null)
    await first!.release()
    await untilNobodyHolds()
  },
)
