import { findFreePort, isPortTaken } from '../processes/ports.ts'
import type { Config } from '../settings/config.ts'
import { findCaddy } from './programs.ts'

/** How many processes of the services that may have several. */
export type Replicas = Record<'api' | 'n8n-webhook' | 'n8n-worker', number>

/** A port for each replica that listens, and one for each name. */
export async function choosePortsOfReplicas({ settings }: Config, replicas: Replicas, ownRedis: boolean) {
  const used = new Set<number>()
  const free = async (): Promise<number> => {
    const port = await findFreePort()
    if (used.has(port)) return free()
    used.add(port)
    return port
  }
  const all = new Map<string, number>()
  const several = Object.entries({ n8n: 1, 'n8n-init': 1, ...replicas })
  for (const [name, count] of several)
    for (let replica = 1; replica <= count; replica += 1) all.set(`${name}-${replica}`, await free())
  const webhooks = await free()
  const isRedisTaken = ownRedis && (await isPortTaken(settings.REDIS_PORT))
  const redis = isRedisTaken ? await free() : settings.REDIS_PORT
  const hasCaddy = 'command' in findCaddy()
  // Without a proxy the editor is reached at N8N_PORT itself.
  if (!hasCaddy) all.set('n8n-1', settings.N8N_PORT)
  const fixed: Record<string, number> = {
    postgres: settings.DB_PORT,
    redis,
    api: settings.PORT,
    'n8n-webhook': webhooks,
    n8n: all.get('n8n-1')!,
    'n8n-worker': all.get('n8n-worker-1')!,
    simulators: settings.SIM_AMOCRM_PORT,
  }
  const of = (service: string, replica: number) => all.get(`${service}-${replica}`) ?? fixed[service] ?? 0
  return {
    of,
    reachedBy: (service: string) => fixed[service] ?? 0,
    redis,
    n8n: fixed['n8n']!,
    editor: settings.N8N_PORT,
    admin: await free(),
    sites: await free(),
  }
}
