import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../local/settings/config.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { secondCalendar, timeZone, writeBusinessConfig } from './business-config.ts'
import { control } from './control.ts'
import type { KillableSystem, StartKillable } from './killable-system.ts'
import type { KilledPart } from './killed-parts.ts'
import { steppableClock } from './steppable-clock.ts'

/** A part was away. `to` is when it was healthy again; milliseconds since 1970. */
export type Outage = { part: KilledPart; why: string; from: number; to: number }

export type Parts = {
  system: KillableSystem
  outages: Outage[]
  /** Kills a part with SIGKILL and starts it again after the pause. When it is away, only once it is back. */
  kill: (part: KilledPart, pauseMs: number) => Promise<void>
  /**
   * Has the API kill itself at a fault point. The restart is under way when this resolves.
   * @returns false when the point was not reached within `withinMs`
   */
  killAtPoint: (point: string, pauseMs: number, withinMs: number) => Promise<boolean>
  /** Notes that a part does not do its work although it runs. @returns what ends that */
  noteOutage: (part: KilledPart, why: string) => () => void
  /**
   * Stops the API servers as a person would, and starts them again when it is done; nothing kills the database meanwhile.
   */
  whileStopped: (why: string, act: () => Promise<void>) => Promise<void>
  /** Resolves when nothing is away. */
  allUp: () => Promise<void>
  stop: () => Promise<void>
}

/** How an outage's `why` begins when nobody killed the part. */
export const byItself = 'ended by itself'

const restartLimitMs = 240_000

/** The whole system on free ports with rules of its own, each part started again when it ends, as compose does. */
export async function startParts(options: {
  start: StartKillable
  dataDir: string
  log: (line: string) => void
  signal: AbortSignal
}): Promise<Parts> {
  const { start, dataDir, log, signal } = options
  const pointFile = join(dataDir, 'fault-point')
  const outages: Outage[] = []
  const away = new Map<KilledPart, Promise<void>>()
  /** Set while an API server shall die at a fault point: how long it stays away then, and the name of the deed. */
  let deed: { why: string; pauseMs: number } | undefined
  let ending = false

  const note = (part: KilledPart, why: string): Outage => {
    const outage: Outage = { part, why, from: Date.now(), to: Number.POSITIVE_INFINITY }
    outages.push(outage)
    log(`down: ${part} (${why})`)
    return outage
  }
  const bringBack = (part: KilledPart, why: string, until: () => Promise<unknown>): Promise<void> => {
    const outage = note(part, why)
    const back = (async () => {
      await until()
      for (const deadline = Date.now() + restartLimitMs; !ending; await sleep(500)) {
        try {
          await system.services.get(part)?.start()
          outage.to = Date.now()
          log(`up again: ${part} after ${((outage.to - outage.from) / 1000).toFixed(1)} s`)
          return
        } catch (error) {
          if (Date.now() > deadline) throw error
        }
      }
    })().finally(() => away.delete(part))
    away.set(part, back)
    back.catch((error: unknown) => log(`${part} does not come back: ${String(error)}`))
    return back
  }
  const onUnexpectedExit = (part: KilledPart, reason: string) => {
    if (ending) return
    const done = isApi(part) && reason.includes('SIGKILL') ? deed : undefined
    if (done) deed = undefined
    void bringBack(part, done?.why ?? `${byItself}: ${reason}`, () => sleep(done?.pauseMs ?? 500))
  }

  const system = await start({
    dataDir,
    config: (more) =>
      loadConfig({
        dataDir,
        freePorts: true,
        environment: {
          ...process.env,
          ...simulatedSettings,
          LOG_LEVEL: 'info',
          BUSINESS_CONFIG: writeBusinessConfig(join(dataDir, 'config')),
          ...more,
        },
      }),
    apiVariables: { FAULT_POINT_FILE: pointFile, ...steppableClock(dataDir) },
    log,
    signal,
    onUnexpectedExit,
  })
  await control(system.urls.google, 'calendars', { id: secondCalendar, timeZone })
  // An account may write to some forty strangers a day: long runs have more people.
  await control(system.urls.telegram, 'limits', { limits: 'none' })

  return {
    system,
    outages,
    async kill(part, pauseMs) {
      while (away.has(part)) await away.get(part)
      await system.services.get(part)?.kill()
      void bringBack(part, 'kill -9', () => sleep(pauseMs))
    },
    async killAtPoint(point, pauseMs, withinMs) {
      const all = [...system.services.keys()].filter(isApi)
      while (all.every((part) => away.has(part))) await Promise.race(all.map((part) => away.get(part)))
      deed = { why: `kill -9 at ${point}`, pauseMs }
      writeFileSync(pointFile, point)
      const deadline = Date.now() + withinMs
      while (existsSync(pointFile) && Date.now() < deadline) await sleep(50)
      // The API removes the file when it dies there. Its end is noticed a moment later, and not at all when it was just starting.
      const reached = !existsSync(pointFile)
      if (reached) for (let waited = 0; deed && waited < 1000; waited += 50) await sleep(50)
      rmSync(pointFile, { force: true })
      deed = undefined
      return reached
    },
    noteOutage(part, why) {
      const outage = note(part, why)
      return () => {
        outage.to = Date.now()
        log(`over: ${part} (${why})`)
      }
    },
    async whileStopped(why, act) {
      const apis = [...system.services.keys()].filter(isApi)
      const held = [...apis, 'postgres'] as const
      while (held.some((part) => away.has(part))) await Promise.all(held.map((part) => away.get(part)))
      const stopped = Promise.all(apis.map((part) => system.services.get(part)?.stop()))
      const acted = stopped.then(act)
      away.set('postgres', acted.catch(() => {}).finally(() => away.delete('postgres')) as Promise<void>)
      for (const part of apis) void bringBack(part, why, () => acted.catch(() => {}))
      await acted
    },
    async allUp() {
      while (away.size > 0) await Promise.all(away.values())
    },
    async stop() {
      ending = true
      await Promise.allSettled(away.values())
      await system.stop()
    },
  }
}

const isApi = (part: KilledPart) => part.startsWith('api')
