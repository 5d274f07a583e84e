import type { App } from '../app.ts'
import type { Work } from './wake.ts'

/**
 * Does `step` again and again until `signal` aborts: at once while it finds work, else when woken or after `pollMs`. An
 * error (a lost database, say) is logged and waited out; it never ends the loop.
 */
export async function runLoop(
  app: Pick<App, 'wake' | 'log'>,
  work: Work,
  signal: AbortSignal,
  step: () => Promise<boolean>,
  pollMs = 500,
): Promise<void> {
  let failures = 0
  while (!signal.aborted) {
    try {
      const found = await step()
      failures = 0
      if (!found) await app.wake.sleep(work, pollMs, signal)
    } catch (error) {
      failures += 1
      app.log.error({ err: error, work }, 'A step of the loop failed; it is tried again')
      await app.wake.sleep(work, Math.min(10_000, 250 * 2 ** failures), signal)
    }
  }
}
