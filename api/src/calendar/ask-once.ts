import { setTimeout as sleep } from 'node:timers/promises'
import type { Busy } from '@lead/contract'
import type { Ports } from '../app.ts'
import { readBusy } from './busy-times.ts'

/** As long as an answer of Google may take before another turn asks, too. */
const holdMs = 4000
const waitMs = 3000
const lookMs = 100
const key = 'busy:asking'

/**
 * Before n8n asks Google for busy times: of the turns that need them at the same moment, in whatever process, one asks. The others
 * wait a little for its answer and ask themselves when none comes. Only for offers: the check of one time before a booking is always
 * fresh. Without the shared cache everybody asks.
 */
export async function askOnce(
  app: Ports<'db' | 'cache' | 'log'>,
  turnId: number,
): Promise<{ busy: Busy | null; ask: boolean }> {
  const owner = String(turnId)
  const deadline = Date.now() + waitMs
  try {
    for (;;) {
      const busy = await readBusy(app)
      if (busy !== null) return { busy, ask: false }
      if (await app.cache.lock(key, owner, holdMs)) return { busy: null, ask: true }
      if (Date.now() >= deadline) return { busy: null, ask: true }
      await sleep(lookMs)
    }
  } catch (error) {
    app.log.warn({ err: error }, 'The shared cache is away: Google is asked')
    return { busy: null, ask: true }
  }
}

/** The answer is in the cache, or there is none: the next one need not wait. */
export async function askedOnce(app: Ports<'cache'>, turnId: number): Promise<void> {
  await app.cache.unlock(key, String(turnId)).catch(() => {})
}
