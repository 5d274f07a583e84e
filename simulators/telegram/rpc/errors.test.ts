import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorCode } from './errors.ts'

test('the code that goes with an error text', () => {
  const codes = {
    FLOOD_WAIT_30: 420,
    PEER_FLOOD: 400,
    USER_PRIVACY_RESTRICTED: 403,
    AUTH_KEY_DUPLICATED: 406,
    SESSION_REVOKED: 401,
    ALLOW_PAYMENT_REQUIRED_50: 403,
    FROZEN_METHOD_INVALID: 420,
    RANDOM_ID_DUPLICATE: 500,
    NEVER_HEARD_OF: 400,
  }
  for (const [text, code] of Object.entries(codes)) assert.equal(errorCode(text), code, text)
})
