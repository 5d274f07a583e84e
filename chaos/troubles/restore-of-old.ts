import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { writeBackupFile } from '../../api/src/backup/backup-file.ts'
import { restoreDatabase } from '../../api/src/backup/restore-database.ts'
import { writeDump } from '../../api/src/backup/write-dump.ts'
import { openServer } from '../../local/postgres/open-server.ts'
import type { Trouble } from './trouble.ts'

const mostTries = 30

/** A backup at its begin; at its end the API servers are stopped and the database is what it was then. n8n goes on meanwhile. */
export const restoreOfOld: Trouble = {
  async begin({ parts, dataDir, log }) {
    const file = join(dataDir, 'chaos.dump.gz')
    const { databaseUrl } = parts.system
    await again(() =>
      writeBackupFile(
        file,
        writeDump(databaseUrl, () => {}),
        null,
      ),
    )
    log('backed up, for a restore later')
    return async () => {
      const server = await openServer(parts.system.config)
      try {
        let forgotten = 0
        await parts.whileStopped('a restore', async () => {
          const { rows } = await again(() =>
            restoreDatabase({
              file,
              passphrase: null,
              databaseUrl,
              adminUrl: server.adminUrl,
              now: new Date(),
              log,
            }),
          )
          forgotten = 1
          log(`restored: ${rows['leads']} leads, ${rows['messages']} messages`)
        })
        return forgotten
      } finally {
        await server.close()
      }
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
