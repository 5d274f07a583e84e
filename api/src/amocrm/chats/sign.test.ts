import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSignedHook, signRequest } from './sign.ts'

const secret = '0123456789abcdef0123456789abcdef01234567'

test('a request is signed as in the known example', () => {
  const headers = signRequest(
    {
      method: 'POST',
      path: '/v2/origin/custom/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/connect',
      body: '{"account_id":"11111111-2222-3333-4444-555555555555","title":"LeadBot","hook_api_version":"v2"}',
      date: new Date('2026-01-01T12:00:00Z'),
    },
    secret,
  )
  assert.deepEqual(headers, {
    date: 'Thu, 01 Jan 2026 12:00:00 +0000',
    'content-type': 'application/json',
    'content-md5': '5504705af3021d489c67f301d2edf63b',
    'x-signature': 'd165cf8432f3ad24fc6aa17b8b8086e5b2f9e5d6',
  })
})

test('the MD5 of a request without a body is that of the empty text', () => {
  const headers = signRequest({ method: 'GET', path: '/v2/x', body: '', date: new Date(0) }, secret)
  assert.equal(headers['content-md5'], 'd41d8cd98f00b204e9800998ecf8427e')
})

const hook = '{"account_id":"11111111-2222-3333-4444-555555555555","time":1767268800,"message":{}}'
const right = '8ea5ed348b17294932a552fce5e1d54fad800e10'
const hooks: [name: string, body: string, signature: string, secret: string, good: boolean][] = [
  ['the known example', hook, right, secret, true],
  ['capital letters', hook, right.toUpperCase(), secret, true],
  ['a newline behind the body', `${hook}\n`, right, secret, true],
  ['another body', hook.replace('1767268800', '1767268801'), right, secret, false],
  ['another secret', hook, right, `${secret}0`, false],
  ['no signature', hook, '', secret, false],
  ['a part of the signature', hook, right.slice(0, 20), secret, false],
  ['something else', hook, 'ы'.repeat(20), secret, false],
]
for (const [name, body, signature, key, good] of hooks) {
  test(`a hook with ${name} is ${good ? 'taken' : 'refused'}`, () => {
    assert.equal(isSignedHook(Buffer.from(body), signature, key), good)
  })
}
