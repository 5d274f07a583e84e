import { randomUUID } from 'node:crypto'
import { after } from 'node:test'
import { pino } from 'pino'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { createAmocrm } from '../amocrm/client.ts'
import type { App } from '../app.ts'
import { createMemoryCache } from '../cache/memory-cache.ts'
import { type Database, openDatabase } from '../database/pool.ts'
import { saveItems } from '../knowledge/save-items.ts'
import { saveSellers } from '../leads/save-sellers.ts'
import { createWake, type Work } from '../process/wake.ts'
import { exampleBusiness } from './business.ts'
import { testConfig } from './test-config.ts'
import { stoppedMessenger } from './messenger.ts'

export type TestApp = App & {
  /** What was logged, line by line. */
  logged: string[]
  /** Which loops were woken. */
  woken: Work[]
  /** Empties every table and the cache, and saves the sellers again. */
  wipe: () => Promise<void>
}

/**
 * The API's ports for a test file: a database of its own on a real PostgreSQL, a memory cache, a userbot that is off, and
 * amoCRM at an address where nobody listens. Ends with the file.
 */
export async function startTestApp(changes: Partial<App> = {}): Promise<TestApp> {
  const database = await startTestDatabase()
  const db = openDatabase(database.url, 10)
  // The pool would otherwise end the process when the server is stopped under an idle connection.
  db.on('error', () => {})
  const deletes = await findDeletes(db)
  const logged: string[] = []
  const woken: Work[] = []
  const wake = createWake()
  const app: TestApp = {
    config: testConfig(),
    business: exampleBusiness,
    mode: 'live',
    db,
    cache: createMemoryCache(),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    amocrm: createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'none' }),
    telegram: stoppedMessenger(),
    wake: {
      ...wake,
      up: (work) => {
        woken.push(work)
        wake.up(work)
      },
    },
    process: randomUUID(),
    now: () => new Date(),
    quietHours: null,
    ...changes,
    logged,
    woken,
    wipe: async () => {
      logged.length = 0
      woken.length = 0
      await db.query(deletes)
      await app.cache.close()
      await saveSellers(app)
      await saveItems(app)
    },
  }
  after(async () => {
    await db.end()
    await database.stop()
  })
  await saveSellers(app)
  await saveItems(app)
  return app
}

/** Deletes from the youngest table to the oldest, as references point; far faster than `truncate` for a few rows. */
async function findDeletes(db: Database): Promise<string> {
  const { rows } = await db.query<{ deletes: string }>(
    `select string_agg(format('delete from %I', relname), '; ' order by oid desc) as deletes from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations'`,
  )
  return rows[0]!.deletes
}
