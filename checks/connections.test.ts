import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { loadConfig } from '../local/settings/config.ts'
import { makeTemporaryDataFolder, removeDataFolder } from '../local/settings/data-folder.ts'
import { startSystem } from '../local/system/system.ts'
import { readCompose } from '../docker/read-compose.mts'

const repository = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const { services } = readCompose(join(repository, 'docker-compose.yml'))

/** Where the API opens a connection, and how many at most: docs/scaling.md has the sum. */
const opened: Record<string, string> = {
  'api/src/main.ts': 'openDatabase(config.databaseUrl): the pool',
  'api/src/process/process-life.ts': 'one for as long as the process lives',
  'api/src/telegram/account-lock.ts': 'one for each account that it holds',
  'api/src/backup/write-dump.ts': 'one while a backup is made',
  'api/src/erasure/n8n-executions.ts': "one in n8n's database, while a person is erased",
  'api/src/database/migrate.ts': 'before the start only',
  'api/src/backup/begin-after-restore.ts': 'before the start only',
  'api/src/backup/restore-database.ts': 'of a command',
  'api/src/backup/load-dump.ts': 'of a command',
  'api/src/database/dump-schema.ts': 'of a command',
}
const pool = Number(/openDatabase\(url: string, max = (\d+)\)/.exec(read('api/src/database/pool.ts'))?.[1])
/** The life of the process, one Telegram account, a backup, an erasure. */
const beside = 4
const ofApi = pool + beside

test('every place where the API opens a connection is counted', () => {
  const places = globSync('api/src/**/*.ts', { cwd: repository })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file) && file !== 'api/src/database/pool.ts')
    .filter((file) => /new Client\(|\bclientBeside\(|\bopenDatabase\(|new pg\.|new Pool\(\{/.test(read(file)))
  assert.deepEqual(places.toSorted(), Object.keys(opened).toSorted())
})

test('docs/scaling.md says the numbers, and the largest installation that it names fits into PostgreSQL', () => {
  const page = read('docs/scaling.md')
  const ofN8n = Number(services['n8n']!.environment['DB_POSTGRESDB_POOL_SIZE'])
  assert.match(page, new RegExp(`\\| API server \\| ${ofApi} \\|`))
  assert.match(page, new RegExp(`\\| each process of n8n \\| ${ofN8n} \\|`))
  const [, api, main, webhooks, workers, sum] =
    /(\d+) API servers, (\d+) n8n, (\d+) webhook processes and (\d+) workers may open (\d+)/
      .exec(page)
      ?.map(Number) ?? []
  assert.equal(api! * ofApi + (main! + webhooks! + workers!) * ofN8n, sum)
  const most = services['postgres']!.command.find((word) => word.startsWith('max_connections='))
  // Some are kept for the superuser and for whoever looks.
  assert.ok(sum! <= Number(most!.split('=')[1]) - 10)
})

const dataDir = makeTemporaryDataFolder()
after(() => removeDataFolder(dataDir))

test('an API server under a hundred requests at once opens no more than it may', async () => {
  const system = await startSystem({
    config: loadConfig({ dataDir, environment: {}, envFile: null, freePorts: true }),
    log: () => {},
    only: ['postgres', 'simulators', 'api'],
    durable: false,
  })
  const looking = new Client({ connectionString: system.databaseUrl, application_name: 'looking' })
  await looking.connect()
  try {
    let most = 0
    let isOver = false
    const watching = (async () => {
      while (!isOver) {
        const { rows } = await looking.query<{ count: string }>(
          `select count(*) from pg_stat_activity where usename = current_user and application_name <> 'looking'`,
        )
        most = Math.max(most, Number(rows[0]!.count))
      }
    })()
    for (let round = 0; round < 5; round += 1)
      await Promise.all(
        Array.from({ length: 100 }, async () => {
          const answer = await fetch(`${system.urls.api}/ready`)
          await answer.arrayBuffer()
          assert.equal(answer.status, 200)
        }),
      )
    isOver = true
    await watching
    assert.ok(most > pool / 2, `the pool was used: ${most}`)
    assert.ok(most <= ofApi, `${most} connections of ${ofApi}`)
  } finally {
    await looking.end()
    await system.stop()
  }
})
