import { mkdirSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareProxy } from '../cluster/adapt-caddyfile.ts'
import { linkWorkflowPackage } from '../cluster/link-workflow-package.ts'
import { planProcess } from '../cluster/plan-service.ts'
import { mostReplicas, namePorts, serverPlace } from '../cluster/server-place.ts'
import { spreadConnections } from '../cluster/spread-connections.ts'
import { composeFile } from '../cluster/start-cluster.ts'
import { n8nRuntime } from '../n8n/n8n-install.ts'
import { readCompose } from '../../docker/read-compose.mts'
import { abortOnSignals, fail, untilAborted } from './command-line.ts'

const help = `
node local/commands/run-service.ts NAME [REPLICA]

For systemd (deploy/systemd): becomes one process of docker-compose.yml, with the variables of this process's environment as its .env.
NAME is a service of that file, or \`names\`: the one port for all API servers, and that for all webhook processes of n8n.

  --state FOLDER   where everything is kept (default: $STATE_DIRECTORY, which systemd gives)
  --show           prints the names of its variables and its command instead
  --help           this text
`

const { values, positionals } = readAll()
const [name, replicaText = '1'] = positionals
const replica = Number(replicaText)
const state = values.state ?? process.env['STATE_DIRECTORY']?.split(':')[0]
if (values.help) {
  console.log(help.trim())
  process.exit()
}
if (!name || !state || !Number.isInteger(replica) || replica < 1 || replica > mostReplicas) {
  console.error(`${state ? `REPLICA is 1 to ${mostReplicas}` : '--state is missing'}\n\n${help.trim()}`)
  process.exit(2)
}
const variables = Object.fromEntries(
  Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
)
const place = serverPlace(state, variables)

try {
  if (name === 'names') await spreadNames()
  else become(name)
} catch (error) {
  fail(error)
}

function become(service: string): void {
  const { services } = readCompose(composeFile)
  const plan = planProcess({ services, service, replica, variables, place })
  const folder = place.folderOf(service, replica)
  const path = [dirname(process.execPath), join(n8nRuntime, 'node_modules/.bin'), process.env.PATH]
  const environment: Record<string, string> = {
    ...plan.environment,
    PATH: path.join(delimiter),
    HOME: folder,
    ...(process.env['TZ'] && { TZ: process.env['TZ'] }),
  }
  if (values.show) {
    console.log([plan.command, ...plan.args].join(' '))
    for (const key of Object.keys(plan.environment).toSorted()) console.log(key)
    return
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (service.startsWith('n8n')) {
    linkWorkflowPackage(folder)
    // Each has a broker of its own for Code nodes.
    environment['N8N_RUNNERS_BROKER_PORT'] = String(place.portOf(service, replica) + 1000)
  }
  let { command, args } = plan
  if (service === 'proxy') {
    const [api, webhooks, n8n] = (['api', 'n8n-webhook', 'n8n'] as const).map(place.reachedBy)
    args = [prepareProxy(folder, { n8n: n8n!, webhooks: webhooks!, api: api!, editor: 5678, admin: 2019 })]
  }
  if (!process.execve)
    throw new Error(`Node.js ${process.versions.node} cannot become another program: use 24`)
  process.chdir(plan.cwd)
  process.execve(command, [command, ...args], environment)
}

/** A replica that does not run is passed by. */
async function spreadNames(): Promise<void> {
  const closing = await Promise.all(
    Object.entries(namePorts(place.reachedBy('api'))).map(async ([service, port]) => {
      const replicas = Array.from({ length: mostReplicas }, (_, index) => place.portOf(service, index + 1))
      return (await spreadConnections({ port, replicas: () => replicas })).close
    }),
  )
  await untilAborted(abortOnSignals())
  await Promise.all(closing.map((close) => close()))
}

function readAll() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { state: { type: 'string' }, show: { type: 'boolean' }, help: { type: 'boolean' } },
    })
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${help.trim()}`)
    process.exit(2)
  }
}
