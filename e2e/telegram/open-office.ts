import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { pino } from 'pino'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import type { App } from '../../api/src/app.ts'
import { createMemoryCache } from '../../api/src/cache/memory-cache.ts'
import { inTransaction, openDatabase } from '../../api/src/database/pool.ts'
import { processNextEvent } from '../../api/src/inbox/process-inbox.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { queueMessage } from '../../api/src/outbox/queue-message.ts'
import { deliverMessage } from '../../api/src/telegram/deliver-message.ts'
import type { Messenger } from '../../api/src/telegram/messenger.ts'
import { createUserbot } from '../../api/src/telegram/userbot/userbot.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { createWake } from '../../api/src/process/wake.ts'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { type EndsLater, type TestWorld, openTestWorld } from '../../simulators/telegram/test-world.ts'
import type { TelegramOptions } from '../../simulators/telegram/start.ts'

/** Rules under which nothing has to be waited for: for tests that are about something else than the pace. */
export const quick: DeskOptions = {
  variables: { TELEGRAM_PACE: 'on' },
  app: {
    business: {
      ...exampleBusiness,
      telegram: {
        newDialogs: { perDay: 100, warmUpDays: 0, warmUpPerDay: 100, gapSec: [0, 0] },
        lookups: { perDay: 1000, gapSec: 0 },
        answersPerMinute: 60,
        manner: { readSec: 0, charsPerSec: 1_000_000, longestTypingSec: 0 },
        filesMaxMb: 1,
      },
    },
  },
}

export type Desk = App & { logged: string[]; telegram: Messenger }

export type Office = {
  world: TestWorld
  databaseUrl: string
  /** The superuser's address of the server's database `postgres`. */
  adminUrl: string
  /** One more API process, as far as Telegram goes: its own connections, the same database. */
  openDesk: (options?: DeskOptions) => Promise<Desk>
  closeDesk: (desk: Desk) => Promise<void>
}

export type DeskOptions = {
  variables?: Record<string, string>
  app?: Partial<App>
  probeMs?: number
  callMs?: number
  /** False: the account is not started. */
  start?: boolean
}

let stopDatabase: (() => Promise<void>) | null = null
after(() => stopDatabase?.())

/** A Telegram simulator and a database for one test; desks are opened in them. Ends with the test. */
export async function openOffice(t: EndsLater, telegram: Partial<TelegramOptions> = {}): Promise<Office> {
  const database = await startTestDatabase()
  stopDatabase = database.stop
  const desks = new Set<Desk>()
  // Before the simulator's own: whatever is registered first ends first.
  t.after(async () => {
    await Promise.all([...desks].map(closeDesk))
    await database.drop()
  })
  const world = await openTestWorld(t, telegram)

  async function openDesk(options: DeskOptions = {}) {
    const { variables = {}, app = {}, probeMs, callMs, start = true } = options
    const db = openDatabase(database.url, 10)
    db.on('error', () => {})
    const logged: string[] = []
    const base = {
      config: testConfig({
        TELEGRAM_PACE: 'off',
        TELEGRAM_PHONE: '+79990000001',
        SIM_TELEGRAM_CONTROL_PORT: String(world.simulator.controlPort),
        ...variables,
      }),
      business: exampleBusiness,
      db,
      cache: createMemoryCache(),
      log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
      amocrm: createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'none' }),
      wake: createWake(),
      process: randomUUID(),
      now: () => new Date(),
      quietHours: null,
      mode: 'live' as const,
      ...app,
    }
    const desk: Desk = {
      ...base,
      telegram: createUserbot(base, { ...(probeMs && { probeMs }), ...(callMs && { callMs }) }),
      logged,
    }
    desks.add(desk)
    if (start) await desk.telegram.start()
    return desk
  }

  async function closeDesk(desk: Desk) {
    if (!desks.delete(desk)) return
    await desk.telegram.close()
    await desk.db.end()
  }

  return { world, databaseUrl: database.url, adminUrl: database.adminUrl, openDesk, closeDesk }
}

/** Understands all that was received. */
export async function readInbox(desk: Desk): Promise<void> {
  while (await processNextEvent(desk));
}

/** Tries once to deliver what is due. */
export const deliverOnce = (desk: Desk) =>
  deliverDue(desk, 'telegram', (row) => deliverMessage(desk, row), desk.telegram.ready())

export async function say(desk: Desk, leadId: number, text: string, author: 'ai' | 'human' = 'human') {
  return inTransaction(desk.db, (tx) =>
    queueMessage(tx, { leadId, turnId: null, author, text, key: `test:${randomUUID()}` }),
  )
}

/** The rows of the Telegram outbox, oldest first. */
export const outboxOf = (desk: Desk) =>
  rowsOf<{ state: string; last_error: string | null; attempts: number; run_at: Date; lead_id: number }>(
    desk.db,
    `select state, last_error, attempts, run_at, lead_id from outbox where channel = 'telegram' order by id`,
  )

export const stateOf = async (desk: Desk, account?: string) => (await desk.telegram.status(account)).state

/** Polls until `get` gives something truthy. @throws after `longestMs` */
export async function until<Value>(
  what: string,
  get: () => Value | Promise<Value>,
  longestMs = 60_000,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + longestMs
  for (;;) {
    const value = await get()
    if (value) return value
    if (Date.now() > deadline) assert.fail(`Waited in vain for: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A clock of the API and of Telegram that the test moves. */
export function createClock(office: Office) {
  let ahead = 0
  return {
    now: () => new Date(Date.now() + ahead),
    /** Time passes for both, and for what waits in the database. */
    pass: async (desk: Desk, ms: number) => {
      ahead += ms
      await office.world.control('clock', { passMs: ms })
      await desk.db.query(`update outbox set run_at = run_at - make_interval(secs => $1::float8 / 1000)`, [
        ms,
      ])
    },
  }
}
