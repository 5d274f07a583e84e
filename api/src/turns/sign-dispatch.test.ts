import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signDispatch } from './sign-dispatch.ts'

const secret = 'secret-dispatch-0123456789'
const now = new Date('2026-11-20T10:00:00Z')
const ticket = signDispatch(secret, { id: 7, fencing: 3 }, now)
const [header = '', claims = '', signature = ''] = ticket.split('.')
const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())

test('a ticket names its turn, ends after a minute and does not show the secret', () => {
  assert.deepEqual(read(header), { alg: 'HS256', typ: 'JWT' })
  const iat = now.getTime() / 1000
  assert.deepEqual(read(claims), { iat, exp: iat + 60, sub: 'turn 7.3' })
  assert.ok(!ticket.includes(secret) && !ticket.includes(Buffer.from(secret).toString('base64url')))
})

test('another secret, another turn and another second sign differently', () => {
  const signatures = [
    signDispatch('secret-dispatch-0123456780', { id: 7, fencing: 3 }, now),
    signDispatch(secret, { id: 8, fencing: 3 }, now),
    signDispatch(secret, { id: 7, fencing: 4 }, now),
    signDispatch(secret, { id: 7, fencing: 3 }, new Date(now.getTime() + 1000)),
  ].map((other) => other.split('.')[2])
  assert.equal(new Set([signature, ...signatures]).size, 5)
})
