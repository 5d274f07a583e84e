import { writeBackupFile } from '../../api/src/backup/backup-file.ts'
import { type Restored, restoreDatabase } from '../../api/src/backup/restore-database.ts'
import { writeDump } from '../../api/src/backup/write-dump.ts'
import { openServer } from '../postgres/open-server.ts'
import type { Config } from '../settings/config.ts'

/** The database of a system, kept in `file`, for `bringBack`. */
export async function keepState(config: Config, file: string): Promise<void> {
  const server = await openServer(config)
  try {
    await writeBackupFile(
      file,
      writeDump(server.databaseUrl, () => {}),
      null,
    )
  } finally {
    await server.close()
  }
}

/** Puts what `keepState` kept in the place of the database. No API server may run. */
export async function bringBack(config: Config, file: string): Promise<Restored> {
  const server = await openServer(config)
  try {
    return await restoreDatabase({ ...server, file, passphrase: null, now: new Date(), log: () => {} })
  } finally {
    await server.close()
  }
}
