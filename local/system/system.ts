import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { choosePorts, type PartName } from './choose-ports.ts'
import { databaseServer } from './database-server.ts'
import { type Config, repository } from '../settings/config.ts'
import { startDatabase } from '../postgres/database.ts'
import { prepareExternalDatabase } from '../postgres/external-database.ts'
import { createN8nService, n8nEnvironment, n8nUserFolder } from '../n8n/n8n.ts'
import { installN8n, placeOurNodes } from '../n8n/n8n-install.ts'
import { keepRunning } from '../processes/keep-running.ts'
import { answersOk, createService, type Service } from '../processes/processes.ts'
import type { WorkflowNotice } from '../n8n/bring-workflows.ts'
import { findTrouble, provision } from '../n8n/provision.ts'
import { apiEnvironment, findUrls, simulatorEnvironment } from '../settings/service-environments.ts'
import { subscribeHooks } from './subscribe-hooks.ts'
import { lockSystem, requireNotRunning } from './system-lock.ts'

export type { PartName } from './choose-ports.ts'

export type SystemOptions = {
  config: Config
  log: (line: string) => void
  /** Default: all; without n8n where the settings say that it runs elsewhere. */
  only?: PartName[]
  /** Aborting it while the system starts stops what runs already; `startSystem` then throws. */
  signal?: AbortSignal
  /** Whether a process that ends by itself is started again, as Compose would; `onUnexpectedExit` then hears of it when that is no use. */
  restarts?: boolean
  /** A process ended and nobody asked for it. Default: it is logged. */
  onUnexpectedExit?: (service: Service, reason: string) => void
  /** false: PostgreSQL without fsync. For tests only. Default: true. */
  durable?: boolean
  /** More variables for the API than the settings have. For tests only. */
  apiVariables?: Record<string, string>
  /** More variables for n8n's server. For tests only. */
  n8nVariables?: Record<string, string>
  /** Where the API's code is. For tests only. Default: this repository. */
  apiRoot?: string
}

export type System = {
  urls: ReturnType<typeof findUrls>
  /** The address of leads_db. */
  databaseUrl: string
  config: Config
  processes: Partial<Record<PartName, Service>>
  /** What people did to the workflows in n8n's editor, and workflows that n8n cannot run. */
  workflows: WorkflowNotice[]
  /** Ends all processes in reverse order, within 10 s. May be called again. */
  stop: () => Promise<void>
}

const allParts = ({ settings }: Config): PartName[] => [
  'postgres',
  'simulators',
  'api',
  ...(settings.N8N_ELSEWHERE ? [] : (['n8n'] as const)),
]

/**
 * Starts the whole system on this machine and resolves when the API says it is ready.
 * @throws with what to do when a port is taken, a system runs on the data folder already, or a part does not start;
 * nothing is left running then
 */
export async function startSystem(given: SystemOptions): Promise<System> {
  const { config, log, signal, only = allParts(given.config) } = given
  const processes: Partial<Record<PartName, Service>> = {}
  const ending = new AbortController()
  const options = given.restarts
    ? { ...given, onUnexpectedExit: restarting(given, processes, ending.signal) }
    : given
  requireNotRunning(config.dataDir)
  await choosePorts(config, only)
  const urls = findUrls(config)
  const unlock = lockSystem(config.dataDir, urls.n8n, databaseServer(config))
  let stopped = false
  const stop = async () => {
    stopped = true
    ending.abort()
    await Promise.all([processes.n8n?.stop(), processes.api?.stop()])
    await processes.simulators?.stop()
    await processes.postgres?.stop()
    unlock()
  }
  const stopEarly = () => void stop()
  signal?.addEventListener('abort', stopEarly)
  const run = async (part: PartName, title: string, service: Service) => {
    if (stopped) return
    processes[part] = service
    await service.start()
    log(`up: ${title}`)
  }
  try {
    signal?.throwIfAborted()
    for (const note of config.notes) log(note)
    const databaseUrl = await openDatabase(options, processes)
    signal?.throwIfAborted()

    const n8n = only.includes('n8n') ? await prepareN8n(options, databaseUrl) : undefined
    const startRest = async () => {
      if (only.includes('simulators') && config.simulators.length) {
        await run('simulators', `simulators (${config.simulators.join(', ')})`, createSimulators(options))
      }
      if (only.includes('api')) await run('api', 'API', createApi(options, databaseUrl))
    }
    await Promise.all([startRest(), n8n && run('n8n', 'n8n', n8n.service)])
    if (config.settings.N8N_ELSEWHERE) log(`n8n: your own, at ${urls.n8n}`)
    if (only.includes('api') && only.includes('n8n')) await waitUntilReady(`${urls.api}/ready`, signal)
    const isComplete = only.includes('n8n') || config.settings.N8N_ELSEWHERE
    if (only.includes('simulators') && isComplete) await subscribeHooks(config, urls)
    const workflows = n8n ? await n8n.findNotices() : []
    return { urls, databaseUrl, config, processes, workflows, stop }
  } catch (error) {
    await stop()
    throw signal?.aborted ? new Error('Stopped while starting', { cause: error }) : error
  } finally {
    signal?.removeEventListener('abort', stopEarly)
  }
}

