import { LRUCache } from 'lru-cache'
import type { Logger } from 'pino'
import { wrongSecretsPerMinute } from './limits.ts'
import { Problem, type ProblemCode } from './problems.ts'

const minuteMs = 60_000

export type WrongSecrets = {
  /** @throws Problem `code`, or `too-many-requests` after too many from this address */
  refuse: (from: string, door: string, code: ProblemCode, detail: string) => never
}

/**
 * Counts wrong tokens and secrets. Who has the right one always passes: many share an address (a proxy, n8n), and nobody may lock
 * others out by guessing. The log says once a minute how many there were, never what was given.
 */
export function countWrongSecrets(log: Logger, everyMs = minuteMs): WrongSecrets {
  const perAddress = new LRUCache<string, { count: number; since: number }>({ max: 10_000, ttl: everyMs })
  let window: { count: number; addresses: Set<string>; doors: Set<string> } | null = null

  function note(from: string, door: string): void {
    if (!window) {
      const opened = { count: 0, addresses: new Set<string>(), doors: new Set<string>() }
      window = opened
      log.warn({ door, from }, 'A wrong token or secret was given; more of them are counted')
      setTimeout(() => {
        window = null
        if (opened.count < 2) return
        const addresses = opened.addresses.size
        const counted = { count: opened.count, addresses, doors: [...opened.doors] }
        log.warn(counted, 'Wrong tokens and secrets of the last minute')
      }, everyMs).unref()
    }
    window.count += 1
    if (window.addresses.size < 10_000) window.addresses.add(from)
    window.doors.add(door)
  }

  return {
    refuse(from, door, code, detail) {
      note(from, door)
      const known = perAddress.get(from) ?? { count: 0, since: Date.now() }
      known.count += 1
      if (known.count === 1) perAddress.set(from, known)
      if (known.count <= wrongSecretsPerMinute) throw new Problem(code, detail)
      const retryAfterSec = Math.max(1, Math.ceil((known.since + everyMs - Date.now()) / 1000))
      throw new Problem('too-many-requests', 'Too many wrong tokens or secrets came from your address', {
        retryAfterSec,
      })
    },
  }
}
