import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { parseEnv } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity } from '../processes/process-identity.ts'
import { interpolate, readCompose, readEnvironment } from '../../docker/read-compose.mts'
import { adaptCaddyfile } from './adapt-caddyfile.ts'
import { orderServices, type Place, planProcess } from './plan-service.ts'
import { findCaddy, findProgram, findRedis } from './programs.ts'
import { spreadConnections } from './spread-connections.ts'

const repository = join(import.meta.dirname, '../..')
const { services } = readCompose(join(repository, 'docker-compose.yml'))
const secret = (name: string) => `${name.toLowerCase()}-of-24-letters-or-more`
const variables = {
  ...(parseEnv(readFileSync(join(repository, '.env.example'), 'utf8')) as Record<string, string>),
  ...Object.fromEntries(
    ['API_TOKEN', 'DISPATCH_SECRET', 'APP_KEY', 'AMOCRM_WEBHOOK_SECRET', 'N8N_ENCRYPTION_KEY', 'DB_PASSWORD', 'N8N_DB_PASSWORD', 'N8N_BASIC_AUTH_PASSWORD'].map((name) => [name, secret(name)]),
  ),
} // prettier-ignore
const names: Record<string, number> = { api: 13000, 'n8n-webhook': 15678, n8n: 15679, simulators: 14010 }
const place: Place = {
  repository,
  node: '/opt/node',
  folderOf: (service, replica) => `/state/${service}-${replica}`,
  portOf: (service, replica) => 20_000 + Object.keys(services).indexOf(service) * 10 + replica,
  reachedBy: (service) => names[service] ?? 0,
  proxyAdminPort: 2119,
}
const plan = (service: string, replica = 1) => planProcess({ services, service, replica, variables, place })
const profiles = ['demo']

describe('each service of docker-compose.yml as a plain process', () => {
  for (const name of orderServices(services, profiles)) {
    const service = services[name]!
    const planned = plan(name)

    test(`${name}: the same command`, () => {
      const inContainer = [...service.entrypoint, ...service.command].map((word) =>
        interpolate(word, variables),
      )
      const expected = (inContainer.length > 0 ? inContainer : dockerfileCommand()).map((word) =>
        word === 'node' ? '/opt/node' : word.replace('/lead/', `${repository}/`),
      )
      assert.deepEqual([planned.command, ...planned.args], expected)
    })

    test(`${name}: the same environment, but for names, ports and folders`, () => {
      const inContainer = readEnvironment(service, variables)
      const changed = Object.keys(inContainer).filter((key) => planned.environment[key] !== inContainer[key])
      for (const key of changed)
        assert.equal(inContainer[key], back(planned.environment[key]!, key, name), key)
      const added = Object.keys(planned.environment).filter((key) => !(key in inContainer))
      const ofN8n = ['N8N_LISTEN_ADDRESS', 'N8N_WORKER_SERVER_ADDRESS', 'QUEUE_HEALTH_CHECK_PORT']
      assert.deepEqual(added.toSorted(), name.startsWith('n8n') ? ofN8n : name === 'api' ? ['HOST'] : [])
    })

    test(`${name}: the same health check, at a port of its own, and as much time to end`, () => {
      const words = (service.healthcheck?.test ?? []).map((word) => interpolate(word, variables))
      const isServer = name === 'postgres'
      const url = words.findLast((word) => word.startsWith('http'))
      if (planned.health && 'url' in planned.health)
        assert.equal(new URL(planned.health.url).pathname, new URL(url!).pathname)
      else if (planned.health) assert.ok(words.includes('ping'))
      else
        assert.ok(service.restart === 'no' || isServer, 'a one-shot has none; PostgreSQL is asked by a login')
      assert.equal(planned.graceMs, Number.parseInt(service.stop_grace_period ?? '10s', 10) * 1000)
    })
  }

  test('in the order that depends_on says, the demo only when it is asked for', () => {
    const order = orderServices(services, profiles)
    for (const name of order)
      for (const needed of Object.keys(services[name]!.depends_on))
        assert.ok(order.indexOf(needed) < order.indexOf(name), `${name} after ${needed}`)
    assert.ok(!orderServices(services, []).includes('simulators'))
    assert.deepEqual(
      Object.keys(services).filter((name) => !order.includes(name)),
      ['prometheus', 'grafana'],
    )
  })

  test('replicas share nothing: ports, folders, and the port of their health check', () => {
    for (const name of ['api', 'n8n-webhook', 'n8n-worker']) {
      const [one, other] = [plan(name, 1), plan(name, 2)]
      assert.equal(other.name, `${name}-2`)
      assert.notDeepEqual(one.health, other.health)
      for (const key of ['N8N_USER_FOLDER', 'NODE_PATH', 'N8N_PORT', 'BACKUP_DIR'])
        if (key in one.environment) assert.notEqual(one.environment[key], other.environment[key], key)
    }
  })

  test('n8n reaches the API by the one name of all replicas, the API n8n by that of the webhook processes', () => {
    assert.equal(plan('n8n-worker').environment['API_URL'], 'http://127.0.0.1:13000')
    assert.equal(plan('api', 2).environment['N8N_URL'], 'http://127.0.0.1:15678')
  })

  test('without a secret nothing is planned, and it is named', () => {
    assert.throws(
      () => planProcess({ services, service: 'api', variables: { ...variables, API_TOKEN: '' }, place }),
      /API_TOKEN: set it in \.env/,
    )
  })
})

