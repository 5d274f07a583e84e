import { openDatabase } from '../api/src/database/pool.ts'
import { BackupError } from '../api/src/backup/backup-file.ts'
import { drillRestore, restoreDatabase } from '../api/src/backup/restore-database.ts'
import { describeRestore } from '../api/src/restore/describe-restore.ts'
import { ConfigError, readConfig } from '../api/src/settings/config.ts'

/** In a container of the API, while no API runs: `node docker/restore.mts FILE`, `--drill FILE`, `--report`. */
const [first, second] = process.argv.slice(2)
const isDrill = first === '--drill'
const file = isDrill ? second : first
if (!file) {
  console.error('node docker/restore.mts FILE | --drill FILE | --report')
  process.exit(2)
}
try {
  const { databaseUrl, backupPlace } = readConfig(process.env)
  if (file === '--report') await report(databaseUrl)
  else {
    const adminUrl = new URL(databaseUrl)
    adminUrl.pathname = '/postgres'
    const { passphrase } = backupPlace
    const options = {
      file,
      passphrase,
      databaseUrl,
      adminUrl: adminUrl.href,
      now: new Date(),
      log: console.log,
    }
    if (isDrill) console.log(`It can be restored: the state of ${(await drillRestore(options)).dumpedAt}`)
    else {
      const { dumpedAt, keptAs } = await restoreDatabase(options)
      console.log(`Restored: the state of ${dumpedAt}; the old database is kept as ${keptAs}`)
    }
  }
} catch (error) {
  const isExplained = error instanceof ConfigError || error instanceof BackupError
  console.error(isExplained ? error.message : error)
  process.exit(1)
}

async function report(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, 1)
  for (const line of await describeRestore(db)) console.log(line)
  await db.end()
}
