import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { findPostgresHome, makeTemporaryDataFolder, removeDataFolder } from '../settings/data-folder.ts'
import { startPostgres } from './postgres.ts'
import { processIdentity } from '../processes/process-identity.ts'
import { findUnprivilegedUser } from '../processes/unprivileged-user.ts'

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))
const postgres = await startPostgres({ dataDir, port: 0, superuserPassword: "pass'word", durable: false })
after(() => postgres.service.kill('SIGQUIT'))

const ask = async (statement: string, url = postgres.superuserUrl('postgres')) => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end().catch(() => {})
  }
}

test('it listens on loopback only, in UTF-8 and UTC, and lowers Cyrillic letters', async () => {
  const [row] =
    await ask(`select current_setting('listen_addresses') as host, current_setting('TimeZone') as zone,
    current_setting('server_encoding') as encoding, current_setting('unix_socket_directories') as socket, lower('ЖЁ') as low`)
  assert.deepEqual(row, { host: '127.0.0.1', zone: 'UTC', encoding: 'UTF8', socket: '', low: 'жё' })
})

test('a wrong password is refused', async () => {
  const url = postgres.superuserUrl('postgres').replace(/:[^:@]*@/, ':wrong@')
  await assert.rejects(ask('select 1', url), /password authentication failed/)
})

test('killed with -9 it starts again at the same port with what was committed', async () => {
  await ask('create table kept (id int)')
  await ask('insert into kept values (7)')
  await postgres.service.kill()
  assert.equal(postgres.service.pid(), undefined)
  await postgres.service.start()
  assert.deepEqual(await ask('select id from kept'), [{ id: 7 }])
})

test('a pid file that names another living process does not hinder the start', async () => {
  const pidFile = join(findPostgresHome(dataDir, findUnprivilegedUser()), 'postgres/postmaster.pid')
  await postgres.service.kill()
  writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)))
  await postgres.service.start()
  assert.deepEqual(await ask('select 1 as one'), [{ one: 1 }])
})

test('a server that was left running on the folder is replaced', async () => {
  const left = postgres.service.pid()!
  const identity = processIdentity(left)
  const second = await startPostgres({ dataDir, port: 0, superuserPassword: "pass'word", durable: false })
  assert.notEqual(processIdentity(left), identity)
  assert.deepEqual(await ask('select id from kept', second.superuserUrl('postgres')), [{ id: 7 }])
  await second.service.kill('SIGQUIT')
})

test('a start that fails shows the end of the log', async () => {
  const other = makeTemporaryDataFolder()
  const server = await startPostgres({ dataDir: other, port: 0, superuserPassword: 'x', durable: false })
  try {
    const conflicting = startPostgres({ dataDir, port: server.port, superuserPassword: "pass'word" })
    await assert.rejects(conflicting, /did not start: exit code 1[^]*could not bind[^]*postgres\.log/)
  } finally {
    await server.service.kill('SIGQUIT')
    removeDataFolder(other)
  }
})
