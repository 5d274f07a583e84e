import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from './processes.ts'

export type Restarts = {
  /** After more ends than this within `withinMs` it is not started again. */
  most: number
  withinMs: number
  /** Before it is started again; twice as long each time, up to `longestMs`. */
  firstMs: number
  longestMs: number
}

/** As Compose does, and bounded. */
export const restarts: Restarts = { most: 5, withinMs: 10 * 60_000, firstMs: 500, longestMs: 15_000 }

/**
 * Starts services again that end although nobody asked for it. `ended` is to be told of each such end.
 * @param signal aborted when nothing shall be started any more
 * @param onGivenUp one ended too often, or could not be started: in words
 */
export function keepRunning({
  log,
  signal,
  onGivenUp,
  limits = restarts,
}: {
  log: (line: string) => void
  signal: AbortSignal
  onGivenUp: (service: Service, reason: string) => void
  limits?: Restarts
}): { ended: (service: Service, reason: string) => void } {
  const ends = new Map<string, number[]>()

  /** @returns in how many ms it is started again; null: not any more */
  function countEnd(name: string): { delayMs: number; count: number } | null {
    const now = performance.now()
    const recent = [...(ends.get(name) ?? []).filter((at) => now - at < limits.withinMs), now]
    ends.set(name, recent)
    if (recent.length > limits.most) return null
    return {
      delayMs: Math.min(limits.longestMs, limits.firstMs * 2 ** (recent.length - 1)),
      count: recent.length,
    }
  }

  async function startAgain(service: Service, reason: string): Promise<void> {
    for (let why = reason; !signal.aborted;) {
      const next = countEnd(service.name)
      if (!next) {
        const minutes = Math.round(limits.withinMs / 60_000)
        onGivenUp(
          service,
          `${why}. It ended ${limits.most + 1} times within ${minutes} minutes, and is not started again`,
        )
        return
      }
      log(`${service.name} ended: ${why}. It is started again (${next.count} of ${limits.most})`)
      await sleep(next.delayMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        await service.start()
        log(`up again: ${service.name}`)
        return
      } catch (error) {
        why = error instanceof Error ? error.message : String(error)
      }
    }
  }

  return { ended: (service, reason) => void startAgain(service, reason) }
}
