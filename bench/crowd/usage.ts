import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMsOf } from '../processes.ts'

export type Parts = { n8n: number; api: number; postgres: number }

export const mapParts = (work: (part: keyof Parts) => number): Parts => ({
  n8n: work('n8n'),
  api: work('api'),
  postgres: work('postgres'),
})

/** Counts what the processes use from now on. `pids` of 0 use nothing. */
export function countCpu(pids: Parts) {
  const read = () => mapParts((part) => (pids[part] === 0 ? 0 : cpuMsOf(pids[part])))
  const before = read()
  const began = performance.now()
  return (): { used: Parts; ms: number } => {
    const now = read()
    return { used: mapParts((part) => now[part] - before[part]), ms: performance.now() - began }
  }
}

const windowMs = 5000
const mostWindows = 12

/**
 * What the same processes use when nothing is asked of them, in CPU-ms a millisecond. What was asked before is given time to settle: windows of
 * five seconds are looked at until one uses about as much as the one before, for a minute at most.
 */
export async function measureIdle(pids: Parts): Promise<Parts> {
  let least: Parts = mapParts(() => Number.POSITIVE_INFINITY)
  for (let window = 0; window < mostWindows; window++) {
    const count = countCpu(pids)
    await sleep(windowMs)
    const { used, ms } = count()
    const now = mapParts((part) => used[part] / ms)
    if (sumOf(now) > 0.9 * sumOf(least)) return sumOf(now) < sumOf(least) ? now : least
    least = now
  }
  return least
}

/** What was used beyond the idle load. @throws when it is nothing: the idle load was then measured while something else went on */
export function beyondIdle(used: Parts, idle: Parts, ms: number): Parts {
  const beyond = mapParts((part) => used[part] - idle[part] * ms)
  if (sumOf(beyond) > 0) return beyond
  throw new Error('Work cost less than idling: the idle load was measured while something else went on')
}

export const sumOf = ({ n8n, api, postgres }: Parts): number => n8n + api + postgres
