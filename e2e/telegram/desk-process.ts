/** One API process as far as Telegram goes, for tests that kill it: DATABASE_URL and SIM_TELEGRAM_CONTROL_PORT say where. Ends with its parent. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createMemoryCache } from '../../api/src/cache/memory-cache.ts'
import { openDatabase } from '../../api/src/database/pool.ts'
import { deliverDue } from '../../api/src/outbox/deliver.ts'
import { deliverMessage } from '../../api/src/telegram/deliver-message.ts'
import { createUserbot } from '../../api/src/telegram/userbot/userbot.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { createWake } from '../../api/src/process/wake.ts'

process.on('disconnect', () => process.exit())
const config = testConfig({
  DATABASE_URL: process.env['DATABASE_URL'],
  SIM_TELEGRAM_CONTROL_PORT: process.env['SIM_TELEGRAM_CONTROL_PORT'],
  TELEGRAM_PHONE: '+79990000001',
  TELEGRAM_PACE: 'off',
})
const base = {
  config,
  business: exampleBusiness,
  db: openDatabase(config.databaseUrl, 5),
  log: pino({ level: 'silent' }),
  wake: createWake(),
  process: randomUUID(),
  now: () => new Date(),
  quietHours: null,
  mode: 'live' as const,
}
const telegram = createUserbot(base)
await telegram.start()
const app = {
  ...base,
  telegram,
  cache: createMemoryCache(),
  amocrm: createAmocrm({ baseUrl: 'http://127.0.0.1:1', token: 'none' }),
}
if (process.env['DELIVER'])
  setInterval(() => {
    if (telegram.ready().length > 0)
      void deliverDue(app, 'telegram', (row) => deliverMessage(app, row), telegram.ready())
  }, 100)
setInterval(() => process.send?.({ ready: telegram.ready() }), 50)