async function openDatabase(options: SystemOptions, processes: System['processes']): Promise<string> {
  const { config, log, only = allParts(options.config) } = options
  const { settings } = config
  if (!only.includes('postgres')) return config.externalDatabaseUrl ?? ''
  if (config.externalDatabaseUrl) {
    await prepareExternalDatabase(config.externalDatabaseUrl, settings, log)
    log('up: PostgreSQL (your own server)')
    return config.externalDatabaseUrl
  }
  const postgres = await startDatabase({
    dataDir: config.dataDir,
    port: settings.DB_PORT,
    superuserPassword: config.superuserPassword,
    durable: options.durable ?? true,
    names: settings,
    log,
    onUnexpectedExit: unexpectedExit(options),
  })
  processes.postgres = postgres.service
  log('up: PostgreSQL')
  return postgres.databaseUrl
}

/** Installs n8n and brings what is ours into its database, while its server does not run. */
export async function fillN8n(
  { config, log, signal }: Pick<SystemOptions, 'config' | 'log' | 'signal'>,
  databaseUrl: string,
) {
  await installN8n(log, signal)
  mkdirSync(n8nUserFolder(config), { recursive: true, mode: 0o700 })
  placeOurNodes(n8nUserFolder(config))
  const environment = n8nEnvironment(config, databaseUrl)
  const notices = await provision({ config, environment, log, ...(signal && { signal }) })
  return { environment, notices }
}

async function prepareN8n(options: SystemOptions, databaseUrl: string) {
  const { config, log } = options
  const filled = await fillN8n(options, databaseUrl)
  const environment = { ...filled.environment, ...options.n8nVariables }
  const service = createN8nService({ config, environment, log, onUnexpectedExit: unexpectedExit(options) })
  return { service, findNotices: async () => [...filled.notices, ...(await findTrouble(environment))] }
}

function createSimulators(options: SystemOptions): Service {
  const { config } = options
  const urls = findUrls(config)
  return createService({
    name: 'simulators',
    command: process.execPath,
    args: [join(repository, 'simulators/main.ts'), ...config.simulators],
    env: simulatorEnvironment(config),
    cwd: repository,
    logFile: join(config.dataDir, 'logs/simulators.log'),
    isHealthy: async () => {
      const answers = config.simulators.map((name) => answersOk(`${urls[name]}/_sim/journal`))
      return (await Promise.all(answers)).every(Boolean)
    },
    stopTimeoutMs: 1500,
    onUnexpectedExit: unexpectedExit(options),
  })
}

function createApi(options: SystemOptions, databaseUrl: string): Service {
  const { config, apiRoot = repository } = options
  return createService({
    name: 'API',
    command: process.execPath,
    args: [join(apiRoot, 'api/src/main.ts')],
    env: { ...apiEnvironment(config, databaseUrl), ...options.apiVariables },
    cwd: apiRoot,
    logFile: join(config.dataDir, 'logs/api.log'),
    isHealthy: () => answersOk(`http://127.0.0.1:${config.settings.PORT}/health`),
    onUnexpectedExit: unexpectedExit(options),
  })
}

const unexpectedExit = (options: SystemOptions) =>
  options.onUnexpectedExit ??
  ((service: Service, reason: string) =>
    options.log(`${service.name} ended: ${reason}. Its log: ${service.logFile}`))

/** What is known of a part here starts it: PostgreSQL's own start clears up first. */
function restarting(options: SystemOptions, processes: System['processes'], signal: AbortSignal) {
  const { ended } = keepRunning({ log: options.log, signal, onGivenUp: unexpectedExit(options) })
  return (service: Service, reason: string) =>
    ended(Object.values(processes).find(({ name }) => name === service.name) ?? service, reason)
}

async function waitUntilReady(
  url: string,
  signal: AbortSignal | undefined,
  timeoutMs = 60_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await answersOk(url).catch(() => false))) {
    signal?.throwIfAborted()
    if (Date.now() > deadline)
      throw new Error(`The API was not ready after ${timeoutMs / 1000} s: see ${url}`)
    await sleep(200)
  }
}
