import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { repository } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { startPostgres } from './postgres.ts'
import { runInitSql } from './run-init-sql.ts'

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))
const postgres = await startPostgres({ dataDir, port: 0, superuserPassword: 'secret', durable: false })
after(() => postgres.service.kill('SIGQUIT'))

const file = join(repository, 'db/init.sql')
const databaseUrl = postgres.superuserUrl('postgres')
const variables = (mark: string) => ({
  DB_NAME: `leads ${mark}`,
  DB_USER: `us"er ${mark}`,
  DB_PASSWORD: "pa'ss \\word",
  N8N_DB_NAME: `n8n ${mark}`,
  N8N_DB_USER: `n8n us"er ${mark}`,
  N8N_DB_PASSWORD: "n8n pa'ss",
})

type Names = ReturnType<typeof variables>
const ours = (names: Names) => ({ user: names.DB_USER, password: names.DB_PASSWORD, database: names.DB_NAME })
const n8ns = (names: Names) => ({
  user: names.N8N_DB_USER,
  password: names.N8N_DB_PASSWORD,
  database: names.N8N_DB_NAME,
})
const open = async (login: ReturnType<typeof ours>) => {
  const client = new Client({ host: '127.0.0.1', port: postgres.port, ...login })
  await client.connect()
  return client
}

/** What the two roles find when they log in. */
async function look(names: Names) {
  const found: Record<string, unknown> = {}
  for (const login of [ours(names), n8ns(names)]) {
    const { database } = login
    const client = await open(login)
    await client.query('create table if not exists may_create (id int)')
    const { rows } = await client.query<{ extname: string }>(
      `select extname from pg_extension where extname <> 'plpgsql' order by 1`,
    )
    const shut = await client.query<{ shut: boolean }>(
      `select not has_database_privilege('public', current_database(), 'connect') as shut`,
    )
    found[database.split(' ')[0]!] = { extensions: rows.map((row) => row.extname), shut: shut.rows[0]?.shut }
    await client.end()
  }
  return found
}

const expected = {
  leads: { extensions: ['btree_gist', 'pgcrypto'], shut: true },
  n8n: { extensions: [], shut: true },
}

test('init.sql makes role, databases and extensions, and may run again', async () => {
  const names = variables('own')
  await runInitSql({ file, databaseUrl, variables: names })
  await runInitSql({ file, databaseUrl, variables: names })
  assert.deepEqual(await look(names), expected)
})

const psql = spawnSync('psql', ['--version'], { encoding: 'utf8' })
const skip = psql.status === 0 ? false : 'psql is not on this machine'
test('psql does the same with the same file', { skip }, async () => {
  const names = variables('psql')
  for (let round = 0; round < 2; round += 1) {
    const result = spawnSync(
      'psql',
      ['-v', 'ON_ERROR_STOP=1', '--no-psqlrc', '-d', databaseUrl, '-f', file],
      {
        env: { PATH: process.env.PATH, ...names },
        encoding: 'utf8',
      },
    )
    assert.equal(result.status, 0, result.stderr)
  }
  assert.deepEqual(await look(names), expected)
})

test('neither role reads the database of the other; the API may only have executions of n8n deleted', async () => {
  const names = variables('apart')
  await runInitSql({ file, databaseUrl, variables: names })
  const [api, n8n] = [ours(names), n8ns(names)]
  await assert.rejects(open({ ...n8n, database: api.database }), /permission denied for database/)
  const own = await open(n8n)
  await own.query(`
    create table execution_entity (id int primary key, status text, "startedAt" timestamptz, "createdAt" timestamptz);
    create table execution_data ("executionId" int references execution_entity on delete cascade, data text);
    create table execution_metadata ("executionId" int references execution_entity on delete cascade, value text);
    insert into execution_entity values (1, 'success', now(), now()), (2, 'success', now(), now());
    insert into execution_data values (1, 'about somebody'), (2, 'about others')`)
  const guest = await open({ ...api, database: n8n.database })
  for (const statement of [
    'select from execution_data',
    'delete from execution_entity',
    'create table x (id int)',
    'create table erasure.x (id int)',
    'create temporary table x (id int)',
  ])
    await assert.rejects(guest.query(statement), /permission denied/, statement)
  const { rows } = await guest.query(`select erasure.erase_executions(array['somebody'])::int as erased`)
  assert.deepEqual(rows, [{ erased: 1 }])
  assert.deepEqual((await own.query('select id from execution_entity')).rows, [{ id: 2 }])
  await guest.end()
  await own.end()
})

test('a database of n8n from before it had a role of its own becomes its own', async () => {
  const names = variables('older')
  const before = { ...names, N8N_DB_USER: names.DB_USER, N8N_DB_PASSWORD: names.DB_PASSWORD }
  await runInitSql({ file, databaseUrl, variables: before })
  const old = await open(n8ns(before))
  await old.query('create table workflow_entity (id int); insert into workflow_entity values (7)')
  await old.end()
  const kept = await open(ours(names))
  await kept.query('create table leads (id int)')
  await kept.end()

  await runInitSql({ file, databaseUrl, variables: names })
  const client = await open(n8ns(names))
  await client.query('alter table workflow_entity add column name text')
  assert.deepEqual((await client.query('select id from workflow_entity')).rows, [{ id: 7 }])
  await client.end()
  const api = await open(ours(names))
  await api.query('alter table leads add column name text')
  await api.end()
  const guest = await open({ ...ours(names), database: names.N8N_DB_NAME })
  await assert.rejects(guest.query('select from workflow_entity'), /permission denied/)
  await guest.end()
})

test('an unknown psql command and a missing variable are refused', async () => {
  const other = join(dataDir, 'other.sql')
  const refuse = async (text: string, message: RegExp) => {
    writeFileSync(other, text)
    await assert.rejects(runInitSql({ file: other, databaseUrl, variables: {} }), message)
  }
  await refuse('\\copy t from x\n', /\\copy is not one of the psql commands/)
  await refuse("select :'nothing';\n", /The variable nothing is not set/)
  await refuse('select 1\n', /ends inside a statement/)
})
