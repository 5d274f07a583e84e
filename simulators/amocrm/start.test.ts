import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { seedWorld } from './seed.ts'
import { startAmocrm } from './start.ts'
import { embedded, startForTest, startReceiver } from './testing.ts'

test('the world and the hooks under way survive a restart', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'amocrm-'))
  t.after(() => rm(folder, { recursive: true }))
  const stateFile = join(folder, 'state', 'amocrm.json')
  const receiver = await startReceiver(t, (n) => (n === 0 ? 500 : 200))

  // Five minutes times this scale: the second attempt is due one second later, after the restart.
  const first = await startForTest(t, { stateFile, retryScale: 1 / 300 })
  await first.api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  await first.api('POST', '/leads', [{ name: 'A' }])
  const [tried] = await first.journaled('hook', 1)
  await first.close()

  const second = await startForTest(t, { stateFile })
  assert.equal((await second.api('GET', '/leads/501001')).body.name, 'A')
  const entries = await second.journaled('hook', 2)
  assert.deepEqual(
    entries.map((entry) => [entry.attempt, entry.status]),
    [
      [1, 500],
      [2, 200],
    ],
  )
  assert.ok(entries[1]!.n > tried!.n)
  const added = await second.api('POST', '/leads', [{ name: 'B' }])
  assert.equal(embedded(added.body, 'leads')[0]!.id, 501002)
})

test('a state file of an older version gets what it does not have yet', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'amocrm-'))
  t.after(() => rm(folder, { recursive: true }))
  const stateFile = join(folder, 'amocrm.json')
  const old = seedWorld('en')
  const parts = ['oauth', 'chats', 'talks', 'channel', 'unsorted', 'held', 'hookStyle', 'isLossReasonEnabled']
  for (const part of parts) Reflect.deleteProperty(old, part)
  await writeFile(stateFile, JSON.stringify({ ...old, limits: { perSecond: 7, retryAfter: 1 } }))
  const { api, sim } = await startForTest(t, { stateFile })
  assert.equal((await sim('POST', '/leads', { contact: { name: 'A' } })).status, 201)
  assert.equal((await sim('POST', '/unsorted', { contact: { name: 'B' } })).status, 201)
  assert.equal((await api('GET', '/account')).body.is_loss_reason_enabled, true)
  assert.equal((await sim('GET', '/leads/501001')).body.chat, null)
})

test('a taken port and a broken state file are clear errors', async (t) => {
  const running = await startForTest(t)
  await assert.rejects(startAmocrm({ port: Number(new URL(running.url).port) }), /EADDRINUSE/)
  const folder = await mkdtemp(join(tmpdir(), 'amocrm-'))
  t.after(() => rm(folder, { recursive: true }))
  const stateFile = join(folder, 'broken.json')
  await writeFile(stateFile, '{')
  await assert.rejects(startAmocrm({ port: 0, stateFile }), /JSON/)
})

test('the page and its parts are served', async (t) => {
  const { url } = await startForTest(t)
  const page = await fetch(url)
  assert.match(page.headers.get('content-type')!, /^text\/html/)
  const html = await page.text()
  const scripts = Array.from(html.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g), (match) => match[1]!)
  for (const path of [...scripts, '/page/card.js', '/page/texts.js']) {
    assert.equal((await fetch(url + path)).status, 200, path)
  }
})
