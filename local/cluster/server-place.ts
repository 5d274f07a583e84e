import { join } from 'node:path'
import { repository } from '../settings/config.ts'
import type { Place } from './plan-service.ts'

/** So many replicas of a service a server without Docker may have: their ports are fixed. */
export const mostReplicas = 8

/** By these ports of 127.0.0.1 all replicas of a service are reached. */
export const namePorts = (apiPort: number) => ({ api: apiPort, 'n8n-webhook': 5679 })

/** Where each replica listens: the port before its first one. n8n's editor has 5678 by the proxy. */
const firstPorts = (apiPort: number): Record<string, number> => ({
  api: apiPort,
  n8n: 5680,
  'n8n-init': 5681,
  'n8n-webhook': 5690,
  'n8n-worker': 5710,
})

/** A server that runs the system by systemd: fixed ports, everything that is kept under one folder. */
export function serverPlace(stateFolder: string, variables: Record<string, string>): Place {
  const apiPort = Number(variables['PORT'] || 3000)
  const names: Record<string, number> = namePorts(apiPort)
  const simulators = Number(variables['SIM_AMOCRM_PORT'] || 4010)
  const portOf = (service: string, replica: number) => (firstPorts(apiPort)[service] ?? 0) + replica
  return {
    repository,
    node: process.execPath,
    folderOf: (service, replica) => join(stateFolder, `${service}-${replica}`),
    portOf,
    reachedBy: (service) => names[service] ?? (service === 'simulators' ? simulators : portOf(service, 1)),
    proxyAdminPort: 2019,
  }
}
