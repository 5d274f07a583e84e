import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../local/cluster/programs.ts'
import { isHealthy } from '../local/cluster/is-healthy.ts'
import { findFreePort } from '../local/processes/ports.ts'
import { createService, type Service } from '../local/processes/processes.ts'
import { startSystem } from '../local/system/system.ts'
import { type BrokenBuild, makeBrokenBuild } from './broken-build.ts'
import type { StartKillable } from './killable-system.ts'
import type { KilledPart } from './killed-parts.ts'

const names: Record<string, KilledPart> = { API: 'api', n8n: 'n8n', PostgreSQL: 'postgres', Redis: 'redis' }

/** What `npm start` starts: one process of each part, and Redis where it is installed. `broken`: see broken-build.ts. */
export const startPlain =
  (broken: BrokenBuild | null): StartKillable =>
  async ({ dataDir, config, apiVariables, log, signal, onUnexpectedExit }) => {
    const redis = await startRedis(dataDir)
    const system = await startSystem({
      config: config(redis ? { REDIS_HOST: '127.0.0.1', REDIS_PORT: String(redis.port) } : {}),
      log,
      signal,
      durable: true,
      apiVariables,
      onUnexpectedExit: ({ name }, reason) => names[name] && onUnexpectedExit(names[name], reason),
      ...(broken && { apiRoot: makeBrokenBuild(broken, join(dataDir, 'broken-build')) }),
    }).catch(async (error: unknown) => {
      await redis?.service.stop()
      throw error
    })
    const services = [...Object.values(system.processes), ...(redis ? [redis.service] : [])]
    return {
      urls: system.urls,
      databaseUrl: system.databaseUrl,
      config: system.config,
      services: new Map(
        services.flatMap((service) => (names[service.name] ? [[names[service.name]!, service]] : [])),
      ),
      stop: async () => {
        await system.stop()
        await redis?.service.stop()
      },
    }
  }

async function startRedis(dataDir: string): Promise<{ service: Service; port: number } | undefined> {
  const command = findProgram(['valkey-server', 'redis-server'])
  if (!command) return undefined
  const port = await findFreePort()
  const folder = join(dataDir, 'redis')
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o700)
  const settings = { bind: '127.0.0.1', port: String(port), dir: folder, appendonly: 'yes', save: '' }
  const service = createService({
    name: 'Redis',
    command,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    env: { PATH: process.env.PATH ?? '' },
    cwd: folder,
    logFile: join(dataDir, 'logs/redis.log'),
    isHealthy: () => isHealthy({ redisPort: port }),
  })
  await service.start()
  return { service, port }
}
