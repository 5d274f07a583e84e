import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { pino } from 'pino'
import { z } from 'zod'
import { fixedAccess } from '../../api/src/amocrm/access.ts'
import { createCaller } from '../../api/src/amocrm/caller.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { requestTokens } from '../../api/src/amocrm/oauth/request-tokens.ts'
import { createChats } from '../../api/src/amocrm/chats/chats-client.ts'
import { createGoogleTokens } from '../../api/src/calendar/google-token.ts'
import { setHttpWays } from '../../api/src/outgoing/dispatchers.ts'
import { readServiceAccount } from '../../api/src/secrets/service-account.ts'
import { makeKeyFile } from '../../api/src/testing/service-account-key.ts'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { testConfig, testVariables } from '../../api/src/testing/test-config.ts'
import { createBotApi } from '../../api/src/telegram/bot/bot-api.ts'
import { transcribe } from '../../api/src/telegram/transcribe.ts'
import { sendWebhook } from '../../api/src/webhooks/send-webhook.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { makeCertificate } from './certificate.ts'
import { startHttpProxy } from './proxies.ts'

const login = { user: 'anna', password: 'p:ss/w%rd' }
const loginInUrl = 'anna:p%3Ass%2Fw%25rd@'
const names = [
  'crm.example',
  'google.example',
  'voice.example',
  'hook.example',
  'bots.example',
  'inner.example',
]

/** One server for all of them: what it answers is enough for each. */
const answers: [path: RegExp, body: object][] = [
  [/^\/api\/v4\/account/, { id: 1 }],
  [/^\/oauth2\/access_token/, { access_token: 'a', refresh_token: 'b', expires_in: 86_400 }],
  [/^\/v2\/origin/, { scope_id: 'scope' }],
  [/^\/token/, { access_token: 'token', expires_in: 3600 }],
  [/^\/audio/, { text: 'good day' }],
  [/^\/bot1:x\/getMe/, { ok: true, result: { id: 1, is_bot: true, first_name: 'B', username: 'b' } }],
  [/./, {}],
]
const asked: string[] = []
let port = 0
const certificate = makeCertificate(names)
const server = createServer(certificate, (request, response) => {
  asked.push(String(request.headers.host))
  request.resume().on('end', () => {
    const body = answers.find(([path]) => path.test(request.url ?? ''))?.[1]
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
})

const config = (variables: Record<string, string>) => testConfig(variables).http
const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) })
const logged: string[] = []

/** Each way by which this system speaks to the outside over HTTP. */
const requests: Record<string, () => Promise<unknown>> = {
  amoCRM: () => {
    const call = createCaller({
      baseUrl: 'https://crm.example',
      access: fixedAccess('token'),
      gate: createMemoryGate(6),
      alert: () => {},
      refusal: () => null,
    })
    return call(z.looseObject({ id: z.number() }), 'GET', '/account')
  },
  "amoCRM's tokens": () =>
    requestTokens(
      'https://crm.example',
      { clientId: 'c', clientSecret: 's', redirectUri: 'https://r.example', seed },
      seed,
    ),
  "amoCRM's chats": () =>
    createChats({ channelId: 'c', secret: 's', botId: null, url: 'https://crm.example' }).connect(
      'a',
      'title',
    ),
  "Google's tokens": async () => {
    const account = readServiceAccount(makeKeyFile({ id: 'real' }).content)
    assert.ok(typeof account !== 'string')
    const tokenUrl = 'https://google.example/token'
    const acting = { account, subject: 'anna@beacon.example', tokenUrl }
    const known = logged.length
    const answer = await createGoogleTokens(acting, { now: () => new Date(), log })()
    if (!answer) throw new Error(logged.slice(known).join('\n'))
  },
  transcription: () =>
    transcribe(
      { url: 'https://voice.example', key: null, sureness: null, model: 'm' },
      Buffer.from('sound'),
      'audio/ogg',
    ),
  webhook: () =>
    sendWebhook(
      { url: 'https://hook.example/', secret: `whsec_${Buffer.alloc(24).toString('base64')}` },
      { id: '1', body: { type: 'alert.raised', timestamp: new Date().toISOString(), data: {} } },
    ),
  'the Bot API, of the alerts too': () =>
    createBotApi({ token: '1:x', root: 'https://bots.example', proxy: null }, 5)
      .api.getMe()
      .catch((error: { error: unknown }) => {
        throw error.error
      }),
  "Node's own fetch": () => fetch('https://hook.example/'),
}
const seed = { kind: 'authorization_code' as const, value: 'code' }
const failing = (work: Promise<unknown>): Promise<string> => work.then(() => assert.fail('it worked'), textOf)
const textOf = (error: unknown) =>
  error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : ''

