import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { dumpSchema } from '../database/dump-schema.ts'
import { openDatabase } from '../database/pool.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { addInbound, addLead, addMeeting, offerIn, rowsOf } from '../testing/seed.ts'
import { scheduleTurn } from '../turns/engine/engine.ts'
import { writeBackupFile } from './backup-file.ts'
import { drillRestore, restoreDatabase, type RestoreOptions } from './restore-database.ts'
import { type Dumped, writeDump } from './write-dump.ts'

const database = await startTestDatabase()
after(() => database.stop())
const folder = mkdtempSync(join(tmpdir(), 'lead-backup-'))
after(() => rmSync(folder, { recursive: true }))
let count = 0
let file = ''
beforeEach(() => {
  file = join(folder, `${++count}.dump.gz`)
})

const withDatabase = async <Result>(
  work: (db: ReturnType<typeof openDatabase>) => Promise<Result>,
  url = database.url,
) => {
  const db = openDatabase(url, 2)
  try {
    return await work(db)
  } finally {
    await db.end()
  }
}
const backUp = async (passphrase: string | null = null, url = database.url): Promise<Dumped> => {
  let dumped: Dumped | undefined
  await writeBackupFile(
    file,
    writeDump(url, (done) => (dumped = done)),
    passphrase,
  )
  return dumped!
}
const options = (more: Partial<RestoreOptions> = {}): RestoreOptions => ({
  file,
  passphrase: null,
  databaseUrl: database.url,
  adminUrl: database.adminUrl,
  now: new Date(),
  log: () => {},
  ...more,
})
const databases = () =>
  withDatabase(async (db) =>
    (await rowsOf<{ datname: string }>(db, 'select datname from pg_database order by 1')).map(
      (row) => row.datname,
    ),
  )

/** Values that a careless format would lose. */
const odd = 'a tab \t, a line\n\\.\nend, a slash \\ \\N, «ёлка» 🎄 and "quotes"'

await withDatabase(async (db) => {
  await db.query(
    `insert into sellers (id, name, calendar_id, time_zone) values ('olga', '{"ru": "О"}', 'olga@x', 'Europe/Moscow')`,
  )
  await addLead(db, 1, { name: odd, facts: { need: odd } })
  await addLead(db, 2, { phone: '+79990000002' })
  await db.query('update leads set continues_lead_id = 1 where id = 2')
  const messageId = await addInbound(db, 1, odd)
  await db.query(`insert into message_files (message_id, state, content) values ($1, 'stored', $2)`, [
    messageId,
    Buffer.from(Array.from({ length: 200_000 }, (_, n) => n % 256)),
  ])
  await addMeeting(db, 1, offerIn(5))
  await scheduleTurn(db, { leadId: 1, kind: 'answer', quietMs: 0, longestMs: 0 })
  await queueMessage(db, { leadId: 1, turnId: null, author: 'ai', text: odd, key: 'one' })
})

test('what is restored is to the row and the letter what was backed up, and the old database is kept', async () => {
  const everything = (url?: string) =>
    withDatabase(
      (db) =>
        rowsOf(
          db,
          `select (select jsonb_agg(to_jsonb(l) order by id) from leads l) as leads,
                  (select jsonb_agg(to_jsonb(m) order by id) from messages m) as messages,
                  (select jsonb_agg(to_jsonb(f)) from message_files f) as files,
                  (select jsonb_agg(to_jsonb(e)) from calendar_events e) as meetings,
                  (select jsonb_agg(to_jsonb(t)) from turns t) as turns,
                  (select jsonb_agg(to_jsonb(h) order by lead_id) from lead_heads h) as heads`,
        ),
      url,
    )
  const before = await everything()
  const dumped = await backUp()
  assert.equal(dumped.rows['leads'], 2)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  await withDatabase((db) => addLead(db, 3))
  const restored = await restoreDatabase(options())
  assert.deepEqual(await everything(), before)
  assert.deepEqual(restored.rows, dumped.rows)
  const kept = new URL(database.url)
  kept.pathname = `/${restored.keptAs}`
  assert.equal(await withDatabase(async (db) => (await rowsOf(db, 'select from leads')).length, kept.href), 3)
  const schema = readFileSync(join(import.meta.dirname, '../../../db/schema.sql'), 'utf8')
  assert.ok((await dumpSchema(database.url)) === schema, 'the schema is that of db/schema.sql')
})

