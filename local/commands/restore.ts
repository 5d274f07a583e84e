import { drillRestore, restoreDatabase } from '../../api/src/backup/restore-database.ts'
import { describeRestore } from '../../api/src/restore/describe-restore.ts'
import { openDatabase } from '../../api/src/database/pool.ts'
import { openServer } from '../postgres/open-server.ts'
import { loadConfig } from '../settings/config.ts'
import { requireNotRunning } from '../system/system-lock.ts'
import { createProgress, fail, readArguments } from './command-line.ts'

const help = `
npm run restore -- FILE
npm run restore -- --drill FILE
npm run restore -- --report

Puts a backup in the place of the database, which is kept under another name. Refuses while the system runs. When the system is started
again it first reads what happened since the backup: in Telegram, amoCRM and the calendars. Nothing is sent until then.

  --drill FILE     only tries whether it could be restored, also while the system runs; nothing is changed
  --report         what was found after the last restore: adopted, unknown, to check
  --data FOLDER    the data folder (default: .data)
  --help           this text

BACKUP_PASSPHRASE opens a sealed backup.
`

try {
  const { values, positionals } = readArguments(help, {
    drill: { type: 'boolean' },
    report: { type: 'boolean' },
    data: { type: 'string' },
    help: { type: 'boolean' },
  })
  const [file] = positionals
  if (values.help || (!values.report && !file) || positionals.length > 1) {
    console.log(help.trim())
    process.exit(values.help ? 0 : 2)
  }
  const config = loadConfig(values.data ? { dataDir: values.data } : {})
  if (!values.drill && !values.report) requireNotRunning(config.dataDir)
  const server = await openServer(config)
  const log = createProgress((line) => console.log(line))
  try {
    if (values.report || !file) await report(server.databaseUrl)
    else {
      const options = {
        ...server,
        file,
        passphrase: config.settings.BACKUP_PASSPHRASE ?? null,
        now: new Date(),
        log,
      }
      if (values.drill) {
        const { dumpedAt, rows } = await drillRestore(options)
        console.log(`\nIt can be restored: the state of ${dumpedAt}, ${countOf(rows)}. Nothing was changed.`)
      } else {
        const { dumpedAt, rows, keptAs } = await restoreDatabase(options)
        console.log(`\nRestored: the state of ${dumpedAt}, ${countOf(rows)}.`)
        if (keptAs) console.log(`The old database is kept as ${keptAs}; drop it when all is well.`)
        console.log('Start the system now; then `npm run restore -- --report` says what was found since.')
      }
    }
  } finally {
    await server.close()
  }
} catch (error) {
  fail(error)
  if (error instanceof TypeError && 'code' in error) process.exitCode = 2
}

function countOf(rows: Record<string, number>): string {
  return `${rows['leads'] ?? 0} leads, ${rows['messages'] ?? 0} messages, ${rows['calendar_events'] ?? 0} meetings`
}

async function report(databaseUrl: string): Promise<void> {
  const db = openDatabase(databaseUrl, 1)
  try {
    for (const line of await describeRestore(db)) console.log(line)
  } finally {
    await db.end()
  }
}
