import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isGoogleMock, variableNames } from '../../api/src/settings/variables.ts'
import { readCompose } from '../../docker/read-compose.mts'
import { createWithBrokerPort } from '../n8n/broker-port.ts'
import { installN8n, n8nRuntime } from '../n8n/n8n-install.ts'
import { secretsOf } from '../n8n/n8n.ts'
import { withN8nDatabase } from '../n8n/n8n-database.ts'
import { readPublications } from '../n8n/stored-workflows.ts'
import { startPostgres } from '../postgres/postgres.ts'
import { runInitSql } from '../postgres/run-init-sql.ts'
import { hostEnvironment } from '../processes/host-environment.ts'
import { keepRunning } from '../processes/keep-running.ts'
import { createService, type Service } from '../processes/processes.ts'
import { type Config, repository } from '../settings/config.ts'
import { findUrls } from '../settings/service-environments.ts'
import { choosePorts } from '../system/choose-ports.ts'
import { databaseServer } from '../system/database-server.ts'
import { lockSystem, requireNotRunning } from '../system/system-lock.ts'
import { prepareProxy } from './adapt-caddyfile.ts'
import { choosePortsOfReplicas, type Replicas } from './choose-ports-of-replicas.ts'
import { isHealthy } from './is-healthy.ts'
import { linkWorkflowPackage } from './link-workflow-package.ts'
import { orderServices, type Place, planProcess, type PlannedProcess } from './plan-service.ts'
import { findCaddy, findRedis } from './programs.ts'
import { runOnce } from '../processes/run-once.ts'
import { spreadConnections } from './spread-connections.ts'

export const composeFile = join(repository, 'docker-compose.yml')

export type ClusterOptions = {
  config: Config
  replicas: Replicas
  log: (line: string) => void
  signal?: AbortSignal
  /** Whether a process that ends by itself is started again, as Compose would. Default: true. */
  restarts?: boolean
  /** A process ended and nobody asked for it; with `restarts`: it ended too often and is not started again. */
  onUnexpectedExit: (service: Service, reason: string) => void
  /** More variables for the API servers than the settings have. For tests only. */
  apiVariables?: Record<string, string>
}

export type Cluster = {
  urls: ReturnType<typeof findUrls>
  databaseUrl: string
  /** By the names of the plan: `n8n-worker`, `api-2`, `redis`. */
  processes: Map<string, Service>
  /** Ends everything, in the reverse order of the start. May be called again. */
  stop: () => Promise<void>
}

