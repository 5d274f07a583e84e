import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createAmocrm } from '../amocrm/client.ts'
import type { App } from '../app.ts'
import { createMemoryCache } from '../cache/memory-cache.ts'
import { openDatabase } from '../database/pool.ts'
import { exampleBusiness } from './business.ts'
import { testConfig } from './test-config.ts'
import { stoppedMessenger } from './messenger.ts'
import { createWake } from '../process/wake.ts'

/** The API's ports on a database that is there, with nobody else within reach. */
export function openApp(databaseUrl: string, connections = 4): App {
  const db = openDatabase(databaseUrl, connections)
  db.on('error', () => {})
  return {
    config: testConfig(),
    business: exampleBusiness,
    mode: 'live',
    db,
    cache: createMemoryCache(),
    log: pino({ level: 'silent' }),
    amocrm: createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'none' }),
    telegram: stoppedMessenger(),
    wake: createWake(),
    process: randomUUID(),
    now: () => new Date(),
    quietHours: null,
  }
}
