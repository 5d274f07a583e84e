import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { beforeEach, test } from 'node:test'
import { addLead, rowsOf } from '../../testing/seed.ts'
import { startTestApp } from '../../testing/test-app.ts'
import { createKeyring } from '../../secrets/keyring.ts'
import { createSessionStorage } from './session-storage.ts'

const { db, wipe } = await startTestApp()
const key = randomBytes(32)
const authKey = randomBytes(256)
const erasedId = 4242
beforeEach(async () => {
  await wipe()
  await db.query(`insert into telegram_accounts (id) values ('main'), ('other')`)
})

const open = async ({ accountId = 'main', sealedWith = key, settle = async () => {} } = {}) => {
  const storage = createSessionStorage(db, {
    accountId,
    keyring: createKeyring(sealedWith, null),
    settle,
    erased: async (ids) => new Set(ids.filter((id) => id === erasedId)),
  })
  await storage.driver.load?.()
  return storage
}
const stored = () =>
  rowsOf<{ kind: string; key: string; value: Buffer }>(
    db,
    'select kind, key, value from telegram_sessions order by kind, key',
  )
const peer = (id: number, updated: number, usernames: string[], phone?: string) => ({
  id,
  accessHash: '123456789',
  isMin: false,
  usernames,
  updated,
  phone,
  complete: randomBytes(40),
})

test('what one process saved the next one loads: values, auth keys, people', async () => {
  const first = await open()
  await first.kv.set('dc', Buffer.from([1, 2, 3]))
  await first.authKeys.set(2, authKey)
  await addLead(db, 1, { telegram_user_id: 700 })
  const ivan = peer(700, 1, ['ivan_p'], '79991234567')
  await first.peers.store(ivan)
  await first.driver.save?.()

  const second = await open()
  assert.deepEqual(await second.kv.get('dc'), Buffer.from([1, 2, 3]))
  assert.deepEqual(await second.authKeys.get(2), authKey)
  assert.deepEqual(await second.peers.getById(700), ivan)
  assert.deepEqual(await second.peers.getByUsername('Ivan_P'), ivan)
  assert.deepEqual(await second.peers.getByPhone('79991234567'), ivan)
  assert.equal(await second.kv.get('absent'), null)
  assert.equal(await second.authKeys.get(4), null)
  assert.equal(await second.peers.getById(1), null)
})

test('of the people, those are kept who are ours; the others as soon as they are', async () => {
  const storage = await open()
  await storage.peers.store(peer(701, 1, ['a_friend'], '79990000000'))
  await storage.driver.save?.()
  assert.deepEqual(await stored(), [])
  assert.ok(await storage.peers.getById(701))
  await addLead(db, 1, { telegram_user_id: 701 })
  await storage.driver.save?.()
  assert.deepEqual(
    (await stored()).map(({ kind, key: name }) => [kind, name]),
    [['peer', '701']],
  )
})

test('of several people under one username the newest counts', async () => {
  const storage = await open()
  await storage.peers.store(peer(1, 100, ['name']))
  await storage.peers.store(peer(2, 300, ['name']))
  await storage.peers.store(peer(3, 200, ['name']))
  assert.equal((await storage.peers.getByUsername('name'))!.id, 2)
})

test('an auth key is stored at once, and encrypted', async () => {
  const storage = await open()
  await storage.authKeys.set(2, authKey)
  const [row, ...others] = await stored()
  assert.equal(others.length, 0)
  assert.equal(row!.kind, 'auth_key')
  for (let at = 0; at + 16 <= authKey.length; at += 16)
    assert.equal(row!.value.includes(authKey.subarray(at, at + 16)), false)
})

test('with another app key, or in another row, it does not open', async () => {
  const storage = await open()
  await storage.authKeys.set(2, authKey)
  await assert.rejects(open({ sealedWith: randomBytes(32) }))
  await db.query(`update telegram_sessions set account_id = 'other'`)
  await assert.rejects(open({ accountId: 'other' }))
  await db.query(`update telegram_sessions set account_id = 'main', key = '4'`)
  await assert.rejects(open())
})

test('a deleted value is gone, also in the database', async () => {
  const storage = await open()
  await storage.kv.set('a', Buffer.from('1'))
  await storage.kv.set('b', Buffer.from('2'))
  await storage.authKeys.set(2, authKey)
  await storage.driver.save?.()
  await storage.kv.delete('a')
  await storage.authKeys.deleteByDc(2)
  await storage.driver.save?.()
  assert.deepEqual(
    (await stored()).map((row) => row.key),
    ['b'],
  )
  await storage.kv.deleteAll()
  await storage.driver.save?.()
  assert.deepEqual(await stored(), [])
})

test('a save waits until all messages are stored, and writes nothing when one was not', async () => {
  const gate = Promise.withResolvers<void>()
  const storage = await open({ settle: () => gate.promise })
  await storage.kv.set('pts', Buffer.from('100'))
  const saving = storage.driver.save!()
  assert.deepEqual(await stored(), [])
  gate.reject(new Error('a message was not stored'))
  await assert.rejects(async () => saving, /was not stored/)
  assert.deepEqual(await stored(), [])
})

test('what a failed save did not write the next one writes', async () => {
  let broken = true
  const storage = await open({
    settle: async () => {
      if (broken) throw new Error('not stored')
    },
  })
  await storage.kv.set('pts', Buffer.from('100'))
  await assert.rejects(async () => storage.driver.save?.())
  broken = false
  await storage.driver.save?.()
  assert.deepEqual(
    (await stored()).map((row) => row.key),
    ['pts'],
  )
})

test('storing an auth key does not store the position in the stream of updates with it', async () => {
  const storage = await open({ settle: () => Promise.reject(new Error('a message was not stored')) })
  await storage.kv.set('pts', Buffer.from('100'))
  await storage.authKeys.set(2, authKey)
  assert.deepEqual(
    (await stored()).map((row) => row.kind),
    ['auth_key'],
  )
})

test('a wiped session is gone here and in the database; another account keeps its own', async () => {
  const storage = await open()
  const other = await open({ accountId: 'other' })
  for (const one of [storage, other]) {
    await one.kv.set('a', Buffer.from('1'))
    await one.authKeys.set(2, authKey)
    await one.peers.store(peer(700, 1, ['ivan_p']))
    await one.driver.save?.()
  }
  await storage.wipe()
  assert.equal(await storage.authKeys.get(2), null)
  assert.equal(await storage.kv.get('a'), null)
  assert.equal(await storage.peers.getById(700), null)
  assert.deepEqual(await rowsOf(db, 'select distinct account_id from telegram_sessions'), [
    { account_id: 'other' },
  ])
})

test('a person who was erased is not remembered again, in the database nor by the process', async () => {
  await addLead(db, 1, { telegram_user_id: 700 })
  const storage = await open()
  await storage.peers.store(peer(erasedId, 1, ['erased_one'], '79990000000'))
  await storage.peers.store(peer(700, 1, ['ivan_p']))
  await storage.driver.save?.()
  assert.deepEqual(
    (await stored()).map((row) => row.key),
    ['700'],
  )
  assert.equal(await storage.peers.getByUsername('erased_one'), null)
})