/** A value of a plain process as the container has it. */
function back(value: string, key: string, service: string): string {
  if (key === 'PORT') return '3000'
  if (key === 'N8N_PORT') return '5678'
  if (key === 'BACKUP_DIR') return ''
  if (key === 'SIM_HOST') return service === 'simulators' ? '0.0.0.0' : 'simulators'
  if (key === 'DB_HOST' || key === 'DB_POSTGRESDB_HOST') return 'postgres'
  if (key.endsWith('REDIS_HOST')) return 'redis'
  return value
    .replace(/^\/state\/simulators-1/, '/data')
    .replace(/^\/state\/[^/]+/, '/home/node')
    .replace(/^http:\/\/127\.0\.0\.1:(\d+)/, (_all, port: string) => {
      const host = Object.keys(names).find((name) => names[name] === Number(port))
      return `http://${host}:${host === 'api' ? 3000 : 5678}`
    })
}

function dockerfileCommand(): string[] {
  const [, command = '[]'] =
    /^CMD (\[.+\])$/m.exec(readFileSync(join(repository, 'api/Dockerfile'), 'utf8')) ?? []
  return JSON.parse(command) as string[]
}

describe('one port for all replicas', () => {
  const closing: (() => void)[] = []
  after(() => closing.forEach((close) => close()))
  const startReplica = async (name: string) => {
    const server = createServer((_request, response) => response.end(name)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const close = () => (server.closeAllConnections(), server.close())
    closing.push(close)
    return { port: (server.address() as { port: number }).port, close }
  }
  const askOnce = async (port: number) =>
    (await fetch(`http://127.0.0.1:${port}`, { headers: { connection: 'close' } })).text()

  test('each connection goes to the next one; a dead one is passed by, and all wait while there is none', async () => {
    const [one, other] = [await startReplica('one'), await startReplica('other')]
    const alive = [one.port, other.port]
    const spread = await spreadConnections({ port: 0, replicas: () => alive })
    closing.push(() => void spread.close())
    const said = new Set([await askOnce(spread.port), await askOnce(spread.port)])
    assert.deepEqual([...said].toSorted(), ['one', 'other'])
    one.close()
    assert.deepEqual([await askOnce(spread.port), await askOnce(spread.port)], ['other', 'other'])
    other.close()
    const waiting = askOnce(spread.port)
    alive.push((await startReplica('third')).port)
    assert.equal(await waiting, 'third')
  })
})

describe('what the machine has to have', () => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  after(() => rmSync(folder, { recursive: true }))
  const pretend = (name: string, prints: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\necho '${prints}'\n`)
    chmodSync(join(folder, name), 0o755)
  }

  test('without Redis it says what to install; without Caddy, or with an old one, it goes on and says so', () => {
    assert.throws(
      () => findRedis(folder),
      /install redis-server or valkey-server .*apt install redis-server.*brew/s,
    )
    assert.match((findCaddy(folder) as { without: string }).without, /not installed.*without TLS/)
    pretend('caddy', '2.6.2')
    assert.match((findCaddy(folder) as { without: string }).without, /2\.6 is older than 2\.8/)
    pretend('caddy', 'v2.10.2 h1:abc')
    assert.deepEqual(findCaddy(folder), { command: join(folder, 'caddy') })
    pretend('redis-server', '')
    assert.equal(findRedis(folder), join(folder, 'redis-server'))
  })

  test("Caddy's file keeps every rule and loses every name of a container", () => {
    const text = readFileSync(join(repository, 'docker/Caddyfile'), 'utf8')
    const adapted = adaptCaddyfile(text, { n8n: 1001, webhooks: 1002, api: 1003, editor: 1004, admin: 1005 })
    assert.equal(adapted.match(/reverse_proxy 127\.0\.0\.1:1001/g)?.length, 3)
    assert.equal(adapted.match(/to 127\.0\.0\.1:1002/g)?.length, 1)
    assert.equal(adapted.match(/to 127\.0\.0\.1:1003/g)?.length, 1)
    assert.match(adapted, /^\{\$N8N_SITE\}, :1004 \{$/m)
    const rules = /handle|respond|path|max_size|basic_auth|lb_try|method|header_up/g
    assert.deepEqual(adapted.match(rules), text.match(rules))
    assert.throws(() => adaptCaddyfile(`${text}\nreverse_proxy { dynamic a { name other port 1 } }`, { n8n: 1, webhooks: 1, api: 1, editor: 1, admin: 1 })) // prettier-ignore
  })

  test('the command says in a sentence that Redis is missing, and leaves nothing behind', () => {
    const data = join(folder, 'data')
    const run = () =>
      execFileSync(
        process.execPath,
        [join(repository, 'local/commands/cluster.ts'), '--demo', '--data', data],
        {
          env: { HOME: folder, PATH: folder.replace('programs', 'nowhere') },
          encoding: 'utf8',
          stdio: 'pipe',
        },
      )
    assert.throws(run, (error: { status: number; stderr: string }) => {
      assert.equal(error.status, 1)
      assert.match(error.stderr, /n8n's queue needs Redis: install/)
      assert.doesNotMatch(error.stderr, /\n\s+at /)
      return true
    })
  })

  const skip = findProgram(['valkey-server', 'redis-server']) ? false : 'redis-server is not installed'
  test('Ctrl-C ends its start, with everything that runs by then', { skip }, async () => {
    const child = spawn(
      process.execPath,
      [join(repository, 'local/commands/cluster.ts'), '--demo', '--lang', 'en'],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env } },
    )
    let said = ''
    const reachedRedis = new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        said += chunk
        if (said.includes('up: redis')) resolve()
      })
      child.once('exit', () => reject(new Error(said)))
    })
    await reachedRedis
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.pid)], { encoding: 'utf8' })
    assert.ok(children.trim() !== '')
    child.kill('SIGINT')
    await once(child, 'exit')
    assert.match(said, /Stopped/)
    const left = new Set(children.split('\n').map(Number).filter(Boolean))
    for (let waited = 0; left.size > 0 && waited < 8000; waited += 50) {
      for (const pid of left) if (processIdentity(pid) === undefined) left.delete(pid)
      await sleep(50)
    }
    assert.deepEqual([...left], [])
  })
})
