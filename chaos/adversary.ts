import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from './plan.ts'
import { causeFault } from './traffic-faults.ts'
import { troubles, type TroubleName } from './troubles/all.ts'
import type { World } from './troubles/trouble.ts'

export type Deeds = {
  /** Fault points that no work came by in time, so the API was not killed there. */
  unreachedPoints: string[]
  /** Troubles of the plan that could not be caused, or that nothing felt. */
  unfelt: string[]
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
export async function beAdversary(plan: Plan, world: World, bring: () => Promise<void>): Promise<Deeds> {
  const { parts, log } = world
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

  const unfelt: string[] = []
  const haveTrouble = async (name: TroubleName, atMs: number, lastsMs: number) => {
    await until(atMs)
    try {
      log(`trouble: ${name}, for ${Math.round(lastsMs / 1000)} s`)
      const end = await troubles[name].begin(world)
      // Somebody whose work comes by.
      await bring()
      await sleep(lastsMs)
      const felt = await end()
      log(`trouble is over: ${name}, felt ${felt} times`)
      if (felt === 0) unfelt.push(`${name}: nothing felt it`)
    } catch (error) {
      unfelt.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  const [unreachedPoints] = await Promise.all([
    killAtPoints(),
    kill(),
    disturbTraffic(),
    ...plan.troubles.map(({ name, atMs, lastsMs }) => haveTrouble(name, atMs, lastsMs)),
  ])
  return { unreachedPoints, unfelt, faults }
}
