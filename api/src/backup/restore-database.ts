import { basename } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { one } from '../database/pool.ts'
import { errorText } from '../text/storable.ts'
import { BackupError, readBackupFile } from './backup-file.ts'
import { loadDump, requireReadable } from './load-dump.ts'
import { beginAfterRestore } from './begin-after-restore.ts'
import { type Dump, readDump } from './read-dump.ts'

export type RestoreOptions = {
  file: string
  passphrase: string | null
  /** The database that is replaced. Its owner owns the new one. */
  databaseUrl: string
  /** Of a role that may make databases, on any database of the same server. */
  adminUrl: string
  /** UTC, stands in the names of the databases that are made and kept. */
  now: Date
  log: (line: string) => void
  /** Default: db/migrations. */
  folder?: string
}

export type Restored = {
  dumpedAt: string
  rows: Record<string, number>
  /** The database that was replaced has this name now; null: there was none. */
  keptAs: string | null
}

/**
 * Makes a new database out of a backup and puts it into the place of the present one, which is kept under another name.
 * @throws BackupError, and the present database is as it was, when the system runs, or the backup cannot be read
 */
export async function restoreDatabase(options: RestoreOptions): Promise<Restored> {
  const { databaseUrl, log, file } = options
  const name = databaseOf(databaseUrl)
  const admin = await connect(options.adminUrl)
  try {
    await requireUnused(admin, name)
    const dump = await openDump(options)
    const stamp = options.now.toISOString().replaceAll(/\D/g, '').slice(0, 14)
    const fresh = await freeName(admin, `${name}_restored_${stamp}`)
    const kept = await freeName(admin, `${name}_before_${stamp}`)
    const rows = await inNewDatabase(admin, options, fresh, async (url) => {
      const loaded = await loadDump(url, dump, options)
      const old = (await exists(admin, name)) ? databaseUrl : null
      await beginAfterRestore(url, { file: basename(file), dumpedAt: dump.head.dumpedAt, old, log })
      return loaded
    })
    await requireUnused(admin, name)
    const replaces = await exists(admin, name)
    await admin.query('begin')
    if (replaces)
      await admin.query(`alter database ${escapeIdentifier(name)} rename to ${escapeIdentifier(kept)}`)
    await admin.query(`alter database ${escapeIdentifier(fresh)} rename to ${escapeIdentifier(name)}`)
    await admin.query('commit')
    return { dumpedAt: dump.head.dumpedAt, rows, keptAs: replaces ? kept : null }
  } finally {
    await admin.end()
  }
}

/**
 * A restore that changes nothing: into a database of its own, which is dropped again.
 * @throws BackupError when the backup could not be restored
 */
export async function drillRestore(options: RestoreOptions): Promise<Omit<Restored, 'keptAs'>> {
  const admin = await connect(options.adminUrl)
  try {
    const dump = await openDump(options)
    const drill = `${databaseOf(options.databaseUrl)}_drill_${process.pid}`
    let rows: Record<string, number> = {}
    await inNewDatabase(admin, options, drill, async (url) => {
      rows = await loadDump(url, dump, options)
    })
    await drop(admin, drill)
    return { dumpedAt: dump.head.dumpedAt, rows }
  } finally {
    await admin.end()
  }
}

async function openDump({ file, passphrase, folder }: RestoreOptions): Promise<Dump> {
  const dump = await readDump(await readBackupFile(file, passphrase), file)
  requireReadable(dump, folder)
  return dump
}

const databaseOf = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'lead-restore' })
  client.on('error', () => {})
  await client.connect()
  return client
}

const exists = async (admin: Client, name: string) =>
  (await admin.query('select from pg_database where datname = $1', [name])).rowCount === 1

/** Two restores within one second keep two databases. */
async function freeName(admin: Client, wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}_${n}`
    if (!(await exists(admin, name))) return name
  }
}

async function requireUnused(admin: Client, name: string): Promise<void> {
  const { rows } = await admin.query<{ count: number; names: string }>(
    `select count(*)::int as count, string_agg(distinct coalesce(nullif(application_name, ''), 'without a name'), ', ') as names
     from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`,
    [name],
  )
  const { count, names } = one({ rows })
  if (count > 0)
    throw new BackupError(
      `The system runs: the database ${name} has ${count} connections (${names}). End them first: the API, in all its processes, and whatever else looks into it`,
    )
}

/** @throws what `fill` throws, after the database was dropped again */
async function inNewDatabase<Result>(
  admin: Client,
  { databaseUrl }: RestoreOptions,
  name: string,
  fill: (url: string) => Promise<Result>,
): Promise<Result> {
  const { username } = new URL(databaseUrl)
  const owner = escapeIdentifier(decodeURIComponent(username))
  try {
    await admin.query(`create database ${escapeIdentifier(name)} owner ${owner} template template0`)
  } catch (error) {
    const role = one(await admin.query<{ role: string }>('select current_user as role')).role
    throw new BackupError(
      `The role ${role} cannot make a database: ${errorText(error)}. As a superuser: alter role ${escapeIdentifier(role)} createdb`,
    )
  }
  try {
    await admin.query(`revoke all on database ${escapeIdentifier(name)} from public`)
    const url = new URL(databaseUrl)
    url.pathname = `/${encodeURIComponent(name)}`
    return await fill(url.href)
  } catch (error) {
    await drop(admin, name)
    throw error
  }
}

const drop = (admin: Client, name: string) =>
  admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
