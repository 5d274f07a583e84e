import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createAmocrm } from '../api/src/amocrm/client.ts'
import type { App } from '../api/src/app.ts'
import { createMemoryCache } from '../api/src/cache/memory-cache.ts'
import { openDatabase } from '../api/src/database/pool.ts'
import { exampleBusiness } from '../api/src/testing/business.ts'
import { testConfig } from '../api/src/testing/test-config.ts'
import { stoppedUserbot } from '../api/src/testing/userbot.ts'
import { createWake } from '../api/src/wake.ts'

/** The API's ports on a database that is there, with Google at a simulator and nobody else within reach. */
export function openApp(databaseUrl: string, googlePort: number): App {
  const db = openDatabase(databaseUrl, 4)
  db.on('error', () => {})
  return {
    config: testConfig({ SIM_GOOGLE_PORT: String(googlePort) }),
    business: exampleBusiness,
    db,
    cache: createMemoryCache(),
    log: pino({ level: 'silent' }),
    amocrm: createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'none' }),
    telegram: stoppedUserbot(),
    wake: createWake(),
    process: randomUUID(),
    now: () => new Date(),
    quietHours: null,
  }
}
