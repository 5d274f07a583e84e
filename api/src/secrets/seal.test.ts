import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)
const place = 'telegram_sessions\nmain\nauth_key\n2'

test('what was sealed opens at its place, whatever it is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (plain, anywhere) => {
      assert.deepEqual([...unseal(key, anywhere, seal(key, anywhere, plain))], [...plain])
    }),
  )
})

test('the same value is never sealed the same way twice, and is not readable', () => {
  const plain = Buffer.from('the key of the account')
  const [one, two] = [seal(key, place, plain), seal(key, place, plain)]
  assert.notDeepEqual(one, two)
  assert.equal(one.includes(plain), false)
})

test('any changed, missing or added byte is noticed', () => {
  const sealed = seal(key, place, Buffer.from('secret'))
  for (let at = 0; at < sealed.length; at++) {
    const tampered = Buffer.from(sealed)
    tampered[at]! ^= 1
    assert.throws(() => unseal(key, place, tampered), `byte ${at} was changed`)
    assert.throws(() => unseal(key, place, sealed.subarray(0, at)), `cut at ${at}`)
  }
  assert.throws(() => unseal(key, place, Buffer.concat([sealed, Buffer.from([0])])))
  // A shortened tag would be far easier to guess.
  const empty = seal(key, place, Buffer.alloc(0))
  for (const length of [16, 20, 24]) assert.throws(() => unseal(key, place, empty.subarray(0, length)))
})

test('it does not open at another place or with another key', () => {
  const sealed = seal(key, place, Buffer.from('secret'))
  assert.throws(() => unseal(key, place.replace('main', 'other'), sealed))
  assert.throws(() => unseal(randomBytes(32), place, sealed))
})
