import type { App } from '../app.ts'
import type { Work } from './wake.ts'

/** A loop that nobody wakes looks again after this: the clock should have, a few times. */
const forgottenMs = 300_000

/**
 * Does `step` again and again until `signal` aborts: at once while it finds work, else when it is woken; `idle` hears that it found
 * none. An error (a lost database, say) is logged and waited out; it never ends the loop.
 */
export async function runLoop(
  app: Pick<App, 'wake' | 'log'>,
  work: Work,
  signal: AbortSignal,
  step: () => Promise<boolean>,
  idle: () => void = () => {},
  sleepMs = forgottenMs,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      const found = await step()
      failures = 0
      if (found) continue
      const asleep = app.wake.sleep(work, sleepMs, signal)
      idle()
      await asleep
    } catch (error) {
      failures += 1
      app.log.error({ err: error, work }, 'A step of the loop failed; it is tried again')
      await app.wake.sleep(work, Math.min(10_000, 250 * 2 ** failures), signal)
    }
  }
}
