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

/** What the same processes use when nothing is asked of them, in CPU-ms a millisecond. */
export async function measureIdle(pids: Parts, wait: () => Promise<unknown>): Promise<Parts> {
  const count = countCpu(pids)
  await wait()
  const { used, ms } = count()
  return mapParts((part) => used[part] / ms)
}
