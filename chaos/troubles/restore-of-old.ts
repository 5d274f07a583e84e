import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bringBack, keepState } from '../../local/system/old-state.ts'
import { askDatabase } from './ask-database.ts'
import type { Trouble } from './trouble.ts'

const mostTries = 30

/** A backup at its begin; at its end the API servers are stopped and the database is what it was then. n8n goes on meanwhile. */
export const restoreOfOld: Trouble = {
  async begin({ parts, dataDir, log }) {
    const file = join(dataDir, 'chaos.dump.gz')
    const { config } = parts.system
    await again(() => keepState(config, file))
    log('backed up, for a restore later')
    return async () => {
      await parts.whileStopped('a restore', async () => {
        const { rows } = await again(() => bringBack(config, file))
        log(`restored: ${rows['leads']} leads, ${rows['messages']} messages`)
      })
      return untilSettled(parts.system.databaseUrl)
    }
  },
}

/** The API gives up what does not answer after three minutes; it may be killed meanwhile. */
const patienceMs = 360_000

/** How much the API found that the old database had forgotten; 0 when it did not notice that it is one. */
async function untilSettled(url: string): Promise<number> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(1000)) {
    const [restore] = await askDatabase<{ found: number }>(
      url,
      `select (select count(*)::int from restore_findings f where f.restore_id = r.id and f.kind in ('message', 'meeting')) as found
       from restores r where r.settled_at is not null order by r.id desc limit 1`,
    )
    if (restore) return restore.found
  }
  return 0
}

/** The database may be killed at any moment. */
async function again<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await act()
    } catch (error) {
      if (tried === mostTries) throw error
      await sleep(1000)
    }
  }
}
