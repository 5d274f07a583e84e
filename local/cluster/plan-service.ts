import { join } from 'node:path'
import { interpolate, readEnvironment, type Service } from '../../docker/read-compose.mts'

export type Services = Record<string, Service>

/** What containers have and one machine has not: an address and a file system for each. */
export type Place = {
  repository: string
  node: string
  /** Where a replica keeps its files. */
  folderOf: (service: string, replica: number) => string
  /** On which port of 127.0.0.1 a replica listens. */
  portOf: (service: string, replica: number) => number
  /** By which port of 127.0.0.1 others reach a service, whichever replica answers. */
  reachedBy: (service: string) => number
  /** Where Caddy's own door is: two of them may run on a machine. */
  proxyAdminPort: number
}

export type PlannedProcess = {
  /** `n8n-worker`, `n8n-worker-2`. */
  name: string
  service: string
  command: string
  args: string[]
  environment: Record<string, string>
  cwd: string
  /** Asked until it answers; null: a one-shot, which is ready when it has ended with 0. */
  health: { url: string } | { redisPort: number } | null
  /** How long it may take to end. In ms. */
  graceMs: number
}

/** What the image of the API runs when Compose names no command: the last line of api/Dockerfile. */
const apiCommand = ['node', 'api/src/main.ts']
/** Inside of a container each n8n has this port, its health check too. */
const n8nPort = '5678'

/**
 * One process of docker-compose.yml as a plain process of this machine: the same command, environment, order and health check, with the
 * names of containers, their ports, folders and secrets replaced by what is here. There is no second list of any of it.
 * @throws like `interpolate`, when a secret is missing
 */
export function planProcess(options: {
  services: Services
  service: string
  replica?: number
  /** As .env gives them. */
  variables: Record<string, string>
  place: Place
}): PlannedProcess {
  const { services, service: name, replica = 1, variables, place } = options
  const service = services[name]
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`)
  const folder = place.folderOf(name, replica)
  const port = place.portOf(name, replica)
  const mounts = readMounts(service, place.repository, folder)
  const inPlace = (text: string) =>
    Object.entries(mounts).reduce((moved, [inside, here]) => moved.replaceAll(inside, here), text)
  const environment = Object.fromEntries(
    Object.entries(readEnvironment(service, variables)).map(([key, value]) => [
      key,
      replaceNames(inPlace(replaceSecret(value, key, variables)), key, services, place),
    ]),
  )
  const words = [...service.entrypoint, ...service.command]
  const [program = '', ...args] = (words.length > 0 ? words : apiCommand).map((word) =>
    inPlace(interpolate(word, variables)),
  )
  return {
    name: replica === 1 ? name : `${name}-${replica}`,
    service: name,
    command: program === 'node' ? place.node : program,
    args,
    environment: { ...environment, ...ownPorts(name, port, folder) },
    cwd: place.repository,
    health: readHealth(service, { variables, port, place, name }),
    graceMs: Number.parseInt(service.stop_grace_period ?? '10s', 10) * 1000,
  }
}

/** The services of a start, each after what it needs. `profiles`: as for `docker compose --profile`. */
export function orderServices(services: Services, profiles: string[]): string[] {
  const order: string[] = []
  const visit = (name: string) => {
    if (order.includes(name)) return
    for (const needed of Object.keys(services[name]?.depends_on ?? {})) visit(needed)
    order.push(name)
  }
  for (const [name, service] of Object.entries(services))
    if (service.profiles.length === 0 || service.profiles.some((one) => profiles.includes(one))) visit(name)
  return order
}

/** Folders inside of the container by the folders that are here. Volumes become folders of the replica. */
function readMounts(service: Service, repository: string, folder: string): Record<string, string> {
  const mounts: Record<string, string> = {}
  for (const mount of service.volumes) {
    const [source = '', target = ''] = mount.split(':')
    // All of the repository lies in one folder, here as there.
    if (source.startsWith('./') && target.startsWith('/lead/')) mounts['/lead/'] = `${repository}/`
    else if (!source.startsWith('./') && target === '/data') mounts[target] = folder
  }
  return { ...mounts, '/home/node': folder }
}

function replaceSecret(value: string, name: string, variables: Record<string, string>): string {
  return value.startsWith('/run/secrets/') ? (variables[name] ?? '') : value
}

function replaceNames(value: string, name: string, services: Services, place: Place): string {
  if (name.endsWith('_HOST')) return value in services || value === '0.0.0.0' ? '127.0.0.1' : value
  return value.replace(/^http:\/\/([a-z0-9-]+):\d+/, (address, host: string) =>
    host in services ? `http://127.0.0.1:${place.reachedBy(host)}` : address,
  )
}

/** What each container has for itself and a machine has once. */
function ownPorts(service: string, port: number, folder: string): Record<string, string> {
  if (service === 'api') return { HOST: '127.0.0.1', PORT: String(port), BACKUP_DIR: join(folder, 'backups') }
  if (!service.startsWith('n8n')) return {}
  return {
    N8N_PORT: String(port),
    QUEUE_HEALTH_CHECK_PORT: String(port),
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
  }
}

function readHealth(
  service: Service,
  {
    variables,
    port,
    place,
    name,
  }: { variables: Record<string, string>; port: number; place: Place; name: string },
): PlannedProcess['health'] {
  const words = (service.healthcheck?.test ?? []).map((word) => interpolate(word, variables))
  if (words.includes('ping')) return { redisPort: port }
  const url = words.findLast((word) => word.startsWith('http://'))
  if (!url) return null
  const address = new URL(url)
  if (name === 'proxy') address.port = String(place.proxyAdminPort)
  else if (name === 'api' || address.port === n8nPort) address.port = String(port)
  return { url: address.href }
}
