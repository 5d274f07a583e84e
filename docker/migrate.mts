import { ConfigError, readConfig } from '../api/src/config.ts'
import { MigrationError, migrate } from '../api/src/database/migrate.ts'

/** Checks the settings of the API server and brings its database up to the newest file of db/migrations. */
try {
  const applied = await migrate(readConfig(process.env).databaseUrl, { log: console.log })
  console.log(applied.length ? `${applied.length} migrations applied` : 'The database is up to date')
} catch (error) {
  const explained = error instanceof ConfigError || error instanceof MigrationError
  console.error(explained ? error.message : error)
  process.exit(1)
}
