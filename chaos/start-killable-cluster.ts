import { startCluster } from '../local/cluster/start-cluster.ts'
import type { StartKillable } from './killable-system.ts'
import { isKilledPart } from './killed-parts.ts'

const replicas = { api: 2, 'n8n-webhook': 1, 'n8n-worker': 2 }

/** What docker-compose.yml describes, as `npm run cluster` starts it: n8n in queue mode, two API servers. */
export const startKillableCluster: StartKillable = async (options) => {
  const { apiVariables, log, signal, onUnexpectedExit } = options
  const config = options.config()
  const { urls, databaseUrl, processes, stop } = await startCluster({
    config,
    replicas,
    log,
    signal,
    apiVariables,
    restarts: false,
    onUnexpectedExit: ({ name }, reason) => isKilledPart(name) && onUnexpectedExit(name, reason),
  })
  const services = new Map(
    [...processes].flatMap(([name, service]) => (isKilledPart(name) ? [[name, service]] : [])),
  )
  return { urls, databaseUrl, config, services, stop }
}
