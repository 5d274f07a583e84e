import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import type { JournalEntry } from '../shared/journal.ts'
import { type AmocrmOptions, startAmocrm } from './start.ts'

/** A JSON answer, walked without knowing its shape. */
export type Json = { [key: string]: Json }
type Answer = { status: number; type: string; body: Json }

/** A JSON list. */
export const rows = (json: Json | undefined): Json[] => (json ?? []) as unknown as Json[]

/** `_embedded.<name>` of an answer. */
export const embedded = (json: Json, name: string): Json[] => rows(json['_embedded']?.[name])

/** A simulator on a free port that ends with the test, and short ways to talk to it. */
export async function startForTest(t: TestContext, options: Partial<AmocrmOptions> = {}) {
  const running = await startAmocrm({ port: 0, lang: 'en', retryScale: 0.00001, ...options })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await running.close()
  }
  t.after(close)

  const send = async (method: string, path: string, body?: unknown, token?: string): Promise<Answer> => {
    const response = await fetch(running.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: (text ? JSON.parse(text) : {}) as Json,
    }
  }
  const sim = (method: string, path: string, body?: unknown) => send(method, `/_sim${path}`, body)
  await sim('POST', '/limits', { perSecond: null })

  const journal = async (kind: string): Promise<JournalEntry[]> => {
    const { body } = await sim('GET', '/journal')
    return (body.entries as unknown as JournalEntry[]).filter((entry) => entry.kind === kind)
  }
  return {
    url: running.url,
    close,
    send,
    sim,
    journal,
    /** Subscribes by the API, and to incoming leads as a person ticks them, for the API has no word for those. */
    subscribe: async (destination: string, settings: string[]) => {
      const named = settings.filter((event) => !event.endsWith('_unsorted'))
      await send('POST', '/api/v4/webhooks', { destination, settings: named }, 'test-token')
      if (named.length < settings.length) await sim('POST', '/hooks/incoming', { destination })
    },
    api: (method: string, path: string, body?: unknown) => send(method, `/api/v4${path}`, body, 'test-token'),
    /** The entries of a kind, as soon as there are `count` of them. */
    journaled: async (kind: string, count: number): Promise<JournalEntry[]> => {
      for (let tries = 0; tries < 500; tries += 1) {
        const entries = await journal(kind)
        if (entries.length >= count) return entries
        await pause(10)
      }
      throw new Error(`there are not ${count} journal entries of kind ${kind}`)
    },
  }
}

type ReceivedHook = {
  type: string
  path: string
  signature: string
  raw: string
  pairs: [string, string][]
  form: Record<string, string>
}

/** A real HTTP server for hooks. `answer` gives the status for the n-th hook (from 0); undefined never answers. */
export async function startReceiver(t: TestContext, answer: (n: number) => number | undefined = () => 200) {
  const received: ReceivedHook[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8')
      const pairs = [...new URLSearchParams(raw)]
      const status = answer(received.length)
      received.push({
        type: request.headers['content-type'] ?? '',
        path: request.url ?? '',
        signature: String(request.headers['x-signature'] ?? ''),
        raw,
        pairs,
        form: Object.fromEntries(pairs),
      })
      if (status) response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret`,
    received,
    /** All hooks, as soon as there are `count` of them. */
    until: async (count: number): Promise<ReceivedHook[]> => {
      for (let tries = 0; tries < 500; tries += 1) {
        if (received.length >= count) return received
        await pause(10)
      }
      throw new Error(`only ${received.length} of ${count} hooks came`)
    },
  }
}
