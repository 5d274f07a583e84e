import type { Logger } from 'pino'
import type { AmocrmClient } from './amocrm/client.ts'
import type { Business, WorkMode } from './settings/business.ts'
import type { Cache } from './cache/cache.ts'
import type { Config } from './settings/config.ts'
import type { Database } from './database/pool.ts'
import type { QuietHours } from './turns/quiet-hours.ts'
import type { Messenger } from './telegram/messenger.ts'
import type { Wake } from './process/wake.ts'

/** The ports that the domain works through. Made once in main.ts, passed as the first argument. */
export type App = {
  config: Config
  business: Business
  /** Whom the assistant works, and whether it acts. */
  mode: WorkMode
  db: Database
  cache: Cache
  log: Logger
  amocrm: AmocrmClient
  telegram: Messenger
  wake: Wake
  /** This process's id in the database. */
  process: string
  now: () => Date
  /** When nothing is begun, in the lead's zone; null: at any time. */
  quietHours: QuietHours | null
}

/** The few of them that one function works through. */
export type Ports<Name extends keyof App> = Pick<App, Name>
