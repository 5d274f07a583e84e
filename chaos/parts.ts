import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../local/settings/config.ts'
import { findFreePort } from '../local/processes/ports.ts'
import { createService, type Service } from '../local/processes/processes.ts'
import { simulatedSettings } from '../local/settings/simulated-settings.ts'
import { startSystem, type System } from '../local/system/system.ts'
import { type BrokenBuild, makeBrokenBuild } from './broken-build.ts'
import { secondCalendar, timeZone, writeBusinessConfig } from './business-config.ts'
import type { KilledPart } from './plan.ts'

/** A part was away. `to` is when it was healthy again; milliseconds since 1970. */
export type Outage = { part: KilledPart; why: string; from: number; to: number }

export type Parts = {
  system: System
  redis: boolean
  outages: Outage[]
  /** Kills a part with SIGKILL and starts it again after the pause. When it is away, only once it is back. */
  kill: (part: KilledPart, pauseMs: number) => Promise<void>
  /**
   * Has the API kill itself at a fault point. The restart is under way when this resolves.
   * @returns false when the point was not reached within `withinMs`
   */
  killAtPoint: (point: string, pauseMs: number, withinMs: number) => Promise<boolean>
  /** Resolves when nothing is away. */
  allUp: () => Promise<void>
  stop: () => Promise<void>
}

/** How an outage's `why` begins when nobody killed the part. */
export const byItself = 'ended by itself'

const restartLimitMs = 240_000

/** The whole system on free ports with rules of its own, each part started again when it ends, as compose does. */
export async function startParts(options: {
  dataDir: string
  broken: BrokenBuild | null
  log: (line: string) => void
  signal: AbortSignal
}): Promise<Parts> {
  const { dataDir, broken, log, signal } = options
  const pointFile = join(dataDir, 'fault-point')
  const redis = await startRedis(dataDir)
  const outages: Outage[] = []
  const away = new Map<KilledPart, Promise<void>>()
  const services: Partial<Record<KilledPart, Service>> = { ...(redis && { redis: redis.service }) }
  /** Set while the adversary kills: how long the part stays away, and the name of the deed. */
  const deeds = new Map<KilledPart, { why: string; pauseMs: number }>()
  let ending = false

  const bringBack = (part: KilledPart, why: string, pauseMs: number): Promise<void> => {
    const outage: Outage = { part, why, from: Date.now(), to: Number.POSITIVE_INFINITY }
    outages.push(outage)
    log(`down: ${part} (${why})`)
    const back = (async () => {
      await sleep(pauseMs)
      for (const deadline = Date.now() + restartLimitMs; !ending; await sleep(500)) {
        try {
          await services[part]?.start()
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
  const onUnexpectedExit = (service: Service, reason: string) => {
    const part = partOf(service)
    if (ending || !part) return
    const deed = reason.includes('SIGKILL') ? deeds.get(part) : undefined
    if (deed) deeds.delete(part)
    void bringBack(part, deed?.why ?? `${byItself}: ${reason}`, deed?.pauseMs ?? 500)
  }

  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: {
      ...process.env,
      ...simulatedSettings,
      LOG_LEVEL: 'info',
      BUSINESS_CONFIG: writeBusinessConfig(join(dataDir, 'config')),
      ...(redis ? { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port) } : {}),
    },
  })
  const apiVariables = { FAULT_POINT_FILE: pointFile }
  const system = await startSystem({
    config,
    log,
    signal,
    durable: true,
    onUnexpectedExit,
    apiVariables,
    ...(broken && { apiRoot: makeBrokenBuild(broken, join(dataDir, 'broken-build')) }),
  }).catch(async (error: unknown) => {
    await redis?.service.stop()
    throw error
  })
  Object.assign(services, {
    api: system.processes.api,
    n8n: system.processes.n8n,
    postgres: system.processes.postgres,
  })
  await control(system.urls.google, 'calendars', { id: secondCalendar, timeZone })
  // An account may write to some forty strangers a day: long runs have more people.
  await control(system.urls.telegram, 'limits', { limits: 'none' })

  return {
    system,
    redis: redis !== undefined,
    outages,
    async kill(part, pauseMs) {
      while (away.has(part)) await away.get(part)
      await services[part]?.kill()
      void bringBack(part, 'kill -9', pauseMs)
    },
    async killAtPoint(point, pauseMs, withinMs) {
      while (away.has('api')) await away.get('api')
      const deed = { why: `kill -9 at ${point}`, pauseMs }
      deeds.set('api', deed)
      writeFileSync(pointFile, point)
      const deadline = Date.now() + withinMs
      while (existsSync(pointFile) && Date.now() < deadline) await sleep(50)
      // The API removes the file when it dies there. Its end is noticed a moment later, and not at all when it was just starting.
      const reached = !existsSync(pointFile)
      if (reached) for (let waited = 0; deeds.has('api') && waited < 1000; waited += 50) await sleep(50)
      rmSync(pointFile, { force: true })
      deeds.delete('api')
      return reached
    },
    async allUp() {
      while (away.size > 0) await Promise.all(away.values())
    },
    async stop() {
      ending = true
      await Promise.allSettled(away.values())
      await system.stop()
      await redis?.service.stop()
    },
  }
}

const partOf = ({ name }: Service): KilledPart | undefined =>
  ({ API: 'api', n8n: 'n8n', PostgreSQL: 'postgres', Redis: 'redis' } as const)[name]

async function startRedis(dataDir: string): Promise<{ service: Service; port: number } | undefined> {
  if (spawnSync('which', ['redis-server']).status !== 0) return undefined
  const port = await findFreePort()
  const folder = join(dataDir, 'redis')
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const settings = { bind: '127.0.0.1', port: String(port), dir: folder, appendonly: 'yes', save: '' }
  const service = createService({
    name: 'Redis',
    command: 'redis-server',
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    env: { PATH: process.env.PATH ?? '' },
    cwd: folder,
    logFile: join(dataDir, 'logs/redis.log'),
    isHealthy: async () =>
      spawnSync('redis-cli', ['-h', '127.0.0.1', '-p', String(port), 'ping'], {
        encoding: 'utf8',
      }).stdout.includes('PONG'),
  })
  await service.start()
  return { service, port }
}

async function control(simulator: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${simulator}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`A simulator refused ${path}: ${await response.text()}`)
}
