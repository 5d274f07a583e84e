import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, DatabaseError } from 'pg'
import { errorText } from '../text/storable.ts'

export type MigrateOptions = {
  /** Folder of the NNNN_name.sql files. Default: db/migrations. */
  folder?: string
  /** Only so many of the files, for a database that is to be as an older version had it. Default: all. */
  most?: number
  log?: (line: string) => void
}

export type Migration = { name: string; sql: string; checksum: string }

export const migrationsFolder = join(import.meta.dirname, '../../../db/migrations')

/** The key of the advisory lock that starters in parallel wait for. Any constant that nothing else uses. */
const lockKey = 5_231_007

/**
 * Brings the database up to the newest file of db/migrations. Files are append-only: each runs once, in order, in its own
 * transaction. Starters in parallel wait for each other. A database that is ahead of the files (a newer version of the
 * system runs on it already) is left alone.
 * @returns the names of the files that were applied now
 * @throws MigrationError when an applied file was changed, removed or renamed, or when the numbers have a gap
 */
export async function migrate(databaseUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = readMigrations(options.folder ?? migrationsFolder).slice(0, options.most)
  const client = new Client({ connectionString: databaseUrl, application_name: 'lead-migrate' })
  // A broken connection rejects the running query as well; without a listener it would end the process too.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`)
    const pending = await findPending(client, migrations)
    for (const migration of pending) {
      options.log?.(`migration ${migration.name}`)
      await apply(client, migration)
    }
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The migrations of a folder in order. @throws MigrationError for a bad name, a double number or a gap */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  return names.map((name, index) => {
    const number = /^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]
    if (!number) throw new MigrationError(`${name} is not named like 0001_what_it_does.sql`)
    if (Number(number) !== index + 1) {
      const expected = String(index + 1).padStart(4, '0')
      throw new MigrationError(
        `${name} is out of sequence: the file after ${names[index - 1] ?? 'the start'} is ${expected}_*.sql`,
      )
    }
    // A checkout with CRLF line ends holds the same migration.
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

async function findPending(client: Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from schema_migrations order by name',
  )
  requireSameHistory(rows, migrations)
  return migrations.slice(rows.length)
}

/** @throws MigrationError, with what to do, when what was applied to a database is not how these files begin */
export function requireSameHistory(
  applied: Pick<Migration, 'name' | 'checksum'>[],
  migrations: Migration[],
): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const migration = migrations[index]
    if (!migration) break
    if (migration.name !== name) {
      throw new MigrationError(
        `the database has ${name} where the folder has ${migration.name}: applied files are never renamed, removed or inserted before. ` +
          otherHistory,
      )
    }
    if (migration.checksum !== checksum) {
      throw new MigrationError(
        `${migration.name} was changed after it had been applied: put it back and write the change as a new file. ${otherHistory}`,
      )
    }
  }
}

/** What helps whoever did not edit a migration. */
const otherHistory =
  'If you did not change the files: this database was made by a version between two releases, which cannot be upgraded. Check out the ' +
  'version that made it and go on with that one, or begin with an empty database: docs/upgrading.md'

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new MigrationError(`${migration.name} failed: ${describe(error, migration.sql)}`, { cause: error })
  }
}

/** The database's message, with the line of the file where it knows it. */
function describe(error: unknown, sql: string): string {
  const message = errorText(error)
  const position = error instanceof DatabaseError ? Number(error.position) : Number.NaN
  return position ? `line ${sql.slice(0, position).split('\n').length}: ${message}` : message
}

export class MigrationError extends Error {
  override name = 'MigrationError'
}