before(async () => {
  setDefaultCACertificates([...getCACertificates(), certificate.cert])
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
after(() => {
  server.closeAllConnections()
  server.close()
})
const hosts = () => Object.fromEntries(names.map((name) => [name, port]))

describe('HTTPS_PROXY', () => {
  for (const [what, ask] of Object.entries(requests))
    test(`${what} goes through it`, async (t) => {
      const proxy = await startHttpProxy(t, { login, hosts: hosts() })
      setHttpWays(config({ HTTPS_PROXY: `http://${loginInUrl}127.0.0.1:${proxy.port}` }))
      asked.length = 0
      await ask()
      assert.deepEqual(proxy.carried, [`${asked[0]}:443`])
    })

  for (const [what, ask] of Object.entries(requests))
    test(`${what}: a dead proxy, and one that refuses us, is named with its variable and the mend`, async (t) => {
      const proxy = await startHttpProxy(t, { login, hosts: hosts() })
      setHttpWays(config({ HTTPS_PROXY: `http://anna:p%3Ass%2Fw-wrong@127.0.0.1:${proxy.port}` }))
      const refused = await failing(ask())
      assert.match(
        refused,
        /HTTPS_PROXY: the proxy 127\.0\.0\.1:\d+ cannot be used: it refuses user and password/,
      )
      await proxy.close()
      setHttpWays(config({ HTTP_PROXY: `http://anna:p%3Ass%2Fw-wrong@127.0.0.1:${proxy.port}` }))
      const dead = await failing(ask())
      assert.match(dead, /HTTP_PROXY: the proxy 127\.0\.0\.1:\d+ cannot be used: nothing listens there/)
      assert.doesNotMatch(refused + dead, /p:ss|p%3Ass/)
    })

  test('a proxy that takes the connection and never answers is given up in seconds', async (t) => {
    const silent = createTcpServer((socket) => socket.on('error', () => {}).resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    t.after(() => silent.close())
    setHttpWays(config({ HTTPS_PROXY: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }))
    assert.match(await failing(requests['transcription']!()), /HTTPS_PROXY: .* it does not answer/)
  })
})

describe('what goes directly', () => {
  const ask = async (url: string) => (await fetch(url)).status

  test('this machine, by all its names, whatever NO_PROXY says', async (t) => {
    const proxy = await startHttpProxy(t)
    setHttpWays(config({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'elsewhere.example' }))
    const simulator = await startLlm({ port: 0 })
    t.after(() => simulator.close())
    const { port: simulated } = new URL(simulator.url)
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.2'])
      await ask(`http://${host}:${simulated}/_sim/journal`).catch(() => 0)
    assert.deepEqual(proxy.carried, [])
  })

  test('hosts of NO_PROXY and what is below them, and n8n', async (t) => {
    const proxy = await startHttpProxy(t, { hosts: hosts() })
    setHttpWays(
      config({
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        NO_PROXY: 'google.example, .company.example',
        N8N_URL: 'http://n8n-webhook:5678',
      }),
    )
    for (const host of ['google.example', 'crm.company.example', 'n8n-webhook:5678'])
      await assert.rejects(ask(`https://${host}/`), ({ cause }: Error) =>
        /ENOTFOUND|EAI_AGAIN/.test(String(cause)),
      )
    assert.deepEqual(proxy.carried, [])
    assert.equal(await ask('https://crm.example/'), 200)
    assert.deepEqual(proxy.carried, ['crm.example:443'])
  })
})

test('the API server itself asks amoCRM through the proxy from its start', async (t) => {
  const database = await startTestDatabase()
  t.after(() => database.stop())
  const proxy = await startHttpProxy(t, { hosts: hosts() })
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../api/src/main.ts')], {
    env: {
      ...testVariables,
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      HOST: '127.0.0.1',
      PORT: '0',
      AMOCRM_API_KEY: 'real',
      AMOCRM_BASE_URL: 'https://crm.example',
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    },
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  t.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  for (const stream of [child.stdout, child.stderr]) stream.resume()
  const deadline = Date.now() + 60_000
  while (!proxy.carried.includes('crm.example:443')) {
    assert.ok(Date.now() < deadline && child.exitCode === null, 'amoCRM was not asked')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
})

test('a command of the terminal goes through the proxies of the environment, in small letters too', async (t) => {
  const simulator = await startLlm({ port: 0 })
  t.after(() => simulator.close())
  const hosted = { models: Number(new URL(simulator.url).port) }
  const proxy = await startHttpProxy(t, { hosts: hosted })
  const run = async (variables: Record<string, string>) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../local/commands/models.ts'), 'check', '--json'],
      {
        env: {
          PATH: process.env['PATH'],
          NODE_ENV: 'development',
          OPENAI_API_KEY: 'sk-real',
          OPENAI_BASE_URL: 'http://models/v1',
          ANTHROPIC_API_KEY: 'sk-ant-real',
          ANTHROPIC_BASE_URL: 'http://models',
          ...variables,
        },
      },
    )
    t.after(() => child.kill('SIGKILL'))
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, output }
  }
  const through = await run({ http_proxy: `http://127.0.0.1:${proxy.port}` })
  assert.equal(through.code, 0, through.output)
  assert.ok(proxy.carried.every((to) => to === 'models:80') && proxy.carried.length > 0)

  await proxy.close()
  const dead = await run({ HTTP_PROXY: `http://me:secret-pass@127.0.0.1:${proxy.port}` })
  assert.equal(dead.code, 1)
  assert.match(dead.output, /HTTP_PROXY: the proxy 127\.0\.0\.1:\d+ cannot be used: nothing listens there/)
  assert.doesNotMatch(dead.output, /secret-pass/)
})
