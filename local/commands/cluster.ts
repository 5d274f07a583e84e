import { join } from 'node:path'
import { proveCluster } from '../cluster/prove-cluster.ts'
import { type Cluster, startCluster } from '../cluster/start-cluster.ts'
import { playLead } from '../demo/play-lead.ts'
import { type Config, loadConfig, repository } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { simulatedSettings } from '../settings/simulated-settings.ts'
import {
  abortOnSignals,
  createProgress,
  fail,
  readLanguage,
  readOptions,
  untilAborted,
} from './command-line.ts'

const help = `
npm run cluster -- [options]

Starts what docker-compose.yml describes, without Docker: n8n as main, webhook and workers in queue mode, API servers, PostgreSQL, Redis,
and Caddy where there is one, each as a process of this machine with the commands and environments of that file. Stays up until Ctrl-C;
what ends by itself is started again. Each process of n8n takes half a gigabyte and some 15 s. Needs redis-server or valkey-server.

  --workers N      n8n workers (default: 1)
  --apis N         API servers (default: 2)
  --webhooks N     n8n webhook processes (default: 1)
  --demo           on free ports, simulated and in a temporary folder: one lead to a booked meeting, then it ends; exit code 0 means booked
  --proof          as --demo; a worker, Redis, the webhook process, an API server and n8n's main process are killed in the middle of turns
  --json           with --demo or --proof: one JSON object on stdout, everything else on stderr
  --lang ru|en     the language of the lead (default: the terminal's)
  --data FOLDER    where everything is kept (default: .data/cluster)
  --help           this text
`

const options = readOptions(help, {
  workers: { type: 'string' },
  apis: { type: 'string' },
  webhooks: { type: 'string' },
  demo: { type: 'boolean' },
  proof: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  data: { type: 'string' },
})
const lang = readLanguage(options.lang)
const isShown = options.demo || options.proof
if (options.json && !isShown) {
  console.error('--json needs --demo or --proof')
  process.exit(2)
}
const replicas = {
  'n8n-worker': readCount('workers', options.workers, 1),
  api: readCount('apis', options.apis, 2),
  'n8n-webhook': readCount('webhooks', options.webhooks, 1),
}
const print = (line: string) => (options.json ? console.error(line) : console.log(line))
const log = createProgress(print)
const signal = abortOnSignals()
const isTemporary = isShown && options.data === undefined
const dataDir = isTemporary ? makeTemporaryDataFolder() : (options.data ?? join(repository, '.data/cluster'))
const ended = new AbortController()

try {
  const cluster = await startCluster({
    config: readSettings(),
    replicas,
    log,
    signal,
    onUnexpectedExit: (service, reason) => {
      fail(new Error(`${service.name} ended: ${reason}. Its log: ${service.logFile}`))
      ended.abort()
    },
  })
  try {
    await Promise.race([show(cluster), untilAborted(AbortSignal.any([signal, ended.signal]))])
    if (isShown && signal.aborted) process.exitCode = 1
  } finally {
    print('\nStopping')
    await cluster.stop()
  }
} catch (error) {
  if (signal.aborted) print('Stopped')
  else fail(error)
} finally {
  if (isTemporary) removeDataFolder(dataDir)
}
process.exit()

function readSettings(): Config {
  if (!isShown) return loadConfig({ dataDir })
  return loadConfig({ dataDir, freePorts: true, environment: { ...process.env, ...simulatedSettings } })
}

async function show(cluster: Cluster): Promise<void> {
  const { urls } = cluster
  if (!isShown) {
    print(
      `\n  API      ${urls.api}\n  n8n      ${urls.n8n}\n  amoCRM   ${urls.amocrm}\n  Logs     ${dataDir}/logs`,
    )
    print('\n  Ctrl-C ends it\n')
    return untilAborted(signal)
  }
  if (options.demo && !options.proof) {
    const played = await playLead({ urls, lang, print })
    if (options.json) console.log(JSON.stringify({ ...played, processes: [...cluster.processes.keys()] }))
    if (!played.booked || !played.crmUpdated) process.exitCode = 1
    return
  }
  const proof = await proveCluster({ cluster, lang, print })
  if (options.json) console.log(JSON.stringify(proof))
  const isKept = proof.booked && proof.crmUpdated && proof.meetings === 1 && proof.saidTwice.length === 0
  if (!isKept || !proof.kills.some((one) => one.process === 'n8n-worker')) process.exitCode = 1
}

function readCount(name: string, given: string | undefined, normal: number): number {
  if (given === undefined) return normal
  const count = Number(given)
  if (Number.isInteger(count) && count >= 1 && count <= 9) return count
  console.error(`--${name} must be a number from 1 to 9`)
  process.exit(2)
}
