import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { dumpSchema } from './dump-schema.ts'

const database = await startTestDatabase()
after(() => database.stop())

const run = async (url: string, statement: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

test('db/schema.sql loads into an empty database and makes what the migrations make', async () => {
  const empty = await startTestDatabase()
  await run(empty.url, 'drop schema public cascade; create schema public')
  const committed = readFileSync(join(import.meta.dirname, '../../../db/schema.sql'), 'utf8')
  await run(empty.url, committed)
  assert.equal(await dumpSchema(empty.url), await dumpSchema(database.url))
  await empty.drop()
})

test('two databases with the same migrations give the same text', async () => {
  const other = await startTestDatabase()
  const text = await dumpSchema(database.url)
  assert.equal(await dumpSchema(other.url), text)
  assert.match(text, /^create extension btree_gist;\ncreate extension pg_trgm;\ncreate extension pgcrypto;\n/)
  assert.match(text, /\ncreate table leads \(\n {2}id bigint not null,\n/)
  await other.drop()
})

test('every kind of object shows, and those of extensions do not', async () => {
  const other = await startTestDatabase()
  await run(
    other.url,
    `create type mood as enum ('good', 'bad');
     create domain positive as int check (value > 0);
     create type pair as (a int, b text);
     create sequence ticket;
     create table parent (id bigint generated always as identity primary key, mood mood not null default 'good');
     create table child (
       parent_id bigint references parent on delete cascade, during tstzrange, twice int generated always as (2) stored,
       price positive constraint cheap check (price < 100), unique (parent_id, price),
       exclude using gist (parent_id with =, during with &&)
     );
     create index child_open on child (price) where price > 5;
     comment on table child is 'a child';
     comment on column child.price is 'in euro';
     create view cheap as select price from child;
     create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
     create trigger child_touch before update on child for each row execute function touch();`,
  )
  const text = await dumpSchema(other.url)
  for (const part of [
    "create type mood as enum ('good', 'bad');",
    'create domain positive as integer constraint positive_check CHECK ((VALUE > 0));',
    'create type pair as (\n  a integer,\n  b text\n);',
    'create sequence ticket as bigint increment 1 start 1;',
    "  id bigint not null generated always as identity,\n  mood mood not null default 'good'::mood\n);",
    '  twice integer generated always as (2) stored,',
    'alter table child add constraint cheap CHECK (((price)::integer < 100));',
    'REFERENCES parent(id) ON DELETE CASCADE;',
    'EXCLUDE USING gist (parent_id WITH =, during WITH &&);',
    'CREATE INDEX child_open ON',
    "comment on table child is 'a child';",
    "comment on column child.price is 'in euro';",
    'create view cheap as\n',
    'CREATE TRIGGER child_touch BEFORE UPDATE ON',
    'begin return new; end',
  ]) {
    assert.ok(text.includes(part), `missing: ${part}\n${text}`)
  }
  assert.ok(!text.includes('gbt_'), 'functions of btree_gist do not belong here')
  await other.drop()
})
