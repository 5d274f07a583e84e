import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { openDatabase } from '../database/pool.ts'
import { gatherEvents } from './gather-events.ts'
import type { InboxEvent } from './store-event.ts'

const app = await startTestApp()
beforeEach(() => app.wipe())

const event = (dedupeKey: string, more: Partial<InboxEvent> = {}): InboxEvent => ({
  source: 'amocrm',
  dedupeKey,
  contentType: 'x',
  body: Buffer.from([0, 255, 92, 34, 44, 123, 10]),
  ...more,
})
const stored = () =>
  rowsOf<{ dedupe_key: string; body: Buffer; sender_phone: string | null }>(
    app.db,
    'select dedupe_key, body, sender_phone from inbox_events order by id',
  )

test('a burst is stored whole, in its order, to the byte, in few statements', async () => {
  const keys = Array.from({ length: 250 }, (_, n) => `key ${n}`)
  let statements = 0
  const db = {
    ...app.db,
    query: (...given: Parameters<typeof app.db.query>) => {
      statements++
      return app.db.query(...given)
    },
  } as typeof app.db
  const store = gatherEvents(db)
  const sender = { username: 'Оля "ё", {null}', phone: null }
  const added = await Promise.all(keys.map((key) => store(event(key, { sender }))))
  assert.ok(added.every(Boolean))
  const rows = await stored()
  assert.deepEqual(
    rows.map((row) => row.dedupe_key),
    keys,
  )
  assert.ok(rows.every((row) => row.body.equals(event('').body) && row.sender_phone === null))
  const [name] = await rowsOf(app.db, 'select distinct sender_username from inbox_events')
  assert.deepEqual(name, { sender_username: 'Оля "ё", {null}' })
  assert.ok(statements <= 5, `${statements} statements`)
})

test('the same twice at once is kept once, and one of the two hears so', async () => {
  const store = gatherEvents(app.db)
  const added = await Promise.all(['a', 'b', 'b', 'a', 'b'].map((key) => store(event(key))))
  assert.deepEqual(added, [true, true, false, false, false])
  assert.equal(await store(event('a')), false)
  assert.equal(await store(event('a', { source: 'telegram' })), true)
  assert.equal((await stored()).length, 3)
})

test('one that PostgreSQL refuses fails alone', async () => {
  const store = gatherEvents(app.db)
  const bad = event('bad', { body: null as unknown as Buffer })
  const [, ...rest] = [store(event('first')), ...[event('a'), bad, event('b')].map(store)]
  const ended = await Promise.allSettled(rest)
  assert.deepEqual(
    ended.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal((await stored()).length, 3)
})

test('without a database each hears of it, and the next is stored when it is back', async () => {
  const away = openDatabase('postgres://nobody:nothing@127.0.0.1:1/none', 1)
  let db = away
  const store = gatherEvents({
    query: (...given: Parameters<typeof away.query>) => db.query(...given),
  } as typeof away)
  const ended = await Promise.allSettled(['a', 'b', 'c'].map((key) => store(event(key))))
  assert.ok(ended.every(({ status }) => status === 'rejected'))
  db = app.db
  assert.equal(await store(event('a')), true)
  await away.end()
})
