import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { repository } from './config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from './data-folder.ts'
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
})

/** What the role of the system finds when it logs in. */
async function look(names: ReturnType<typeof variables>) {
  const found: Record<string, unknown> = {}
  for (const database of [names.DB_NAME, names.N8N_DB_NAME]) {
    const client = new Client({
      host: '127.0.0.1',
      port: postgres.port,
      user: names.DB_USER,
      password: names.DB_PASSWORD,
      database,
    })
    await client.connect()
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
