import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { parse } from 'yaml'
import { createServer } from '../http/server.ts'
import { addInbound, addLead, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(() => app.wipe())

const scrape = () =>
  server.inject({ url: '/metrics', headers: { authorization: `Bearer ${app.config.apiToken}` } })

/** By name with labels as they stand in the text. */
async function metrics(): Promise<Map<string, number>> {
  const answer = await scrape()
  assert.equal(answer.statusCode, 200, answer.body)
  assert.match(String(answer.headers['content-type']), /^text\/plain/)
  return new Map(
    answer.body
      .split('\n')
      .filter((line) => line && !line.startsWith('#'))
      .map((line): [string, number] => {
        const at = line.lastIndexOf(' ')
        return [line.slice(0, at), Number(line.slice(at + 1))]
      }),
  )
}

test('without the token nothing is told', async () => {
  assert.equal((await server.inject('/metrics')).statusCode, 401)
})

test('an empty system keeps every promise', async () => {
  const found = await metrics()
  for (const name of ['unanswered_oldest', 'untouched_oldest'])
    assert.equal(found.get(`lead_${name}_seconds`), 0)
  for (const name of ['dead_letters', 'leases_lost', 'turns_failed', 'turns_repeated', 'telegram_halted'])
    assert.equal(found.get(`lead_${name}`), 0, name)
  assert.equal(found.get('lead_integration_up{integration="database"}'), 1)
  assert.equal(found.get('lead_integration_up{integration="telegram"}'), 0, 'the userbot of a test is off')
  assert.ok(found.get('lead_disk_free_ratio')! > 0)
  assert.ok(found.get('lead_process_resident_memory_bytes')! > 0)
})

test('who waits, what died and what failed is counted, and nobody is named', async () => {
  await addLead(db, 1, { name: 'Secretive Person' })
  await addInbound(db, 1, 'A secret word')
  await db.query(`update lead_heads set unanswered_since = now() - interval '10 minutes' where lead_id = 1`)
  await addLead(db, 2)
  await db.query(`update lead_heads set created_at = now() - interval '1 hour' where lead_id = 2`)
  const held = await runningTurn(db, 2)
  await addLead(db, 3)
  const failed = await runningTurn(db, 3)
  await db.query(`update turns set state = 'failed', fencing = 3, finished_at = now() where id = $1`, [
    failed.turnId,
  ])
  await db.query(`update turns set lease_until = now() - interval '1 minute' where id = $1`, [held.turnId])
  await db.query(
    `insert into switches (name, is_on, by, reason) values ('telegram_halted', true, 'test', 'test')
     on conflict (name) do update set is_on = true`,
  )
  const found = await metrics()
  const near = (name: string, seconds: number) =>
    assert.ok(Math.abs(found.get(name)! - seconds) < 60, `${name} is ${found.get(name)}`)
  near('lead_unanswered_oldest_seconds', 600)
  near('lead_untouched_oldest_seconds', 3600)
  assert.equal(found.get('lead_leases_lost'), 1)
  assert.equal(found.get('lead_turns_failed'), 1)
  assert.equal(found.get('lead_turns_repeated'), 1)
  assert.equal(found.get('lead_telegram_halted'), 1)
  assert.equal(found.get('lead_queue{queue="assistant"}'), 3)
  assert.doesNotMatch((await scrape()).body, /Secretive|secret word/)
})

test('every metric that the alert rules and the dashboard name is there', async () => {
  const names = new Set([...(await metrics()).keys()].map((line) => line.replace(/\{.*/, '')))
  const read = (file: string) =>
    readFileSync(join(import.meta.dirname, '../../../docker/monitoring', file), 'utf8')
  const rules = parse(read('alerts.yaml')) as { groups: { rules: { alert: string; expr: string }[] }[] }
  const board = JSON.parse(read('dashboard.json')) as { panels: { targets: { expr: string }[] }[] }
  const expressions = [
    ...rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr)),
    ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ]
  assert.ok(expressions.length > 20)
  // What has no value in a test: no lead was answered, no token has an end, no calendar was ever read, no backup is wanted.
  const empty = ['lead_first_touch_seconds', 'lead_reply_seconds', 'lead_amocrm_token_ends_seconds']
  const quiet = ['lead_calendar_synced_seconds', 'lead_telegram_account', 'lead_telegram_dialogs_begun']
  const known = new Set([
    ...names,
    ...empty,
    ...quiet,
    'lead_telegram_dialogs_most',
    'lead_backup_age_seconds',
  ])
  for (const expression of expressions)
    for (const [name] of expression.matchAll(/lead_[a-z_0-9]+/g))
      assert.ok(known.has(name), `${name} in: ${expression}`)
})
