import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { n8nRuntime } from './n8n-install.ts'
import { hashOwnerPassword } from './owner-password.ts'

const isInstalled = existsSync(join(n8nRuntime, 'node_modules/bcryptjs'))

test(
  'the hash of a password outlives a restart, and differs by password and installation',
  {
    skip: isInstalled ? false : 'n8n is not installed',
  },
  () => {
    const bcrypt = createRequire(join(n8nRuntime, 'package.json'))('bcryptjs') as Parameters<
      typeof hashOwnerPassword
    >[0] & { compareSync: (password: string, hash: string) => boolean }
    const hash = hashOwnerPassword(bcrypt, 'пароль', 'key one')
    assert.equal(hashOwnerPassword(bcrypt, 'пароль', 'key one'), hash)
    assert.notEqual(hashOwnerPassword(bcrypt, 'пароль', 'key two'), hash)
    assert.ok(bcrypt.compareSync('пароль', hash))
    assert.ok(!bcrypt.compareSync('password', hash))
    // What n8n takes for a hash.
    assert.match(hash, /^\$2[ayb]\$.{56}$/)
  },
)
