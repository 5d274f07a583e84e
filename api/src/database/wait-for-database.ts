import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database } from './pool.ts'

/** Waits until PostgreSQL answers: it may start at the same moment, or recover. @throws its last error after `limitMs` */
export async function waitForDatabase(db: Database, log: Logger, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs
  for (let tries = 0; ; tries++) {
    try {
      await db.query('select 1')
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      if (tries === 0) log.warn({ err: error }, 'PostgreSQL does not answer yet; waiting')
      await sleep(250)
    }
  }
}
