import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeTrouble } from './judge-trouble.ts'

const refused = (reason: string, domain = 'global') => ({
  status: 403,
  body: { error: { errors: [{ domain, reason, message: 'x' }], code: 403, message: 'x' } },
})
const meaning = (answer: Parameters<typeof judgeTrouble>[0]) => {
  const trouble = judgeTrouble(answer)
  return trouble && ('by' in trouble ? `${trouble.next} ${trouble.by}` : trouble.next)
}

test('a quota passes', () => {
  for (const reason of ['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded', 'dailyLimitExceeded'])
    assert.equal(meaning(refused(reason, 'usageLimits')), 'later', reason)
  assert.equal(meaning({ status: 403, body: { error: { status: 'RESOURCE_EXHAUSTED_QUOTA' } } }), 'later')
})

test('a missing right does not pass', () => {
  assert.equal(meaning(refused('insufficientPermissions')), 'disconnected scope')
  assert.equal(meaning(refused('requiredAccessLevel')), 'disconnected calendar')
  assert.equal(meaning(refused('forbidden')), 'disconnected calendar')
  // The API is switched off for the whole project: no calendar of it works.
  assert.equal(meaning(refused('accessNotConfigured', 'usageLimits')), 'disconnected credential')
  const frontEnd = { details: [{ reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT' }], status: 'PERMISSION_DENIED' }
  assert.equal(meaning({ status: 403, body: { error: frontEnd } }), 'disconnected scope')
})

test('a dead credential says what mends it, in the words of Google and of n8n', () => {
  const mendOf = (error: string) => {
    const trouble = judgeTrouble({ status: 0, error })
    return trouble?.next === 'disconnected' ? trouble.reason : trouble?.next
  }
  assert.match(mendOf('Client authentication failed (e.g., unknown client)')!, /GOOGLE_CLIENT_SECRET/)
  assert.match(mendOf('invalid_client')!, /GOOGLE_CLIENT_SECRET/)
  assert.match(
    mendOf('The client is not authorized to request an authorization code using this method.')!,
    /another OAuth client/,
  )
  assert.match(mendOf('invalid_grant: Token has been expired or revoked.')!, /GOOGLE_REFRESH_TOKEN/)
})

test('what Google refuses for one event is for a human', () => {
  assert.equal(meaning(refused('forbiddenForServiceAccounts', 'calendar')), 'impossible')
  assert.equal(meaning({ status: 400 }), 'impossible')
})

test('a 403 that is not of Google may pass', () => {
  for (const body of [undefined, '<html>', { error: 'no' }])
    assert.equal(meaning({ status: 403, body }), 'later')
})

test('no answer: a dead credential is told from a broken connection', () => {
  for (const error of [
    'The credential "Google Calendar" needs to be reconnected.',
    'invalid_grant',
    'Token request failed: invalid_client',
    'OAuth credentials not connected',
  ])
    assert.equal(meaning({ status: 0, error }), 'disconnected credential', error)
  for (const error of [undefined, 'connect ECONNREFUSED 127.0.0.1:4040', 'timeout of 20000ms exceeded'])
    assert.equal(meaning({ status: 0, error }), 'later', error)
})

test('answers that depend on the question are left to it', () => {
  for (const status of [200, 204, 404, 409, 410, 412]) assert.equal(judgeTrouble({ status }), null)
})
