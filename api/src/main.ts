import { pino } from 'pino'
import { fixedAccess } from './amocrm/access.ts'
import { createAmocrm, requestsPerSecond } from './amocrm/client.ts'
import { createDatabaseGate } from './amocrm/database-gate.ts'
import { refuseForeignAccount } from './amocrm/watch-token.ts'
import { createOauthAccess } from './amocrm/oauth/oauth-access.ts'
import type { App } from './app.ts'
import { readBusiness, workMode } from './settings/business.ts'
import { createMemoryCache } from './cache/memory-cache.ts'
import { createRedisCache } from './cache/redis-cache.ts'
import { watchBusiness } from './settings/watch-business.ts'
import { ConfigError, readConfig } from './settings/config.ts'
import { openDatabase } from './database/pool.ts'
import { waitForDatabase } from './database/wait-for-database.ts'
import { createServer } from './http/server.ts'
import { setHttpWays } from './outgoing/dispatchers.ts'
import { createLogStream } from './process/log-stream.ts'
import { createKeyring } from './secrets/keyring.ts'
import { saveItems } from './knowledge/save-items.ts'
import { saveSellers } from './leads/save-sellers.ts'
import { startProcessLife } from './process/process-life.ts'
import { createBot } from './telegram/bot/bot.ts'
import { createUserbot } from './telegram/userbot/userbot.ts'
import { createNow } from './process/now.ts'
import { createWake } from './process/wake.ts'
import { startWork } from './process/work.ts'

/** Starts the API server and the loops behind it; ends them in order on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  setHttpWays(config.http)
  const logStream = createLogStream(1)
  const log = pino(
    {
      level: config.logLevel,
      redact: {
        paths: ['req.headers.authorization', '*.token', '*.password', '*.code', '*.phone'],
        censor: '[hidden]',
      },
    },
    logStream,
  )
  // Whoever writes there besides the log (a library, a warning of Node's) must not end the process when nobody reads.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const simulated = Object.entries(config.mocks).flatMap(([name, mock]) => (mock ? [name] : []))
  if (config.production && simulated.length > 0) {
    log.warn({ simulated }, 'PRODUCTION RUNS WITH SIMULATED INTEGRATIONS: replace their mock_ credentials')
  }
  // The Telegram library rejects calls of its own when its client is destroyed, where nobody can catch them.
  process.on('unhandledRejection', (error) => {
    if (error instanceof Error && /client is destroyed/i.test(error.message))
      log.warn({ err: error }, 'Telegram client')
    else throw error
  })
  const db = openDatabase(config.databaseUrl)
  db.on('error', (error) => log.error({ err: error }, 'An idle database connection broke'))
  await waitForDatabase(db, log)
  const life = startProcessLife(db, log, createWake())
  const business = readBusiness(config.businessConfig)
  const base = {
    config,
    business,
    db,
    log,
    wake: life.wake,
    process: life.id,
    now: createNow(),
    /** Asked each time: the file may have changed. */
    get quietHours() {
      return config.quietHoursOn ? business.quietHours : null
    },
    get mode() {
      return workMode(business, config.mocks)
    },
  }
  const app: App = {
    ...base,
    cache: config.redis
      ? createRedisCache(config.redis, (error) => log.warn({ err: error }, 'Redis'))
      : createMemoryCache(),
    amocrm: createAmocrm({
      baseUrl: config.amocrm.baseUrl,
      access: config.amocrm.oauth
        ? createOauthAccess({
            ...base,
            ...config.amocrm,
            keyring: createKeyring(config.appKey, config.appKeyOld),
            settings: config.amocrm.oauth,
          })
        : fixedAccess(config.amocrm.token),
      gate: createDatabaseGate(db, requestsPerSecond),
      alert: (kind, detail) =>
        log.error({ kind, detail }, 'amoCRM refuses us: nothing is asked until it takes us again'),
      onBroken: (item) => log.error(item, 'amoCRM sent an item that does not fit; the others were read'),
    }),
    telegram: config.telegram.mode === 'userbot' ? createUserbot(base) : createBot(base),
  }
  Object.defineProperty(app, 'quietHours', { get: () => base.quietHours })
  Object.defineProperty(app, 'mode', { get: () => base.mode })
  await saveSellers(app)
  await saveItems(app)
  await refuseForeignAccount(app, null)
  const server = await createServer(app)
  await server.listen({ host: config.host, port: config.port })
  const work = startWork(app)
  const { mode } = app
  if (mode === 'guests')
    log.warn(
      { guests: business.guests },
      'THE ASSISTANT WORKS GUESTS ONLY: leads with such a tag or phone. Write `mode: live` in config/business.yaml to work all leads',
    )
  if (mode === 'shadow')
    log.warn(
      'THE ASSISTANT ONLY THINKS: nothing is sent, booked or written (`mode: shadow` in config/business.yaml)',
    )
  const watching = watchBusiness(app)
  for (const warning of config.endingModels(new Date())) log.warn(warning)
  log.info({ port: config.port, mode, cache: app.cache.kind, simulated }, 'The API server is up')

  let ending = false
  const end = async (signal: string) => {
    if (ending) return
    ending = true
    log.info({ signal }, 'Ending')
    setTimeout(() => process.exit(1), 9000).unref()
    await server.close()
    await watching.stop()
    await work.stop()
    await app.telegram.close()
    await app.cache.close()
    await life.close()
    await db.end()
    logStream.exit(0)
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
})
