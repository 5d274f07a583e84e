import assert from 'node:assert/strict'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { Client } from 'pg'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { MigrationError, migrate } from './migrate.ts'

const database = await startTestDatabase()
after(() => database.stop())

const folder = mkdtempSync(join(tmpdir(), 'lead-migrations-'))
after(() => rmSync(folder, { recursive: true }))

const run = () => migrate(database.url, { folder })
const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql)
const ask = async (statement: string) => {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

beforeEach(async () => {
  rmSync(folder, { recursive: true })
  renameSync(mkdtempSync(join(tmpdir(), 'lead-migrations-')), folder)
  file('0001_one.sql', 'create table one (id int);')
  file('0002_two.sql', 'create table two (id int); insert into two values (2);')
  await ask('drop schema public cascade')
  await ask('create schema public')
})

test('files run once, in order, and a later file is added', async () => {
  assert.deepEqual(await run(), ['0001_one.sql', '0002_two.sql'])
  assert.deepEqual(await run(), [])
  file('0003_three.sql', 'alter table two add column name text;')
  assert.deepEqual(await run(), ['0003_three.sql'])
  assert.deepEqual(await ask('select * from two'), [{ id: 2, name: null }])
})

test('starters in parallel wait for each other', async () => {
  file('0003_slow.sql', 'select pg_sleep(0.3); create table three (id int);')
  const applied = await Promise.all([run(), run(), run()])
  assert.equal(applied.flat().length, 3)
})

test('a file that fails leaves nothing of itself, keeps those before, and names its line', async () => {
  file('0003_bad.sql', 'create table three (id int);\ncreate table four (id nonsense);')
  await assert.rejects(run(), /^MigrationError: 0003_bad\.sql failed: line 2: type "nonsense" does not exist/)
  const tables = await ask(`select tablename from pg_tables where schemaname = 'public' order by 1`)
  assert.deepEqual(
    tables.map((row) => row.tablename),
    ['one', 'schema_migrations', 'two'],
  )
})

test('an applied file that was changed is refused; other line ends are no change', async () => {
  await run()
  file('0002_two.sql', 'create table two (id int); insert into two values (3);')
  await assert.rejects(run(), /0002_two\.sql was changed after it had been applied/)
  file('0001_one.sql', 'create table one (\nid int);')
  await ask('drop table one, two, schema_migrations')
  await run()
  file('0001_one.sql', 'create table one (\r\nid int);')
  assert.deepEqual(await run(), [])
})

test('an applied file that was renamed is refused', async () => {
  await run()
  renameSync(join(folder, '0002_two.sql'), join(folder, '0002_second.sql'))
  await assert.rejects(
    run(),
    /the database has 0002_two\.sql where the folder has 0002_second\.sql: .* made by a version between two releases.*docs\/upgrading\.md/,
  )
})

test('a gap, a double number and a bad name are refused before anything runs', async () => {
  const refused = async (name: string, message: RegExp) => {
    file(name, 'select 1;')
    await assert.rejects(run(), (error) => error instanceof MigrationError && message.test(error.message))
    rmSync(join(folder, name))
  }
  await refused('0004_four.sql', /0004_four\.sql is out of sequence: the file after 0002_two\.sql is 0003_/)
  await refused('0002_twice.sql', /is out of sequence/)
  await refused('three.sql', /three\.sql is not named like 0001_what_it_does\.sql/)
  assert.deepEqual(await ask(`select from pg_tables where schemaname = 'public'`), [])
})

test('a database that is ahead of the files is left alone', async () => {
  await run()
  rmSync(join(folder, '0002_two.sql'))
  assert.deepEqual(await run(), [])
})
