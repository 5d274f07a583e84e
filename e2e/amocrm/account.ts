import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { deliverUpdate } from '../../api/src/amocrm/deliver-update.ts'
import type { Database } from '../../api/src/database/pool.ts'
import { createServer } from '../../api/src/http/server.ts'
import { processNextEvent } from '../../api/src/inbox/process-inbox.ts'
import type { Lead } from '../../api/src/leads/lead.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { createClock } from '../../api/src/process/clock.ts'
import { runLoop } from '../../api/src/process/run-loop.ts'
import { dispatchDueTurns } from '../../api/src/turns/dispatch-turns.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { startTestApp, type TestApp } from '../../api/src/testing/test-app.ts'
import { readBusiness } from '../../api/src/settings/business.ts'
import { startAmocrm } from '../../simulators/amocrm/start.ts'
import { ask, until } from '../system.ts'

type Entry = { n: number; at: string; kind: string; [more: string]: unknown }

export type AmocrmAccount = {
  app: TestApp
  /** The simulator's address. */
  url: string
  /** The API's address. */
  api: string
  /** Its own address for hooks. */
  hookUrl: string
  control: (path: string, json?: unknown) => Promise<Record<string, unknown>>
  rest: (method: string, path: string, json?: unknown) => Promise<unknown>
  journal: (kind: string) => Promise<Entry[]>
  /** The kinds of the lead's turns that came to where n8n is, in their order; only with `turns`. */
  dispatched: (leadId: number) => Promise<string[]>
  /** No turn is claimed until it is let go: the test thinks one itself. */
  holdTurns: (held: boolean) => Promise<void>
  /** `contact` null: a lead without one. */
  newLead: (contact: Record<string, string> | null, more?: Record<string, unknown>) => Promise<number>
  lead: (id: number) => Promise<Lead | undefined>
  /** Waits until our lead is as wanted. */
  leadIs: (what: string, id: number, is: (lead: Lead) => boolean) => Promise<Lead>
  /** Waits until nothing is on its way in or out. */
  quiet: () => Promise<void>
}

const allHooks = [
  ...['add', 'update', 'status', 'responsible', 'delete', 'restore', 'note'].map(
    (action) => `${action}_lead`,
  ),
  ...['add', 'update'].map((action) => `${action}_contact`),
]

/**
 * The API with a real database and the amoCRM simulator, without n8n and Telegram: hooks come in by HTTP, the inbox and the outbox
 * to amoCRM run. Ends with the test file.
 */
export async function startAmocrmAccount({
  perSecond = 500,
  limits = null as number | null,
  subscribe = true,
  chats = false,
  turns = false,
  account = 'ready' as 'ready' | 'fresh',
} = {}): Promise<AmocrmAccount> {
  const simulator = await startAmocrm({ port: 0, lang: 'ru', account })
  const app = await startTestApp({ business: readBusiness() })
  app.amocrm = createAmocrm({
    baseUrl: simulator.url,
    token: 'any',
    gate: createDatabaseGate(app.db, perSecond),
  })
  if (chats) {
    const channel = (await ask(`${simulator.url}/_sim/channel`)).body as Record<
      'id' | 'secret' | 'botId',
      string
    >
    app.config = testConfig({
      AMOCRM_CHATS_CHANNEL_ID: channel.id,
      AMOCRM_CHATS_SECRET: channel.secret,
      AMOCRM_CHATS_BOT_ID: channel.botId,
      AMOCRM_CHATS_URL: simulator.url,
    })
  }
  const n8n = turns ? await startListener(app.db) : null
  if (n8n) app.config = { ...app.config, n8nUrl: n8n.url }
  const server = await createServer(app)
  const api = await server.listen({ host: '127.0.0.1', port: 0 })
  const hookUrl = `${api}/hooks/amocrm/${app.config.amocrm.webhookSecret}`
  const ending = new AbortController()
  let isHeld = false
  let dispatching: Promise<boolean> = Promise.resolve(false)
  const dispatch = () => (dispatching = isHeld ? Promise.resolve(false) : dispatchDueTurns(app))
  const clock = createClock(app)
  const loops = [
    clock.run(ending.signal),
    runLoop(app, 'inbox', ending.signal, () => processNextEvent(app), clock.ask),
    runLoop(
      app,
      'amocrm',
      ending.signal,
      () => deliverDue(app, 'amocrm', (row) => deliverUpdate(app, row)),
      clock.ask,
    ),
    ...(turns ? [runLoop(app, 'turns', ending.signal, dispatch, clock.ask)] : []),
  ]
  after(async () => {
    ending.abort()
    await Promise.all(loops)
    await server.close()
    await simulator.close()
    n8n?.close()
  })
  const control = async (path: string, json: unknown = {}) =>
    (await ask(`${simulator.url}/_sim${path}`, { method: 'POST', json })).body as Record<string, unknown>
  await control('/limits', { perSecond: limits })
  const rest = async (method: string, path: string, json?: unknown) =>
    (await ask(`${simulator.url}/api/v4${path}`, { method, token: 'any', json })).body
  if (subscribe) await rest('POST', '/webhooks', { destination: hookUrl, settings: allHooks })

  const lead = async (id: number) =>
    (await app.db.query<Lead>('select * from leads where id = $1', [id])).rows[0]
  return {
    app,
    url: simulator.url,
    api,
    hookUrl,
    control,
    rest,
    journal: async (kind) =>
      ((await ask(`${simulator.url}/_sim/journal`)).body as { entries: Entry[] }).entries.filter(
        (entry) => entry.kind === kind,
      ),
    newLead: async (contact, more = {}) => {
      const body = { name: 'Заявка', contact: contact && { name: 'Ольга', ...contact }, ...more }
      return Number((await control('/leads', body))['leadId'])
    },
    holdTurns: async (held) => {
      isHeld = held
      if (!held) app.wake.up('turns')
      await dispatching
    },
    dispatched: async (leadId) => {
      const { rows } = await app.db.query<{ kind: string }>(
        'select kind from turns where lead_id = $1 and id = any($2) order by id',
        [leadId, n8n?.turns ?? []],
      )
      return rows.map(({ kind }) => kind)
    },
    lead,
    leadIs: (what, id, is) =>
      until(
        what,
        async () => {
          const found = await lead(id)
          return found && is(found) ? found : null
        },
        15,
      ),
    quiet: async () => {
      let calm = 0
      await until(
        'nothing on its way',
        async () => {
          const { rows } = await app.db.query<{ open: boolean }>(
            `select exists (select from inbox_events where state = 'received')
                 or exists (select from outbox where channel = 'amocrm' and state in ('pending', 'sending')) as open`,
          )
          calm = rows[0]!.open ? 0 : calm + 1
          return calm >= 2 ? true : null
        },
        60,
      )
    },
  }
}

/** Stands where n8n is: takes turns, thinks nothing and is done with them. */
async function startListener(db: Database) {
  const turns: number[] = []
  const server = createHttpServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { turn: { id: number } }
      turns.push(body.turn.id)
      const done = `update turns set state = 'done', finished_at = now(), lease_until = null where id = $1`
      void db.query(done, [body.turn.id])
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { turns, url: `http://127.0.0.1:${port}`, close: () => server.close() }
}
