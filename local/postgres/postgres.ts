import { execFile } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { findPostgresHome } from '../settings/data-folder.ts'
import { hostEnvironment } from '../processes/host-environment.ts'
import { findFreePort } from '../processes/ports.ts'
import { preparePostgresBinaries } from './postgres-binaries.ts'
import { clearPostgresLeftovers } from './postgres-leftovers.ts'
import { createService, type Service } from '../processes/processes.ts'
import { findUnprivilegedUser, type SystemUser } from '../processes/unprivileged-user.ts'

export type PostgresOptions = {
  /** The cluster lives in `postgres` inside, or where the folder's pointer says (see data-folder.ts). */
  dataDir: string
  /** TCP port on 127.0.0.1; 0: any free one. */
  port: number
  /** Set for the superuser `postgres` when the cluster is made; must stay the same afterwards. */
  superuserPassword: string
  /** false: no fsync. For tests only: kill -9 loses nothing, but a power cut destroys the cluster. Default: true. */
  durable?: boolean
  /** Default: 100, as PostgreSQL's own. */
  maxConnections?: number
  onUnexpectedExit?: (service: Service, reason: string) => void
}

export type Postgres = {
  port: number
  /** The superuser's address of a database. */
  superuserUrl: (database: string) => string
  service: Service
}

/**
 * Starts the PostgreSQL server from npm: makes the cluster on first use (UTF-8, C.UTF-8 of PostgreSQL's own provider, UTC,
 * passwords by scram), clears what a killed server left, listens on 127.0.0.1 only. Loopback use only: the binaries
 * bundle old libraries.
 * @throws with the end of the server's log when it does not start
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = findUnprivilegedUser()
  const home = findPostgresHome(options.dataDir, user)
  const binaries = preparePostgresBinaries(home, user)
  const cluster = join(home, 'postgres')
  if (!existsSync(cluster)) {
    await makeCluster({ binaries, cluster, user, password: options.superuserPassword })
  }

  const port = options.port || (await findFreePort())
  const superuserUrl = (database: string) =>
    `postgres://postgres:${encodeURIComponent(options.superuserPassword)}@127.0.0.1:${port}/${database}`
  const logFile = join(options.dataDir, 'logs/postgres.log')
  const service = createService({
    name: 'PostgreSQL',
    command: join(binaries, 'bin/postgres'),
    args: ['-D', cluster, ...serverSettings(port, options.durable ?? true, options.maxConnections ?? 100)],
    env: environment(),
    cwd: home,
    logFile,
    isHealthy: () => answers(superuserUrl('postgres')),
    // SIGINT is the fast shutdown: sessions are ended, data is written.
    stopSignal: 'SIGINT',
    stopTimeoutMs: 3000,
    ...(user && { user }),
    ...(options.onUnexpectedExit && { onUnexpectedExit: options.onUnexpectedExit }),
  })
  const start = async () => {
    await clearPostgresLeftovers(cluster)
    // After kill -9 of the server its sessions take a moment to notice; until then a new one refuses to start.
    await retryWhile(/shared memory block .* is still in use/, service.start)
  }
  await start()
  return { port, superuserUrl, service: { ...service, start } }
}

const environment = () => ({ ...hostEnvironment(), LC_ALL: 'C', TZ: 'UTC' })

function serverSettings(port: number, durable: boolean, maxConnections: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
    max_connections: maxConnections,
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function makeCluster(options: {
  binaries: string
  cluster: string
  user: SystemUser | undefined
  password: string
}): Promise<void> {
  const { binaries, cluster, user, password } = options
  // Made beside its place and renamed when complete: an interrupted initdb leaves nothing that looks like a cluster.
  const unfinished = `${cluster}.new`
  const passwordFile = `${cluster}.password`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (user) for (const path of [unfinished, passwordFile]) chownSync(path, user.uid, user.gid)
  chmodSync(unfinished, 0o700)
  try {
    const args = ['-D', unfinished, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
    const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    await promisify(execFile)(
      join(binaries, 'bin/initdb'),
      [...args, ...locale, '--no-sync', '--no-instructions'],
      {
        cwd: unfinished,
        env: environment(),
        ...user,
      },
    )
    renameSync(unfinished, cluster)
  } catch (error) {
    const { message, stderr = '' } = error as { message: string; stderr?: string }
    throw new Error(`PostgreSQL could not make its data folder ${cluster}: ${stderr.trim() || message}`, {
      cause: error,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } finally {
    await client.end().catch(() => {})
  }
}

async function retryWhile(pattern: RegExp, start: () => Promise<void>, attempts = 20): Promise<void> {
  for (;;) {
    try {
      return await start()
    } catch (error) {
      attempts -= 1
      if (attempts === 0 || !pattern.test((error as Error).message)) throw error
    }
  }
}
