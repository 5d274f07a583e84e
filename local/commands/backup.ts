import { join } from 'node:path'
import { keepBackup } from '../../api/src/backup/keep-backup.ts'
import { openServer } from '../postgres/open-server.ts'
import { loadConfig } from '../settings/config.ts'
import { createProgress, fail, readOptions } from './command-line.ts'
import { dumpN8n } from '../n8n/dump-n8n.ts'

const help = `
npm run backup -- [options]

Writes all leads, conversations, meetings and settings of the database into one file, also while the system runs. Where BACKUP_PASSPHRASE
is set, the file is sealed with it. With BACKUP_EVERY_HOURS the API makes backups by itself.

Not in it, and needed on another machine: .env and .data/secrets.json. Without the same APP_KEY the accounts of Telegram have to log in
again.

  --to FOLDER      where it is written (default: BACKUP_DIR, else .data/backups)
  --n8n            n8n's database too, by pg_dump: its executions, and workflows that people changed
  --data FOLDER    the data folder (default: .data)
  --help           this text
`

const options = readOptions(help, {
  to: { type: 'string' },
  n8n: { type: 'boolean' },
  data: { type: 'string' },
})
const log = createProgress((line) => console.log(line))

try {
  const config = loadConfig(options.data ? { dataDir: options.data } : {})
  const { settings } = config
  const folder = options.to ?? settings.BACKUP_DIR ?? join(config.dataDir, 'backups')
  const server = await openServer(config)
  try {
    const { file, bytes, rows } = await keepBackup(
      {
        databaseUrl: server.databaseUrl,
        folder,
        passphrase: settings.BACKUP_PASSPHRASE ?? null,
        copyTo: settings.BACKUP_COPY_DIR ?? null,
        keep: settings.BACKUP_KEEP,
      },
      new Date(),
    )
    log(`${rows['leads'] ?? 0} leads, ${rows['messages'] ?? 0} messages: ${(bytes / 1e6).toFixed(1)} MB`)
    if (options.n8n) log(`n8n: ${await dumpN8n(config, server.databaseUrl, folder)}`)
    console.log(`\n${file}`)
    if (!settings.BACKUP_PASSPHRASE)
      console.log(
        'It is not sealed: whoever has it reads all conversations. BACKUP_PASSPHRASE seals the next one.',
      )
  } finally {
    await server.close()
  }
} catch (error) {
  fail(error)
}
