import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { startTestDatabase } from '../local/postgres/test-database.ts'

const repository = join(import.meta.dirname, '..')
const database = await startTestDatabase()
after(() => database.stop())
const folder = mkdtempSync(join(tmpdir(), 'lead-container-'))
after(() => rmSync(folder, { recursive: true }))

const run = (script: string, ...args: string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      DATABASE_URL: database.url,
      API_TOKEN: 'api-token-of-24-letters!',
      DISPATCH_SECRET: 'dispatch-secret-24-letters',
      APP_KEY: Buffer.from('an app key that has its 32 bytes').toString('base64'),
      AMOCRM_WEBHOOK_SECRET: 'webhook-secret-24-letters',
      AMOCRM_API_KEY: 'mock_key',
      TELEGRAM_API_ID: 'mock_1',
      TELEGRAM_API_HASH: 'mock_hash',
      TELEGRAM_PHONE: '+79990000001',
      GOOGLE_CLIENT_ID: 'mock_id',
      GOOGLE_CALENDAR_EMAIL: 'seller@company.com',
      BACKUP_DIR: folder,
    }
    execFile(
      process.execPath,
      [join(repository, 'docker', script), ...args],
      { env },
      (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out: `${stdout}${stderr}` }),
    )
  })
const ask = async (url: string, sql: string) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

test('in a container: a backup, a drill, a restore and its report, as the runbook has them', async () => {
  await ask(database.url, `insert into leads (id, name) values (1, 'before')`)
  const made = await run('backup.mts')
  const file = /^(\/\S+\.dump\.gz): 1 leads/m.exec(made.out)?.[1] ?? assert.fail(made.out)
  await ask(database.url, `insert into leads (id, name) values (2, 'after')`)
  const refused = await run('restore.mts', file)
  assert.deepEqual([refused.code, /alter role "leads" createdb/.test(refused.out)], [1, true], refused.out)
  await ask(database.adminUrl, 'alter role leads createdb')
  assert.match((await run('restore.mts', '--drill', file)).out, /It can be restored/)
  const restored = await run('restore.mts', file)
  assert.match(restored.out, /Restored: .* is kept as test_1_before_\d{14}/)
  assert.deepEqual(await ask(database.url, 'select name from leads'), ['before'])
  assert.match((await run('restore.mts', '--report')).out, /To check: 0/)
  assert.equal((await run('restore.mts')).code, 2)
})