test('no id is given a second time, whatever is restored how often', async () => {
  await backUp()
  const nextIds = () =>
    withDatabase(async (db) => {
      const { outboxId } = await queueMessage(db, {
        leadId: 1,
        turnId: null,
        author: 'ai',
        text: 'x',
        key: `k${Math.random()}`,
      })
      await scheduleTurn(db, { leadId: 2, kind: 'answer', quietMs: 0, longestMs: 0 })
      const [turn] = await rowsOf<{ id: number }>(db, 'select max(id) as id from turns')
      return [outboxId, turn!.id] as const
    })
  const given = [await nextIds()]
  const now = new Date()
  const kept = new Set<string | null>()
  for (let n = 0; n < 2; n++) {
    kept.add((await restoreDatabase(options({ now }))).keptAs)
    given.push(await nextIds())
  }
  assert.equal(kept.size, 2, 'two restores within one second keep two databases')
  assert.equal(new Set(given.map(([outbox]) => outbox)).size, 3)
  assert.equal(new Set(given.map(([, turn]) => turn)).size, 3)
})

test('triggers work after a restore, and do not during it', async () => {
  await backUp()
  await restoreDatabase(options())
  await withDatabase(async (db) => {
    assert.deepEqual(await rowsOf(db, `select from console_changes where kind <> 'delivery'`), [])
    await addLead(db, 77)
    assert.equal((await rowsOf(db, 'select from lead_heads where lead_id = 77')).length, 1)
  })
})

test('a sealed backup shows nothing, opens with its passphrase only, and says what is wrong', async () => {
  await backUp('correct horse battery')
  assert.doesNotMatch(readFileSync(file, 'latin1'), /leads|1f8b/)
  await assert.rejects(drillRestore(options()), /is sealed: set BACKUP_PASSPHRASE/)
  await assert.rejects(
    drillRestore(options({ passphrase: 'wrong' })),
    /cannot be opened with this BACKUP_PASSPHRASE/,
  )
  const drilled = await drillRestore(options({ passphrase: 'correct horse battery' }))
  assert.ok(drilled.rows['leads']! >= 2)
})

test('a drill leaves no database behind and changes nothing', async () => {
  await backUp()
  const before = await databases()
  const db = openDatabase(database.url, 1)
  try {
    await db.query('select 1')
    // Also while the system runs.
    const drilled = await drillRestore(options())
    assert.ok(drilled.rows['messages']! >= 2)
  } finally {
    await db.end()
  }
  assert.deepEqual(await databases(), before)
})

test('nothing is restored while the system runs', async () => {
  await backUp()
  const db = openDatabase(database.url, 1)
  try {
    await db.query('select 1')
    await assert.rejects(restoreDatabase(options()), /The system runs: .*1 connections \(lead-api\)/)
  } finally {
    await db.end()
  }
})

test('a damaged, cut or foreign file is refused, and the present database stays as it was', async () => {
  await backUp()
  const before = await databases()
  const whole = readFileSync(file)
  const refused = async (content: Buffer, reason: RegExp) => {
    writeFileSync(file, content)
    await assert.rejects(restoreDatabase(options()), reason)
    assert.deepEqual(await databases(), before)
  }
  const text = gunzipSync(whole)
  for (const share of [0.2, 0.5, 0.9])
    await refused(whole.subarray(0, whole.length * share), /damaged, or ends too early/)
  // Cut at a line, and packed well.
  await refused(gzipSync(text.subarray(0, text.lastIndexOf('{"rows"'))), /damaged, or ends too early/)
  await refused(
    gzipSync(text.toString('latin1').replace(/"leads":\d+/, '"leads":99')),
    /leads has \d+ rows, and 99 were backed up/,
  )
  await refused(gzipSync('PGDMP'), /is no backup of this system/)
  await refused(Buffer.from('hello'), /no backup of this system|damaged/)
  truncateSync(file, 0)
  await assert.rejects(restoreDatabase(options()), /no backup of this system|damaged/)
})

test('a backup of a newer version, and one of a history that is not ours, are refused with what to do', async () => {
  await backUp()
  const text = gunzipSync(readFileSync(file)).toString('latin1')
  const [first = '', ...rest] = text.split('\n')
  const head = JSON.parse(first) as { version: string; migrations: { name: string; checksum: string }[] }
  const write = (migrations: typeof head.migrations) =>
    writeFileSync(
      file,
      gzipSync(
        Buffer.from(
          [JSON.stringify({ ...head, version: '9.9.9', migrations }), ...rest].join('\n'),
          'latin1',
        ),
      ),
    )
  write([...head.migrations, { name: '9999_later.sql', checksum: 'x' }])
  await assert.rejects(
    restoreDatabase(options()),
    /was made by version 9\.9\.9 .* Check out the version that made it/,
  )
  write(head.migrations.map((one, n) => (n === 5 ? { ...one, name: '0006_renumbered.sql' } : one)))
  await assert.rejects(
    restoreDatabase(options()),
    /does not fit this version: the database has 0006_renumbered\.sql .*docs\/upgrading\.md/,
  )
})

test('a role that may not make databases is told how it may', async () => {
  await backUp()
  await assert.rejects(
    restoreDatabase(options({ adminUrl: database.url.replace(/\/[^/]*$/, '/postgres') })),
    /as a superuser: alter role "leads" createdb/i,
  )
})
