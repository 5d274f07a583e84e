/**
 * Keeps what a database of a release looks like, for upgrade.test.ts: `node checks/releases/keep-release.ts VERSION NUMBER`, with the number of
 * the release's last migration. Once per release; a kept file is never written again.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, escapeIdentifier } from 'pg'
import { dumpSchema } from '../../api/src/database/dump-schema.ts'
import { migrate } from '../../api/src/database/migrate.ts'
import { startTestDatabase } from '../../local/postgres/test-database.ts'

const [version = '', number = ''] = process.argv.slice(2)
if (!/^\d+\.\d+\.\d+$/.test(version) || !/^\d+$/.test(number)) {
  console.error('node checks/releases/keep-release.ts VERSION NUMBER')
  process.exit(2)
}
const releases = join(import.meta.dirname, '../../db/releases')
const database = await startTestDatabase()
const client = new Client({ connectionString: database.url })
await client.connect()
try {
  await client.query(
    'drop schema public cascade; create schema public; create extension btree_gist; create extension pgcrypto',
  )
  await migrate(database.url, { most: Number(number) })
  const schema = await dumpSchema(database.url)
  await client.query(readFileSync(join(import.meta.dirname, 'sample.sql'), 'utf8'))
  const text = [
    `-- A database of version ${version}: its tables, and a lead in mid-talk. Written by checks/releases/keep-release.ts, and never changed.`,
    schema,
    ...(await inserts()),
    '',
  ].join('\n')
  writeFileSync(join(releases, `${version}.sql`), text, { flag: 'wx' })
  console.log(`db/releases/${version}.sql`)
} finally {
  await client.end()
  await database.stop()
}

/** What triggers wrote is among it: the triggers are off while it is read in. */
async function inserts(): Promise<string[]> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'console_changes'
     group by c.oid, c.relname order by c.oid`,
  )
  const triggers = (state: 'disable' | 'enable') =>
    tables.map(({ name }) => `alter table ${escapeIdentifier(name)} ${state} trigger user;`)
  const lines = triggers('disable')
  for (const { name, columns } of tables) {
    const list = columns.map(escapeIdentifier)
    const { rows } = await client.query<{ line: string }>(
      `select format('insert into %I (%s) overriding system value values (%s);', '${name}', $1::text,
         concat_ws(', ', ${list.map((column) => `quote_nullable(${column}::text)`).join(', ')})) as line from ${escapeIdentifier(name)}`,
      [list.join(', ')],
    )
    lines.push(...rows.map(({ line }) => line))
  }
  const { rows: sequences } = await client.query<{ line: string }>(
    `select format('select setval(%L, %s);', sequencename, last_value) as line from pg_sequences
     where schemaname = 'public' and last_value is not null order by sequencename`,
  )
  return [...lines, ...sequences.map(({ line }) => line), ...triggers('enable')]
}
