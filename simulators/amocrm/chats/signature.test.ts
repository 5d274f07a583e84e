import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hookSignature, md5Of, requestSignature } from './signature.ts'

const secret = '0123456789abcdef0123456789abcdef01234567'
const accountId = '11111111-2222-3333-4444-555555555555'

test('a request is signed as computed by hand', () => {
  const body = `{"account_id":"${accountId}","title":"LeadBot","hook_api_version":"v2"}`
  const md5 = md5Of(body)
  assert.equal(md5, '5504705af3021d489c67f301d2edf63b')
  const signed = {
    method: 'POST',
    md5,
    contentType: 'application/json',
    date: 'Thu, 01 Jan 2026 12:00:00 +0000',
    path: '/v2/origin/custom/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee/connect',
  }
  assert.equal(requestSignature(signed, secret), 'd165cf8432f3ad24fc6aa17b8b8086e5b2f9e5d6')
  assert.equal(md5Of(''), 'd41d8cd98f00b204e9800998ecf8427e')
})

test('a hook is signed over its exact body', () => {
  const body = `{"account_id":"${accountId}","time":1767268800,"message":{}}`
  assert.equal(hookSignature(body, secret), '8ea5ed348b17294932a552fce5e1d54fad800e10')
  assert.notEqual(hookSignature(`${body}\n`, secret), '8ea5ed348b17294932a552fce5e1d54fad800e10')
})
