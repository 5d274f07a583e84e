import { setTimeout as sleep } from 'node:timers/promises'

/** Gives each caller its turn, evenly spaced: any second sees at most `perSecond` of them, however the calls come. */
export function createPacer(perSecond: number): () => Promise<void> {
  const gapMs = 1000 / perSecond
  let nextAt = 0
  return async () => {
    const now = Date.now()
    const at = Math.max(now, nextAt)
    nextAt = at + gapMs
    if (at > now) await sleep(at - now)
  }
}
