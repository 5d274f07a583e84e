import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Client, escapeIdentifier } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import {
  migrate,
  MigrationError,
  migrationsFolder,
  readMigrations,
  requireSameHistory,
} from '../database/migrate.ts'
import { one } from '../database/pool.ts'
import { errorText } from '../text/storable.ts'
import { BackupError } from './backup-file.ts'
import type { Dump } from './read-dump.ts'
import { ownVersion } from './write-dump.ts'

/** As in db/init.sql. The owner of a database may make them. */
const extensions = ['btree_gist', 'pgcrypto']

type Options = {
  /** Default: db/migrations. */
  folder?: string
  log?: (line: string) => void
}

/** @throws BackupError when this version of the system cannot read the dump */
export function requireReadable({ head }: Dump, folder = migrationsFolder): void {
  const ours = readMigrations(folder)
  if (head.migrations.length > ours.length)
    throw new BackupError(
      `The backup was made by version ${head.version} and its database has ${head.migrations.length} migrations; this is version ${ownVersion()} with ${ours.length}. Check out the version that made it, or a newer one`,
    )
  try {
    requireSameHistory(head.migrations, ours)
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error
    throw new BackupError(`The backup of version ${head.version} does not fit this version: ${error.message}`)
  }
}

/**
 * Fills an empty database: its tables as they were for the dump, the rows, then the migrations that came after it.
 * @returns how many rows each table has
 * @throws BackupError when it is not to the row what was dumped
 */
export async function loadDump(
  databaseUrl: string,
  dump: Dump,
  { folder, log = () => {} }: Options = {},
): Promise<Record<string, number>> {
  const from = folder === undefined ? {} : { folder }
  const client = new Client({ connectionString: databaseUrl, application_name: 'lead-restore' })
  client.on('error', () => {})
  await client.connect()
  const loaded: Record<string, number> = {}
  try {
    for (const extension of extensions) await client.query(`create extension if not exists ${extension}`)
    await migrate(databaseUrl, { ...from, most: dump.head.migrations.length })
    await client.query('begin')
    await emptyTables(client)
    for await (const { table, rows } of dump.tables) {
      loaded[table.table] = await fillTable(client, table.table, table.columns, rows)
      log(`${table.table}: ${loaded[table.table]} rows`)
    }
    const then = dump.rowsThen()
    for (const [table, count] of Object.entries(then))
      if (loaded[table] !== count)
        throw new BackupError(`${table} has ${loaded[table] ?? 0} rows, and ${count} were backed up`)
    await client.query('commit')
  } finally {
    await client.end()
  }
  await migrate(databaseUrl, { ...from, log })
  return loaded
}

/** Some migrations write rows of their own; those of the dump take their place. */
async function emptyTables(client: Client): Promise<void> {
  const { list } = one(
    await client.query<{ list: string }>(
      `select string_agg(format('%I', tablename), ', ') as list from pg_tables
       where schemaname = 'public' and tablename <> 'schema_migrations'`,
    ),
  )
  await client.query(`truncate ${list}`)
}

async function fillTable(
  client: Client,
  table: string,
  columns: string[],
  rows: AsyncGenerator<Buffer>,
): Promise<number> {
  const name = escapeIdentifier(table)
  // What triggers would write is in the dump already.
  await client.query(`alter table ${name} disable trigger user`)
  try {
    const copy = client.query(
      copyFrom(`copy ${name} (${columns.map(escapeIdentifier).join(', ')}) from stdin`),
    )
    await pipeline(Readable.from(rows), copy)
    await client.query(`alter table ${name} enable trigger user`)
    return copy.rowCount
  } catch (error) {
    if (error instanceof BackupError) throw error
    throw new BackupError(`${table} cannot be restored: ${errorText(error)}`)
  }
}
