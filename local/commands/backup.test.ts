import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDatabase } from '../../api/src/database/pool.ts'
import { repository } from '../settings/config.ts'
import { loadConfig } from '../settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { startSystem, type System } from '../system/system.ts'

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))
const settings = {
  DB_HOST: 'postgres',
  DATABASE_URL: '',
  BACKUP_PASSPHRASE: '',
  BACKUP_KEEP: '2',
  BACKUP_DIR: '',
}

type Ended = { code: number; out: string }
/** The command as a user runs it, with no .env of this folder in the way. */
const run = (command: string, args: string[], variables: Record<string, string> = {}) =>
  new Promise<Ended>((resolve) => {
    execFile(
      process.execPath,
      [join(repository, `local/commands/${command}.ts`), '--data', dataDir, ...args],
      { env: { ...process.env, ...settings, BACKUP_COPY_DIR: join(dataDir, 'copies'), ...variables } },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out: `${stdout}${stderr}` }),
    )
  })
const startDatabase = (): Promise<System> =>
  startSystem({
    config: loadConfig({ dataDir, environment: settings, envFile: null, freePorts: true }),
    log: () => {},
    only: ['postgres'],
    durable: false,
  })
const ask = async (system: System, sql: string) => {
  const db = openDatabase(system.databaseUrl, 1)
  // The server may end the connection before its end has arrived there.
  db.on('error', () => {})
  try {
    return (await db.query<{ name: string }>(sql)).rows.map(({ name }) => name)
  } finally {
    await db.end()
  }
}
const fileIn = ({ out }: Ended) => /^(\/.*\.dump\.gz(?:\.age)?)$/m.exec(out)?.[1] ?? assert.fail(out)

test('backup, drill and restore as the operations page has them, beside a running system and without one', async () => {
  let system = await startDatabase()
  await ask(system, `insert into leads (id, name) values (1, 'before')`)
  const made = await run('backup', [])
  assert.equal(made.code, 0, made.out)
  assert.match(made.out, /1 leads/)
  assert.match(made.out, /It is not sealed/)
  const file = fileIn(made)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(readdirSync(join(dataDir, 'copies')).length, 1)
  await ask(system, `insert into leads (id, name) values (2, 'after')`)

  const drill = await run('restore', ['--drill', file])
  assert.match(drill.out, /It can be restored: .* 1 leads/)
  const refused = await run('restore', [file])
  assert.equal(refused.code, 1)
  assert.match(refused.out, /A system is running on .* already/)
  assert.equal((await ask(system, 'select name from leads')).length, 2)
  await system.stop()

  const restored = await run('restore', [file])
  assert.equal(restored.code, 0, restored.out)
  const kept = /kept as (\S+);/.exec(restored.out)?.[1]
  assert.ok(kept)
  const report = await run('restore', ['--report'])
  assert.match(report.out, /not all was read yet[^]*Adopted: words of the assistant.*: 0[^]*To check: 0/)
  system = await startDatabase()
  try {
    assert.deepEqual(await ask(system, 'select name from leads'), ['before'])
    assert.deepEqual(await ask(system, `select datname as name from pg_database where datname = '${kept}'`), [
      kept,
    ])
  } finally {
    await system.stop()
  }
})

test('a sealed backup, and only so many of them', async () => {
  const passphrase = { BACKUP_PASSPHRASE: 'six words that nobody has' }
  for (let n = 0; n < 3; n++) assert.equal((await run('backup', [], passphrase)).code, 0)
  const names = readdirSync(join(dataDir, 'backups'))
  assert.equal(names.length, 2)
  const file = join(dataDir, 'backups', names.at(-1)!)
  assert.match(readFileSync(file, 'latin1'), /^age-encryption\.org/)
  assert.match((await run('restore', ['--drill', file])).out, /is sealed: set BACKUP_PASSPHRASE/)
  assert.match((await run('restore', ['--drill', file], passphrase)).out, /It can be restored/)
})

test('what is wrong is said in a sentence', async () => {
  assert.equal((await run('restore', [])).code, 2)
  assert.match((await run('restore', ['--help'])).out, /npm run restore -- FILE/)
  assert.match((await run('backup', ['--help'])).out, /npm run backup/)
  assert.equal((await run('backup', ['--nonsense'])).code, 2)
  assert.match((await run('restore', [join(dataDir, 'nothing.gz')])).out, /nothing\.gz cannot be read/)
  const other = join(dataDir, 'other.gz')
  writeFileSync(other, 'PGDMP')
  assert.match((await run('restore', [other])).out, /damaged|no backup of this system/)
  // Without the tool for n8n's database the leads are backed up all the same.
  mkdirSync(join(dataDir, 'empty'), { recursive: true })
  rmSync(join(dataDir, 'backups'), { recursive: true })
  const without = await run('backup', ['--n8n'], { PATH: join(dataDir, 'empty') })
  assert.match(without.out, /needs pg_dump of PostgreSQL 18[^]*The backup of the leads is made/)
  assert.equal(readdirSync(join(dataDir, 'backups')).length, 1)
})
