import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { Client } from 'pg'
import { dumpSchema } from '../../api/src/database/dump-schema.ts'
import { migrate, readMigrations } from '../../api/src/database/migrate.ts'
import { startTestDatabase } from '../../local/postgres/test-database.ts'
import { problemsOf } from './additive.ts'

const db = join(import.meta.dirname, '../../db')
const releases = readdirSync(join(db, 'releases')).filter((file) => file.endsWith('.sql'))
const parts = (file: string) => file.split('.').slice(0, 3).map(Number)
const newest = releases
  .toSorted((one, other) => {
    const [a, b] = [parts(one), parts(other)]
    return a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!
  })
  .at(-1)!
const textOf = (file: string) => readFileSync(join(db, 'releases', file), 'utf8')
const migrationsOf = (file: string) =>
  [...textOf(file).matchAll(/^insert into schema_migrations .*values \('([^']+)'/gm)].map(([, name]) => name)
const unreleased = readMigrations(join(db, 'migrations')).slice(migrationsOf(newest).length)

describe('a database of each release is brought up to this version', async () => {
  const database = await startTestDatabase()
  after(() => database.stop())
  for (const file of releases)
    test(file, async () => {
      const client = new Client({ connectionString: database.url })
      await client.connect()
      const counts = async () =>
        (
          await client.query<{ counts: string }>(
            `select concat_ws(' ', (select count(*) from leads), (select count(*) from messages), (select count(*) from turns where state = 'pending'),
               (select count(*) from outbox where state = 'pending'), (select count(*) from calendar_events where status = 'booked'),
               (select count(*) from lead_heads)) as counts`,
          )
        ).rows[0]!.counts
      try {
        await client.query('drop schema public cascade; create schema public')
        await client.query(textOf(file))
        const before = await counts()
        assert.equal(before, '2 2 1 1 1 2')
        const applied = await migrate(database.url)
        assert.ok(applied.length > 0 || file === newest)
        assert.equal(await counts(), before, 'nothing is lost')
        const isSchema = (await dumpSchema(database.url)) === readFileSync(join(db, 'schema.sql'), 'utf8')
        assert.ok(isSchema, 'the schema is that of db/schema.sql')
        // What the release before does each second goes on working on it: the statements of a turn and of a message.
        await client.query(`insert into leads (id, name) values (900, 'After')`)
        await client.query(`insert into turns (lead_id, kind, run_at) values (900, 'first_touch', now())`)
        await client.query(
          `insert into outbox (lead_id, channel, payload, idempotency_key) values (900, 'telegram', '{"kind": "text", "messageId": 1, "text": "x"}', 'k')`,
        )
      } finally {
        await client.end()
      }
    })
})

test('every migration since the newest release leaves the release before it able to work', () => {
  const problems = unreleased.flatMap(({ name, sql }) =>
    problemsOf(sql).map((problem) => `${name} ${problem}`),
  )
  assert.deepEqual(problems, [])
})

test('what a release could not go on with is found, and what it can is not', () => {
  const examples: [sql: string, isBreaking: boolean][] = [
    ['alter table leads drop column email;', true],
    ['drop table outages;', true],
    ['drop index leads_phone;', true],
    ['DROP TRIGGER follow ON leads;', true],
    ['alter table leads rename column email to mail;', true],
    ['alter table leads rename to people;', true],
    ['alter index leads_phone rename to x;', true],
    ['alter table leads alter column name type int using 1;', true],
    ['alter table leads alter name set data type int;', true],
    ['alter table leads alter column email set not null;', true],
    ['alter table leads add column rank int not null;', true],
    ['alter table leads add rank int, add rank2 numeric(4, 2) not null;', true],
    ['alter table leads add constraint positive check (id > 0);', true],
    [
      'alter table leads drop constraint leads_stage_check, add constraint leads_stage_check check (true);',
      true,
    ],
    ['create unique index one on leads (email);', true],
    ['delete from outbox;', true],
    ['alter table leads\n  -- why\n  drop column email;', true],
    ['alter table leads add column rank int not null default 0;', false],
    ['alter table leads add column rank int, add column rank2 numeric(4, 2) not null default 1.5;', false],
    ["alter table leads add column g text not null generated always as (name || ', ;') stored;", false],
    ['alter table leads alter column email drop not null;', false],
    ['alter table leads alter column email drop default;', false],
    [
      'create table t (id int not null); alter table t add constraint c check (id > 0); create unique index u on t (id);',
      false,
    ],
    ['create index on leads (email);', false],
    ["comment on table leads is 'drop table leads; rename';", false],
    ['create function f() returns void language sql as $$ delete from leads; drop table leads $$;', false],
    ['-- drop table leads;\nselect 1;', false],
    ['update leads set name = name;', false],
    [
      '-- contract: 0.1.0 wrote email, and 0.2.0 does not read it\nalter table leads drop column email;',
      false,
    ],
    ['-- contract:\nalter table leads drop column email;', true],
  ]
  for (const [sql, isBreaking] of examples) assert.equal(problemsOf(sql).length > 0, isBreaking, sql)
})
