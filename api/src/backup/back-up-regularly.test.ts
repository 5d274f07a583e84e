import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { sayAlert } from '../alerts/say-alert.ts'
import { watchIntegrations } from '../alerts/watch-integrations.ts'
import { writeMetrics } from '../metrics/write-metrics.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig } from '../testing/test-config.ts'
import { backUpRegularly } from './back-up-regularly.ts'

const app = await startTestApp()
const place = mkdtempSync(join(tmpdir(), 'lead-regular-'))
after(() => rmSync(place, { recursive: true }))
const folder = join(place, 'backups')
let now = new Date()
app.now = () => now
const hourMs = 3_600_000
const configure = (given: Record<string, string>) => {
  app.config = {
    ...testConfig({ BACKUP_EVERY_HOURS: '6', BACKUP_KEEP: '2', BACKUP_DIR: folder, ...given }),
    databaseUrl: String(app.db.options.connectionString),
  }
}
const names = () => (existsSync(folder) ? readdirSync(folder).toSorted() : [])
const alerts = () =>
  rowsOf<{ detail: string; open: boolean }>(
    app.db,
    `select detail, resolved_at is null as open from alerts where cause = 'integration:backup' order by id`,
  )
beforeEach(async () => {
  await app.wipe()
  rmSync(folder, { recursive: true, force: true })
  now = new Date()
  configure({})
})

test('one is made at once, the next one when it is due, by one of several processes, and only so many are kept', async () => {
  assert.deepEqual(
    await Promise.all([backUpRegularly(app), backUpRegularly(app), backUpRegularly(app)]).then(
      (made) => made.filter(Boolean).length,
    ),
    1,
  )
  for (const hours of [1, 6, 7, 12, 18]) {
    now = new Date(Date.now() + hours * hourMs)
    await backUpRegularly(app)
  }
  assert.equal(names().length, 2)
  assert.match(names()[0]!, /^leads-\d{8}T\d{6}Z\.dump\.gz$/)
})

test('without the setting none is made, nothing is measured and nobody is told', async () => {
  configure({ BACKUP_EVERY_HOURS: '' })
  assert.equal(await backUpRegularly(app), false)
  now = new Date(Date.now() + 1000 * hourMs)
  await watchIntegrations(app, 0)()
  assert.deepEqual([names(), await alerts()], [[], []])
  assert.doesNotMatch(await writeMetrics(app), /lead_backup_age_seconds \d/)
})

test('one that is over a day old raises an alert, with the reason, and the next one ends it', async () => {
  await backUpRegularly(app)
  const look = watchIntegrations(app, 0)
  now = new Date(now.getTime() + 20 * hourMs)
  await look()
  assert.deepEqual(await alerts(), [])
  // The disk of the folder is gone.
  rmSync(folder, { recursive: true })
  writeFileSync(folder, '')
  assert.equal(await backUpRegularly(app), false)
  now = new Date(now.getTime() + 7 * hourMs)
  await look()
  const [raised] = await alerts()
  assert.match(raised!.detail, /the newest is 2\d hours old: .*EEXIST|ENOTDIR/)
  assert.match(await writeMetrics(app), /lead_backup_age_seconds 9\d{4}/)
  rmSync(folder)
  mkdirSync(folder)
  assert.equal(await backUpRegularly(app), true)
  await look()
  assert.deepEqual(
    (await alerts()).map(({ open }) => open),
    [false],
  )
})

test('the first one failing for good is told too', async () => {
  writeFileSync(folder, '')
  await backUpRegularly(app)
  await watchIntegrations(app, 0)()
  const [alert] = await alerts()
  assert.match(alert!.detail, /none could be made yet: /)
  const said = {
    kind: 'integration',
    subject: 'backup',
    detail: alert!.detail,
    count: 1,
    lead_id: null,
  } as const
  assert.match(sayAlert(app, said, 'raised').title, /Резервные копии базы не делаются/)
  // It is tried again in a quarter of an hour, not each minute.
  const [before] = await rowsOf(app.db, `select value from cursors where name = 'backup.last'`)
  await backUpRegularly(app)
  assert.deepEqual((await rowsOf(app.db, `select value from cursors where name = 'backup.last'`))[0], before)
  rmSync(folder)
  now = new Date(now.getTime() + 16 * 60_000)
  assert.equal(await backUpRegularly(app), true)
})
