import { setTimeout as sleep } from 'node:timers/promises'
import { AmocrmError } from './amocrm-error.ts'
import { type Gate, type GateState, type Hold, holdMs, patienceMs } from './gate.ts'
import { createPacer } from './pacer.ts'

/** The gate of one process without a database: for tools and tests. */
export function createMemoryGate(perSecond: number): Gate {
  const pace = createPacer(perSecond)
  let held: { hold: Hold; since: Date; until: number } | null = null
  let step = 0
  return {
    async enter() {
      while (held && held.until > Date.now()) {
        const leftMs = held.until - Date.now()
        if (leftMs > patienceMs)
          throw new AmocrmError(0, `amoCRM is not asked for now (${held.hold.kind}): ${held.hold.detail}`, {
            unsent: true,
            retryAfterMs: leftMs + 1,
          })
        await sleep(leftMs + 1)
      }
      if (held) {
        held.until = Date.now() + 30_000
        return 'probe'
      }
      await pace()
      return 'go'
    },
    async hold(hold) {
      if (held && !hold.fromProbe) return false
      held = { hold, since: held?.since ?? new Date(), until: Date.now() + holdMs(hold, step) }
      step += 1
      return true
    },
    async release() {
      held = null
      step = 0
    },
    async state(): Promise<GateState> {
      if (!held) return { open: true }
      const { kind, detail } = held.hold
      return { open: false, kind, detail, since: held.since, until: new Date(held.until) }
    },
  }
}
