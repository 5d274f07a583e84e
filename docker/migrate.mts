import { ConfigError, readConfig } from '../api/src/settings/config.ts'
import { MigrationError, migrate } from '../api/src/database/migrate.ts'
import { findPublicSecrets } from '../api/src/secrets/public-secrets.ts'

/**
 * Checks the settings of the API server, and the secrets of all parts, and brings the database up to the newest file of
 * db/migrations.
 */
try {
  const applied = await migrate(checkSettings().databaseUrl, { log: console.log })
  console.log(applied.length ? `${applied.length} migrations applied` : 'The database is up to date')
} catch (error) {
  const explained = error instanceof ConfigError || error instanceof MigrationError
  console.error(explained ? error.message : error)
  process.exit(1)
}

/** @throws ConfigError with all problems at once */
function checkSettings() {
  const variables = process.env
  const isProduction = (variables.NODE_ENV || 'production') === 'production'
  const shared = isProduction ? findPublicSecrets(variables) : []
  try {
    const config = readConfig(variables)
    if (shared.length === 0) return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    throw new ConfigError([...new Set([...error.problems, ...shared])])
  }
  throw new ConfigError(shared)
}
