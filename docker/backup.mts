import { keepBackup } from '../api/src/backup/keep-backup.ts'
import { ConfigError, readConfig } from '../api/src/settings/config.ts'

/** In a container of the API: makes a backup now, in BACKUP_DIR. */
try {
  const { databaseUrl, backupPlace } = readConfig(process.env)
  const { file, bytes, rows } = await keepBackup({ databaseUrl, ...backupPlace }, new Date())
  console.log(`${file}: ${rows['leads'] ?? 0} leads, ${(bytes / 1e6).toFixed(1)} MB`)
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
}
