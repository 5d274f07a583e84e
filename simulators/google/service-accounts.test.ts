import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { test, type TestContext } from 'node:test'
import { startGoogle } from './start.ts'
import { simOf } from './testing.ts'

const email = 'booking@lead-demo.iam.gserviceaccount.com'
const anna = 'anna@company.example'
const scope = (name: string) => `https://www.googleapis.com/auth/${name}`
const ours = [scope('calendar.events'), scope('calendar.freebusy')]
const makeKeys = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
const keys = makeKeys()
const known = { email, keys: [{ id: 'k1', publicKey: keys.publicKey }], scopes: ours }

async function start(t: TestContext) {
  const google = await startGoogle({ port: 0, calendars: [{ id: anna, timeZone: 'Europe/Moscow' }] })
  t.after(google.close)
  const sim = simOf(google.url)
  await sim('POST', 'service-accounts', known)
  return { ...google, sim }
}

type Change = {
  claims?: Record<string, unknown>
  header?: Record<string, unknown>
  key?: string
  spoil?: (assertion: string) => string
}
const seconds = () => Math.floor(Date.now() / 1000)

async function exchange(url: string, change: Change = {}) {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const iat = seconds()
  const claims = { iss: email, scope: ours.join(' '), aud: `${url}/token`, iat, exp: iat + 3600, sub: anna }
  const signed = [
    part({ alg: 'RS256', typ: 'JWT', kid: 'k1', ...change.header }),
    part({ ...claims, ...change.claims }),
  ].join('.')
  const signature = sign('sha256', Buffer.from(signed), change.key ?? keys.privateKey).toString('base64url')
  const assertion = `${signed}.${signature}`
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: change.spoil?.(assertion) ?? assertion,
  })
  const answer = await fetch(`${url}/token`, { method: 'POST', body })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

async function insert(url: string, token: unknown, more: object = {}) {
  const begin = new Date(Date.now() + 86_400_000)
  const answer = await fetch(`${url}/calendar/v3/calendars/${anna}/events?conferenceDataVersion=1`, {
    method: 'POST',
    headers: { authorization: `Bearer ${String(token)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      start: { dateTime: begin.toISOString() },
      end: { dateTime: new Date(begin.getTime() + 60_000).toISOString() },
      ...more,
    }),
  })
  const { error } = (await answer.json()) as { error?: { errors: { reason: string }[] } }
  return `${answer.status} ${error?.errors[0]?.reason ?? ''}`.trim()
}
const guests = { attendees: [{ email: 'guest@mail.example' }] }
const room = {
  conferenceData: { createRequest: { requestId: 'r', conferenceSolutionKey: { type: 'hangoutsMeet' } } },
}

test('a signed assertion gives a token without refresh token or scope, which acts as the subject', async (t) => {
  const { url } = await start(t)
  const { status, body } = await exchange(url)
  assert.equal(status, 200)
  assert.deepEqual(
    { ...body, access_token: typeof body['access_token'] },
    { access_token: 'string', expires_in: 3599, token_type: 'Bearer' },
  )
  assert.equal(await insert(url, body['access_token'], { ...guests, ...room }), '200')
})

test("Google's own audience is right too", async (t) => {
  const { url } = await start(t)
  const { status } = await exchange(url, { claims: { aud: 'https://oauth2.googleapis.com/token' } })
  assert.equal(status, 200)
})

test('without a subject it is the account itself: events, but neither guests nor a Meet room', async (t) => {
  const { url } = await start(t)
  for (const sub of [undefined, email]) {
    const { body } = await exchange(url, { claims: { sub } })
    const token = body['access_token']
    assert.equal(await insert(url, token), '200')
    assert.equal(await insert(url, token, guests), '403 forbiddenForServiceAccounts')
    assert.equal(await insert(url, token, room), '400 invalid')
  }
})

test('a token does what its own assertion asked for, not what a person consented to', async (t) => {
  const { url } = await start(t)
  const { body } = await exchange(url, { claims: { scope: scope('calendar.freebusy') } })
  assert.equal(await insert(url, body['access_token']), '403 insufficientPermissions')
})

const refused: [name: string, change: Change, says: string, description: RegExp][] = [
  ['a key that is not known', { key: makeKeys().privateKey }, '400 invalid_grant', /Signature/],
  ['the id of a key that was deleted', { header: { kid: 'k0' } }, '400 invalid_grant', /Signature/],
  [
    'claims changed after signing',
    { spoil: (jwt) => jwt.replace(/\.([^.]+)\./, (_all, claims: string) => `.${claims.slice(0, -4)}AAAA.`) },
    '400 invalid_grant',
    /Invalid JWT/,
  ],
  ['no algorithm', { header: { alg: 'none' } }, '400 invalid_grant', /Invalid JWT/],
  ['the secret algorithm', { header: { alg: 'HS256' } }, '400 invalid_grant', /Invalid JWT/],
  ['an unknown account', { claims: { iss: 'nobody@x.example' } }, '400 invalid_grant', /account not found/],
  ['another audience', { claims: { aud: 'https://evil.example/token' } }, '400 invalid_grant', /audience/],
  [
    'a clock an hour ahead',
    { claims: { iat: seconds() + 3600, exp: seconds() + 5400 } },
    '400 invalid_grant',
    /timeframe/,
  ],
  [
    'a clock hours behind',
    { claims: { iat: seconds() - 9000, exp: seconds() - 5400 } },
    '400 invalid_grant',
    /timeframe/,
  ],
  ['a life of two hours', { claims: { exp: seconds() + 7200 } }, '400 invalid_grant', /timeframe/],
  ['no scope', { claims: { scope: '' } }, '400 invalid_scope', /scope/],
  [
    'a subject who is nobody',
    { claims: { sub: 'nobody@company.example' } },
    '400 invalid_grant',
    /email or User ID/,
  ],
  [
    'a scope that was not delegated',
    { claims: { scope: [...ours, scope('drive')].join(' ') } },
    '401 unauthorized_client',
    /unauthorized/,
  ],
  ['no JWT', { spoil: () => 'nonsense' }, '400 invalid_grant', /Invalid JWT/],
]
for (const [name, change, says, description] of refused)
  test(`refused: ${name}`, async (t) => {
    const { url } = await start(t)
    const { status, body } = await exchange(url, change)
    assert.equal(`${status} ${String(body['error'])}`, says)
    assert.match(String(body['error_description']), description)
    assert.equal((await exchange(url)).status, 200, 'the right one still passes')
  })

test('without delegation it is unauthorized_client; a deleted key is a wrong signature', async (t) => {
  const { url, sim } = await start(t)
  await sim('POST', 'service-accounts', { ...known, scopes: null })
  assert.equal((await exchange(url)).body['error'], 'unauthorized_client')
  await sim('POST', 'service-accounts', { ...known, keys: [] })
  assert.match(String((await exchange(url)).body['error_description']), /Signature/)
})
