import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Client } from 'pg'
import { startTestDatabase } from '../../../local/postgres/test-database.ts'
import { migrate } from './migrate.ts'

const migrations = join(import.meta.dirname, '../../../db/migrations')
const database = await startTestDatabase()
const client = new Client({ connectionString: database.url })
await client.connect()
after(async () => {
  await client.end()
  await database.stop()
})

/** An empty database with the migrations that come before the one of this name. */
async function before(name: string): Promise<void> {
  const files = readdirSync(migrations).sort()
  const end = files.findIndex((file) => file.endsWith(`_${name}.sql`))
  assert.ok(end > 0, name)
  const folder = mkdtempSync(join(tmpdir(), 'lead-migrations-'))
  for (const file of files.slice(0, end)) cpSync(join(migrations, file), join(folder, file))
  await client.query(
    'drop schema public cascade; create schema public; create extension btree_gist; create extension pgcrypto',
  )
  await migrate(database.url, { folder })
  rmSync(folder, { recursive: true })
}

test('who holds a lead, and by what an opt-out came, is told of leads from before there were columns for it', async () => {
  await before('one_writer_per_fact')
  const held: [control: string, by: string | null, reason: string | null, source: string][] = [
    ['ai', null, null, 'start'],
    ['paused', 'amocrm tag', 'the tag ai:off', 'tag'],
    ['ai', 'amocrm tag', 'the tag was taken off', 'tag'],
    ['human', 'amocrm', 'a note of user 7 on the card', 'note'],
    ['human', 'amocrm', 'the lead was closed as won in amoCRM', 'card'],
    ['human', 'Anna', 'answered from the amoCRM card', 'chat'],
    ['human', 'human', 'wrote to the lead from the phone', 'phone'],
    ['human', 'ai', 'asks for a human', 'decision'],
    ['paused', 'system', 'the conversation goes on in lead 1', 'other_lead'],
    ['human', 'system', 'n8n says no', 'failure'],
    ['human', 'Anna', 'mine', 'operator'],
  ]
  for (const [index, [control, by, reason]] of held.entries())
    await client.query(
      'insert into leads (id, name, control, control_by, control_reason) values ($1, $2, $3, $4, $5)',
      [index + 1, `Lead ${index + 1}`, control, by, reason],
    )
  await client.query(`insert into audit_log (actor, action, lead_id, at) values
    ('Anna', 'control.human', 11, '2026-01-02'), ('Anna', 'control.ai', 11, '2026-01-01'), ('lead', 'message.received', 11, '2026-01-03')`)
  const ways = [
    ['stop words', 'words'],
    ['the classifier', 'classifier'],
    ['/stop', 'command'],
    ['blocked the bot', 'blocked'],
    ['a tag in amoCRM', 'tag'],
    [null, 'other_lead'],
  ] as const
  for (const [index, [how]] of ways.entries()) {
    const id = 100 + index
    await client.query(`insert into leads (id, name, opted_out_at) values ($1, 'One', now())`, [id])
    if (how)
      await client.query(
        `insert into audit_log (actor, action, lead_id, details) values ('lead', 'lead.opted_out', $1, $2)`,
        [id, { how }],
      )
  }

  await migrate(database.url)

  const { rows } = await client.query<{ source: string }>(
    'select control_source as source from leads where id < 100 order by id',
  )
  assert.deepEqual(
    rows.map(({ source }) => source),
    held.map((one) => one[3]),
  )
  const since = await client.query<{ since: Date | null }>(
    'select control_since as since from leads where id in (1, 11) order by id',
  )
  assert.deepEqual(
    since.rows.map((row) => row.since?.toISOString().slice(0, 10) ?? null),
    [null, '2026-01-02'],
  )
  const refused = await client.query<{ source: string }>(
    'select opted_out_source as source from leads where id >= 100 order by id',
  )
  assert.deepEqual(
    refused.rows.map(({ source }) => source),
    ways.map((way) => way[1]),
  )
})

test('which message a delivery is of is told of deliveries from before there was a column for it', async () => {
  await before('every_hot_query_has_its_index')
  await client.query(`insert into leads (id, name) values (1, 'One')`)
  await client.query(`insert into outbox (lead_id, channel, payload, idempotency_key) values
    (1, 'telegram', '{"kind": "text", "messageId": 17, "text": "Hello"}', 'a'), (1, 'amocrm', '{"kind": "note", "text": "Hello"}', 'b')`)
  await migrate(database.url)
  const { rows } = await client.query('select message_id from outbox order by id')
  assert.deepEqual(rows, [{ message_id: '17' }, { message_id: null }])
})
