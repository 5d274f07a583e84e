import { appendFileSync, copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeVariables } from '../cluster/start-cluster.ts'
import { buildBase, readBase } from '../images/build-base.ts'
import { type Buildah, buildahIn, placeOf, run } from '../images/buildah.ts'
import { openServer } from '../postgres/open-server.ts'
import { answersOk, createService } from '../processes/processes.ts'
import { hostEnvironment } from '../processes/host-environment.ts'
import { findFreePort } from '../processes/ports.ts'
import { loadConfig, repository } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { simulatedSettings } from '../settings/simulated-settings.ts'
import { abortOnSignals, createProgress, fail, readOptions } from './command-line.ts'

const help = `
npm run images -- [options]

Builds the API's image as api/Dockerfile says, without Docker and without a registry of images, from a clone that was made with umask 077;
then runs the migrations and the API from the image, as its user, and waits for its health check. For Linux, as root, with buildah and
debootstrap (Debian: apt install buildah debootstrap). The base image is made here of Debian's packages, this Node and this npm: what the
official one has besides is not tried. What is committed is built. Takes three to six minutes, and 3 GB while it runs.

  --folder FOLDER  where Debian's part is kept for the next time (default: .data/images)
  --help           this text
`

const options = readOptions(help, { folder: { type: 'string' } })
const folder = options.folder ?? join(repository, '.data/images')
const tag = 'lead-processing-api'
const certificates = '/etc/ssl/certs'

const log = createProgress(console.log)
const signal = abortOnSignals()
const work = mkdtempSync(join(tmpdir(), 'lead-images-'))
try {
  await requireTools()
  await build()
  await tryImage()
} catch (error) {
  if (!signal.aborted) fail(error)
  else process.exitCode = 1
} finally {
  log('removing what was built')
  rmSync(work, { recursive: true, force: true })
}
process.exit()

async function requireTools(): Promise<void> {
  for (const tool of ['buildah', 'debootstrap'])
    await run(tool, ['--version']).catch(() => {
      throw new Error(`${tool} is not there (Debian: apt install buildah debootstrap)`)
    })
  if (process.getuid?.() !== 0) throw new Error('It has to be root: a chroot is made')
}

async function build(): Promise<void> {
  const clone = join(work, 'clone')
  const buildah = buildahIn(work)
  await run('sh', ['-c', 'umask 077 && git clone --quiet "$0" "$1"', repository, clone])
  await buildBase(buildah, readBase(join(clone, 'api/Dockerfile')), folder, log)
  signal.throwIfAborted()
  log('the image of the API, from a clone with umask 077')
  await buildah(
    'build',
    '--pull-never',
    '--format',
    'docker',
    '-f',
    join(clone, 'api/Dockerfile'),
    '-t',
    tag,
    ...ownWayOut(),
    clone,
  )
  const list = JSON.parse(await buildah('images', '--json', tag)) as { size: string }[]
  log(`built: ${list[0]?.size ?? 'of unknown size'}`)
}

/** The registry and the certificates that npm has on this machine; none of it gets into the image. */
function ownWayOut(): string[] {
  const npmrc = join(work, 'npmrc')
  const own = join(homedir(), '.npmrc')
  if (existsSync(own)) copyFileSync(own, npmrc)
  else writeFileSync(npmrc, '')
  const bundle = join(certificates, 'ca-certificates.crt')
  if (!existsSync(bundle)) return ['--volume', `${npmrc}:/root/.npmrc:ro`]
  appendFileSync(npmrc, `\ncafile=${bundle}\n`)
  return ['--volume', `${npmrc}:/root/.npmrc:ro`, '--volume', `${certificates}:${certificates}:ro`]
}

async function tryImage(): Promise<void> {
  const buildah = buildahIn(work)
  const container = (await buildah('from', '--pull-never', tag)).trim()
  const who = await buildah('run', container, '--', 'sh', '-c', 'id -un && find /app ! -readable | head -5')
  if (who.trim() !== 'node') throw new Error(`The image runs as, or cannot read: ${who.trim()}`)
  log('its user is node, who can read all of it')
  const dataDir = makeTemporaryDataFolder()
  const config = loadConfig({
    dataDir,
    freePorts: true,
    environment: { ...process.env, ...simulatedSettings },
  })
  const server = await openServer(config)
  const port = await findFreePort()
  const environment = {
    ...composeVariables(config),
    DATABASE_URL: server.databaseUrl,
    HOST: '127.0.0.1',
    PORT: String(port),
  }
  const inImage = (...command: string[]) => [
    ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    container,
    '--',
    ...command,
  ]
  try {
    log(
      `migrate: ${(await buildah('run', ...inImage('node', 'docker/migrate.mts'))).trim().split('\n').at(-1)}`,
    )
    const health = `http://127.0.0.1:${port}/health`
    const api = createService({
      name: 'the API from its image',
      command: 'buildah',
      args: [...placeOf(work, 'run'), ...inImage('node', 'api/src/main.ts')],
      env: hostEnvironment(),
      cwd: work,
      logFile: join(work, 'api.log'),
      isHealthy: () => answersOk(health),
      stopTimeoutMs: 30_000,
    })
    await api.start()
    try {
      const answer = await fetch(health)
      log(`/health: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
      await buildah('run', ...inImage(...(await readHealthCheck(buildah))))
      log("the image's own health check says that all is well")
    } finally {
      await api.stop()
    }
  } finally {
    await server.close()
    removeDataFolder(dataDir)
  }
}

async function readHealthCheck(buildah: Buildah): Promise<string[]> {
  const image = JSON.parse(await buildah('inspect', '--type', 'image', tag)) as {
    Docker?: { config?: { Healthcheck?: { Test?: string[] } } }
  }
  const [kind, ...words] = image.Docker?.config?.Healthcheck?.Test ?? []
  if (kind !== 'CMD') throw new Error(`The image has no health check that is a command: ${kind}`)
  return words
}
