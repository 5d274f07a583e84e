import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { after, mock, test } from 'node:test'
import { pino } from 'pino'
import { startTestApp } from '../testing/test-app.ts'
import { testVariables } from '../testing/test-config.ts'
import { limits, wrongSecretsPerMinute } from './limits.ts'
import { Problem } from './problems.ts'
import { createServer } from './server.ts'
import { countWrongSecrets } from './wrong-secrets.ts'

const app = await startTestApp()
const server = await createServer(app, {
  ...limits,
  headersMs: 200,
  requestMs: 400,
  checkEveryMs: 50,
  connections: 5,
})
await server.listen({ host: '127.0.0.1', port: 0 })
after(() => {
  server.server.closeAllConnections()
  return server.close()
})
const { port } = server.server.address() as AddressInfo

async function open(first: string) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(first)
  return socket
}
/** What came until the server ended the connection, however it did. */
async function untilClosed(socket: Socket): Promise<string> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve))
  return Buffer.concat(chunks).toString()
}
const hook = `POST /hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n`

test(
  'headers or a body that never end are ended with 408, within the limits',
  { timeout: 20_000 },
  async () => {
    for (const first of [
      'POST /hooks/amocrm/x HTTP/1.1\r\nhost: x\r\nx-a: ',
      `${hook}content-length: 100\r\n\r\nleads`,
    ]) {
      const socket = await open(first)
      // A byte now and then does not keep it open. One that meets the end may cost the answer, as TCP has it.
      const drip = setInterval(() => socket.write('b'), 50)
      try {
        assert.match(await untilClosed(socket), /^(HTTP\/1\.1 408 |$)/)
      } finally {
        clearInterval(drip)
      }
    }
  },
)

test(
  'an upload that is cut off is one line at info, never an error with a stack',
  { timeout: 20_000 },
  async () => {
    const lines: { level: number; msg: string; err?: unknown }[] = []
    const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) })
    const listening = await createServer(
      { ...app, log },
      { ...limits, requestMs: 300, headersMs: 200, checkEveryMs: 50 },
    )
    await listening.listen({ host: '127.0.0.1', port: 0 })
    const at = (listening.server.address() as AddressInfo).port
    try {
      for (const leaves of [true, false]) {
        const before = lines.length
        const socket = connect(at, '127.0.0.1')
        socket.on('error', () => {})
        await once(socket, 'connect')
        socket.write(`${hook}content-length: 100\r\n\r\nleads`)
        if (leaves) setImmediate(() => socket.resetAndDestroy())
        else socket.resume()
        while (!lines.slice(before).some(({ msg }) => /before its body did/.test(msg))) await setTimeout(10)
      }
      assert.deepEqual(
        lines.filter(({ level, err }) => level > 30 || err !== undefined),
        [],
      )
    } finally {
      listening.server.closeAllConnections()
      await listening.close()
    }
  },
)

test(
  'connections beyond the limit are closed at once, and the API answers again when some are gone',
  { timeout: 20_000 },
  async () => {
    const sockets = await Promise.all(
      Array.from({ length: 5 }, () => open('GET /health HTTP/1.1\r\nhost: x\r\n\r\n')),
    )
    await Promise.all(sockets.map((socket) => once(socket, 'data')))
    const sixth = await open('GET /health HTTP/1.1\r\nhost: x\r\n\r\n')
    assert.equal(await untilClosed(sixth), '')
    for (const socket of sockets) socket.destroy()
    await Promise.all(sockets.map((socket) => (socket.closed ? undefined : once(socket, 'close'))))
    const again = () =>
      fetch(`http://127.0.0.1:${port}/health`, { headers: { connection: 'close' } }).then(
        (answer) => answer.status,
        () => null,
      )
    let status = await again()
    for (const deadline = Date.now() + 15_000; status === null && Date.now() < deadline;) {
      await setTimeout(20)
      status = await again()
    }
    assert.equal(status, 200)
  },
)

test('a body of more than 1 MB is refused, a page of Google of more is taken', async () => {
  const big = 'x'.repeat(limits.bodyBytes)
  const headers = { authorization: `Bearer ${testVariables.API_TOKEN}`, 'content-type': 'application/json' }
  const ask = (url: string, payload: string) => server.inject({ method: 'POST', url, headers, payload })
  assert.equal((await ask('/n8n/errors', JSON.stringify({ execution: { message: big } }))).statusCode, 413)
  const page = { calendarId: 'pavel@beacon.example', status: 200, body: { items: [], description: big } }
  assert.equal((await ask('/calendar/sync/page', JSON.stringify(page))).statusCode, 200)
})

test('wrong secrets are logged once a minute with their count, never with what was given', () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const lines: Record<string, unknown>[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const wrong = countWrongSecrets(log)
  const codes = Array.from({ length: wrongSecretsPerMinute + 5 }, () => {
    try {
      return wrong.refuse('10.0.0.1', 'api', 'unauthorized', 'no')
    } catch (error) {
      return error instanceof Problem ? error.code : error
    }
  })
  assert.equal(codes.filter((code) => code === 'unauthorized').length, wrongSecretsPerMinute)
  assert.equal(codes.filter((code) => code === 'too-many-requests').length, 5)
  assert.throws(() => wrong.refuse('10.0.0.2', 'amocrm hook', 'wrong-secret', 'no'), { code: 'wrong-secret' })
  assert.equal(lines.length, 1)
  mock.timers.tick(60_000)
  assert.equal(lines.length, 2)
  const { count, addresses, doors } = lines[1]!
  assert.deepEqual(
    { count, addresses, doors },
    {
      count: wrongSecretsPerMinute + 6,
      addresses: 2,
      doors: ['api', 'amocrm hook'],
    },
  )
  mock.timers.tick(60_000)
  assert.equal(lines.length, 2)
  mock.timers.reset()
})
