/** Work that waits in the database, by the loop that does it. */
export const works = [
  'inbox',
  'turns',
  'telegram',
  'amocrm',
  'files',
  'notices',
  'pushes',
  'webhooks',
  'snoozed',
] as const
export type Work = (typeof works)[number]

export type Wake = {
  /** Says that there may be work now. Cheap, and never wrong: the loops look for themselves. */
  up: (work: Work) => void
  /** The same, to the loops of this process alone. */
  here: (work: Work) => void
  /** Resolves at the next `up` for this work, or after `ms`, or at once when `signal` aborts. */
  sleep: (work: Work, ms: number, signal: AbortSignal) => Promise<void>
}

/** Wakes the loops of this process. */
export function createWake(): Wake {
  const sleepers = new Map<Work, Set<() => void>>()
  const missed = new Set<Work>()
  const up = (work: Work) => {
    const waiting = sleepers.get(work)
    if (!waiting?.size) missed.add(work)
    else for (const wakeOne of [...waiting]) wakeOne()
  }
  return {
    up,
    here: up,
    sleep: (work, ms, signal) =>
      new Promise((resolve) => {
        if (missed.delete(work) || signal.aborted) return resolve()
        const waiting = sleepers.get(work) ?? new Set()
        sleepers.set(work, waiting)
        const done = () => {
          clearTimeout(timer)
          waiting.delete(done)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, ms)
        waiting.add(done)
        signal.addEventListener('abort', done)
      }),
  }
}
