import { setTimeout as sleep } from 'node:timers/promises'
import type { Parts } from './parts.ts'
import type { Plan } from './plan.ts'
import { causeFault } from './traffic-faults.ts'

export type Deeds = {
  /** Fault points that no work came by in time, so the API was not killed there. */
  unreachedPoints: string[]
  faults: Record<string, number>
}

/** How long the API may work on at least before another point is tried. */
const leastPatienceMs = 8000
/** How long after the storm the points that are left are still tried, with newcomers whose work comes by. */
const overtimeMs = 300_000

/**
 * Carries out the plan's kills and traffic faults; resolves when the last one is done (not when all is up again).
 * @param bring has one more person come, who books
 */
export async function beAdversary(
  plan: Plan,
  parts: Parts,
  bring: () => Promise<void>,
  log: (line: string) => void,
): Promise<Deeds> {
  const started = Date.now()
  const until = (atMs: number) => sleep(Math.max(0, started + atMs - Date.now()))
  const faults: Record<string, number> = {}

  const disturbTraffic = async () => {
    for (const { atMs, name } of plan.faults) {
      await until(atMs)
      await causeFault(name, parts.system.urls)
      faults[name] = (faults[name] ?? 0) + 1
    }
  }
  const kill = async () => {
    for (const { atMs, part, pauseMs } of plan.kills) {
      await until(atMs)
      await parts.kill(part, pauseMs)
    }
  }
  const killAtPoints = async (): Promise<string[]> => {
    let queue = plan.points
    const everyMs = plan.stormMs / (plan.points.length + 1)
    const patienceMs = Math.max(leastPatienceMs, everyMs / 2)
    for (let round = 0; queue.length > 0 && Date.now() - started < plan.stormMs + overtimeMs;) {
      const [next, ...rest] = queue
      await until(++round * everyMs)
      if (Date.now() - started > plan.stormMs) await bring()
      const reached = await parts.killAtPoint(next!.point, next!.pauseMs, patienceMs)
      if (!reached) log(`not reached yet: ${next!.point}`)
      queue = reached ? rest : [...rest, next!]
    }
    return queue.map(({ point }) => point)
  }

  const [unreachedPoints] = await Promise.all([killAtPoints(), kill(), disturbTraffic()])
  return { unreachedPoints, faults }
}
