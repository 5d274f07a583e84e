import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bringBack, keepState } from '../../local/system/old-state.ts'
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
      return 1
    }
  },
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
