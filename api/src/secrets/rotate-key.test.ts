import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { lockTokens, saveTokens } from '../amocrm/oauth/token-store.ts'
import { inTransaction } from '../database/pool.ts'
import { startTestApp } from '../testing/test-app.ts'
import { createKeyring } from './keyring.ts'
import { rotateKey } from './rotate-key.ts'

const { db } = await startTestApp()

test("amoCRM's tokens open with the new key alone once the keys were rotated", async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)]
  const seed = { kind: 'refresh_token' as const, value: 'seed' }
  const tokens = { access: 'a', refresh: 'r', version: 0, expiresAt: new Date() }
  const read = (keyring: ReturnType<typeof createKeyring>) =>
    inTransaction(db, async (tx) => (await lockTokens(tx, keyring, seed)).pair)
  await inTransaction(db, (tx) => lockTokens(tx, createKeyring(old, null), seed))
  await saveTokens(db, createKeyring(old, null), seed, tokens)
  await assert.rejects(read(createKeyring(fresh, null)), /APP_KEY_OLD/)
  assert.equal(await rotateKey(db, createKeyring(fresh, old)), 1)
  assert.deepEqual(await read(createKeyring(fresh, null)), { access: 'a', refresh: 'r' })
})