/** The settings as a .env file would give them to Compose: production, with the key of a service account as a file. */
export function composeVariables({ settings, simulators, dataDir }: Config): Record<string, string> {
  const given = Object.fromEntries(
    variableNames.flatMap((name) => {
      const value = settings[name]
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
  const { GOOGLE_SERVICE_ACCOUNT: key, ...others } = given
  const keyFile = join(dataDir, isGoogleMock(settings) ? 'mock_account.json' : 'google-account.json')
  if (key) writeFileSync(keyFile, key, { mode: 0o600 })
  return {
    ...others,
    NODE_ENV: 'production',
    ...(key && { GOOGLE_SERVICE_ACCOUNT_FILE: keyFile }),
    ...(simulators.length > 0 && { COMPOSE_PROFILES: 'demo' }),
  }
}

/**
 * Starts what docker-compose.yml describes as plain processes of this machine, and resolves when n8n serves every workflow.
 * @throws with what to do when a program or a port is missing, or a process does not start; nothing is left running then
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { config, log, signal, replicas } = options
  const { services } = readCompose(composeFile)
  const variables = composeVariables(config)
  const profiles = (variables['COMPOSE_PROFILES'] ?? '').split(',').filter(Boolean)
  const ownRedis = !config.settings.REDIS_HOST
  const redisCommand = ownRedis ? findRedis() : undefined
  const caddy = findCaddy()
  if ('without' in caddy) log(caddy.without)

  requireNotRunning(config.dataDir)
  await choosePorts(config, ['postgres', 'simulators', 'api', 'n8n'])
  const ports = await choosePortsOfReplicas(config, replicas, ownRedis)
  Object.assign(variables, composeVariables(config), { REDIS_PORT: String(ports.redis) })
  const unlock = lockSystem(config.dataDir, findUrls(config).n8n, databaseServer(config))
  const processes = new Map<string, Service>()
  const ending = new AbortController()
  const { ended } =
    (options.restarts ?? true)
      ? keepRunning({ log, signal: ending.signal, onGivenUp: options.onUnexpectedExit })
      : { ended: options.onUnexpectedExit }
  const onUnexpectedExit = (service: Service, reason: string) =>
    ended(processes.get(service.name) ?? service, reason)
  const closing: (() => Promise<void>)[] = []
  const stop = async () => {
    ending.abort()
    const all = [...processes].toReversed()
    const first = all.filter(([name]) => isOfN8n(name) || /^(?:api|proxy)/.test(name))
    await Promise.all(first.map(([, service]) => service.stop()))
    for (const [, service] of all) await service.stop()
    await Promise.all(closing.splice(0).map((close) => close()))
    unlock()
  }

  const place: Place = {
    repository,
    node: process.execPath,
    folderOf: (service, replica) => join(config.dataDir, replica === 1 ? service : `${service}-${replica}`),
    portOf: (service, replica) => ports.of(service, replica),
    reachedBy: (service) => ports.reachedBy(service),
    proxyAdminPort: ports.admin,
  }
  const environment = {
    ...hostEnvironment(),
    PATH: [dirname(process.execPath), join(n8nRuntime, 'node_modules/.bin'), process.env.PATH].join(
      delimiter,
    ),
  }
  const hidden = secretsOf(config.settings)
  const logOf = (name: string) => join(config.dataDir, 'logs', `${name}.log`)

  async function startServer(name: string): Promise<void> {
    if (name === 'postgres') return startDatabase()
    if (name === 'redis' && !redisCommand) return
    if (name === 'proxy' && !('command' in caddy)) return
    const count = name in replicas ? replicas[name as keyof typeof replicas] : 1
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        startReplica(planProcess({ services, service: name, replica: index + 1, variables, place })),
      ),
    )
  }

  async function startReplica(plan: PlannedProcess): Promise<void> {
    const folder = place.folderOf(
      plan.service,
      plan.name === plan.service ? 1 : Number(plan.name.split('-').at(-1)),
    )
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const env = {
      ...environment,
      ...plan.environment,
      ...(plan.service === 'api' && options.apiVariables),
    }
    let { command, args } = plan
    if (isOfN8n(plan.name)) linkWorkflowPackage(folder)
    if (plan.service === 'redis') {
      command = redisCommand!
      args = [...args, '--bind', '127.0.0.1', '--dir', folder]
    }
    if (plan.service === 'proxy') args = [prepareClusterProxy(folder, env)]
    if (plan.health === null) {
      await runOnce({
        ...plan,
        command,
        args,
        environment: env,
        logFile: logOf(plan.name),
        hidden,
        ...(signal && { signal }),
      })
      log(`done: ${plan.name}`)
      return
    }
    const description = {
      name: plan.name,
      command,
      args,
      env,
      cwd: plan.cwd,
      logFile: logOf(plan.name),
      hidden,
      isHealthy: () => isHealthy(plan.health),
      healthTimeoutMs: 180_000,
      stopTimeoutMs: plan.graceMs,
      onUnexpectedExit,
    }
    const service = isOfN8n(plan.name)
      ? createWithBrokerPort(description, { log })
      : createService(description)
    ending.signal.throwIfAborted()
    processes.set(plan.name, service)
    await service.start()
    log(`up: ${plan.name}`)
  }

  async function startDatabase(): Promise<void> {
    if (config.externalDatabaseUrl) return
    const plan = planProcess({ services, service: 'postgres', variables, place })
    const most = plan.args.find((word) => word.startsWith('max_connections='))
    const postgres = await startPostgres({
      dataDir: config.dataDir,
      port: config.settings.DB_PORT,
      superuserPassword: config.superuserPassword,
      maxConnections: Number(most?.split('=')[1] ?? 100),
      onUnexpectedExit: (service, reason) => onUnexpectedExit({ ...service, name: plan.name }, reason),
    })
    processes.set(plan.name, { ...postgres.service, name: plan.name })
    ending.signal.throwIfAborted()
    await runInitSql({
      file: join(repository, 'db/init.sql'),
      databaseUrl: postgres.superuserUrl('postgres'),
      variables: plan.environment,
    })
    log('up: postgres')
  }

  function prepareClusterProxy(folder: string, env: Record<string, string>): string {
    const { n8n, editor, admin } = ports
    // The public names need ports that only root may open.
    Object.assign(env, {
      N8N_SITE: `http://n8n.localhost:${ports.sites}`,
      API_SITE: `http://api.localhost:${ports.sites}`,
      PATH: [dirname((caddy as { command: string }).command), env['PATH']].join(delimiter),
    })
    const [webhooks, api] = [ports.reachedBy('n8n-webhook'), ports.reachedBy('api')]
    return prepareProxy(folder, { n8n, editor, admin, webhooks, api })
  }

  const started = new Map<string, Promise<void>>()
  const stopEarly = () => void stop()
  signal?.addEventListener('abort', stopEarly)
  try {
    signal?.throwIfAborted()
    for (const note of config.notes.filter((line) => !line.includes('REDIS_HOST'))) log(note)
    await installN8n(log, signal)
    for (const name of ['api', 'n8n-webhook'] as const) {
      const all = Array.from({ length: replicas[name] }, (_, index) => ports.of(name, index + 1))
      const spread = await spreadConnections({ port: ports.reachedBy(name), replicas: () => all })
      closing.push(spread.close)
    }
    const order = orderServices(services, profiles)
    for (const name of order) {
      const needed = Object.keys(services[name]?.depends_on ?? {}).map((one) => started.get(one))
      const start = Promise.all(needed).then(() => {
        ending.signal.throwIfAborted()
        return startServer(name)
      })
      start.catch(() => {})
      started.set(name, start)
    }
    await Promise.all(started.values())
    await untilServed(n8nDatabaseOf(), signal)
    return { urls: findUrls(config), databaseUrl: databaseUrlOf(), processes, stop }
  } catch (error) {
    await stop()
    // What was just starting ends now; what had only begun to start is stopped then.
    await Promise.allSettled(started.values())
    await stop()
    throw signal?.aborted ? new Error('Stopped while starting', { cause: error }) : error
  } finally {
    signal?.removeEventListener('abort', stopEarly)
  }

  function n8nDatabaseOf() {
    return planProcess({ services, service: 'n8n', variables, place }).environment
  }

  function databaseUrlOf(): string {
    if (config.externalDatabaseUrl) return config.externalDatabaseUrl
    const { DB_USER, DB_PASSWORD, DB_PORT, DB_NAME } = config.settings
    const login = `${encodeURIComponent(DB_USER)}:${encodeURIComponent(DB_PASSWORD)}`
    return `postgres://${login}@127.0.0.1:${DB_PORT}/${encodeURIComponent(DB_NAME)}`
  }
}

const isOfN8n = (name: string) => name.startsWith('n8n')

/** n8n takes ten seconds or so, from when it calls itself ready, to serve what is published. */
const patienceMs = 100_000

async function untilServed(database: Record<string, string>, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const publications = await withN8nDatabase(database, readPublications)
    const failed = publications.filter(({ state }) => state === 'failed')
    if (failed.length > 0) throw new Error(`n8n cannot run ${failed.map(({ name }) => name).join(', ')}`)
    if (publications.length > 0 && publications.every(({ state }) => state === 'served')) return
    signal?.throwIfAborted()
    if (performance.now() > deadline)
      throw new Error(`n8n serves not all workflows after ${patienceMs / 1000} s`)
    await sleep(300)
  }
}
