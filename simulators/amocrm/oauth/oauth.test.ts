import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startForTest, startReceiver } from '../testing.ts'
import { disabledSignature } from './tell-disabled.ts'

const client = {
  client_id: 'client-1',
  client_secret: 'secret-1',
  redirect_uri: 'https://crm.example.test/back',
}
const grant = { clientId: client.client_id, redirectUri: client.redirect_uri }

async function startWithPair(t: TestContext) {
  const simulator = await startForTest(t, { token: 'long-lived', clientSecret: client.client_secret })
  const { sim, send } = simulator
  const token = (body: object) => send('POST', '/oauth2/access_token', { ...client, ...body })
  const byCode = (code: unknown) => token({ grant_type: 'authorization_code', code })
  const refresh = (refresh_token: unknown, more: object = {}) =>
    token({ grant_type: 'refresh_token', refresh_token, ...more })
  const account = async (access: unknown) =>
    (await send('GET', '/api/v4/account', undefined, String(access))).status
  const { code } = (await sim('POST', '/tokens/code', grant)).body
  return { ...simulator, code, byCode, refresh, account }
}

test('a code gives a pair once; the access token says where it ends and is let in', async (t) => {
  const { code, byCode, account } = await startWithPair(t)
  const pair = await byCode(code)
  assert.equal(pair.status, 200)
  assert.deepEqual([pair.body.token_type, pair.body.expires_in], ['Bearer', 86_400])
  const claims = JSON.parse(
    Buffer.from(String(pair.body.access_token).split('.')[1]!, 'base64url').toString(),
  )
  assert.equal(claims.account_id, 31000001)
  assert.equal(claims.exp - claims.iat, 86_400)
  assert.match(claims.api_domain, /^127\.0\.0\.1:\d+$/)
  assert.equal(await account(pair.body.access_token), 200)
  assert.equal(await account('long-lived'), 200)
  assert.equal(await account('other'), 401)
  const again = await byCode(code)
  assert.deepEqual([again.status, again.body.hint], [400, 'Authorization code has been revoked'])
  assert.equal((await byCode('nonsense')).status, 400)
})

test('a refresh token is good once; the second of two at the same time is told it was revoked', async (t) => {
  const { code, byCode, refresh, account, journal } = await startWithPair(t)
  const first = (await byCode(code)).body
  const answers = await Promise.all([refresh(first.refresh_token), refresh(first.refresh_token)])
  const good = answers.find((answer) => answer.status === 200)!
  const late = answers.find((answer) => answer.status !== 200)!
  assert.deepEqual([late.status, late.body.hint], [401, 'Token has been revoked'])
  assert.match(late.type, /^application\/problem\+json/)
  assert.match(String(late.body.type), /OAuthProblemJson$/)
  assert.equal(await account(good.body.access_token), 200)
  assert.notEqual(good.body.refresh_token, first.refresh_token)
  assert.deepEqual(
    (await journal('token')).map((entry) => [entry.grant, entry.ok]),
    [
      ['authorization_code', true],
      ['refresh_token', true],
      ['refresh_token', false],
    ],
  )
})

test('a wrong address is 400 and a wrong secret 401, and neither uses the token up', async (t) => {
  const { code, byCode, refresh } = await startWithPair(t)
  const { refresh_token } = (await byCode(code)).body
  assert.equal((await refresh(refresh_token, { redirect_uri: 'https://other.example.test' })).status, 400)
  assert.equal((await refresh(refresh_token, { client_secret: 'wrong' })).status, 401)
  assert.equal((await refresh(refresh_token, { client_id: 'client-2' })).status, 401)
  assert.equal((await refresh('')).status, 400)
  assert.equal((await refresh(refresh_token)).status, 200)
})

test('an access token ends after 24 hours and a refresh token after three months', async (t) => {
  const { code, byCode, refresh, account, sim } = await startWithPair(t)
  const { access_token, refresh_token } = (await byCode(code)).body
  await sim('POST', '/clock', { aheadSeconds: 86_399 - 60 })
  assert.equal(await account(access_token), 200)
  await sim('POST', '/clock', { aheadSeconds: 86_400 })
  assert.equal(await account(access_token), 401)
  const second = (await refresh(refresh_token)).body
  assert.equal(await account(second.access_token), 200)
  await sim('POST', '/clock', { aheadSeconds: 92 * 86_400 })
  const late = await refresh(second.refresh_token)
  assert.deepEqual([late.status, late.body.hint], [401, 'Token has expired'])
})

test('tokens can be ended, revoked and all refused in the middle of a run', async (t) => {
  const { sim, refresh, account, send } = await startWithPair(t)
  const pair = (await sim('POST', '/tokens/pair', grant)).body
  await sim('POST', '/tokens/expire')
  assert.equal(await account(pair.access_token), 401)
  const second = (await refresh(pair.refresh_token)).body
  assert.equal(await account(second.access_token), 200)
  await sim('POST', '/tokens/settings', { refuseAll: true })
  assert.deepEqual([await account(second.access_token), await account('long-lived')], [401, 401])
  await sim('POST', '/tokens/settings', { refuseAll: false })
  assert.equal(await account('long-lived'), 200)
  await sim('POST', '/tokens/revoke')
  assert.equal((await refresh(second.refresh_token)).status, 401)
  assert.equal((await send('GET', '/oauth2/account/current/subdomain')).status, 401)
})

test('the consent page leads back with a code and the account; a refresh token tells the account', async (t) => {
  const { url, byCode } = await startWithPair(t)
  const query = new URLSearchParams({
    client_id: grant.clientId,
    redirect_uri: grant.redirectUri,
    state: 's 1',
  })
  const consent = await fetch(`${url}/oauth?${query}`, { redirect: 'manual' })
  const back = new URL(consent.headers.get('location')!)
  assert.deepEqual(
    [back.origin + back.pathname, back.searchParams.get('state'), back.searchParams.get('referer')],
    [grant.redirectUri, 's 1', new URL(url).host],
  )
  const pair = (await byCode(back.searchParams.get('code'))).body
  const headers = { 'x-refresh-token': String(pair.refresh_token) }
  const account = await fetch(`${url}/oauth2/account/current/subdomain`, { headers })
  assert.deepEqual(await account.json(), {
    id: 31000001,
    subdomain: 'demo',
    domain: new URL(url).host,
    top_level_domain: 'ru',
  })
})

test('an integration that is switched off is told so, signed as computed by hand', async (t) => {
  const client_uuid = '99999999-8888-7777-6666-555555555555'
  const signature = 'fbe9f6b699d8b9e14ea274e72c8e743d748d02be49b93d986fb5a94698acd11b'
  assert.equal(disabledSignature(client_uuid, 12345678, 'client-secret-xyz'), signature)

  const { sim, account } = await startWithPair(t)
  const receiver = await startReceiver(t)
  const pair = (await sim('POST', '/tokens/pair', grant)).body
  const notify = { url: receiver.url, clientId: client_uuid, clientSecret: 'client-secret-xyz' }
  assert.equal((await sim('POST', '/tokens/revoke', { notify })).status, 204)
  const told = new URL(receiver.received[0]!.path, receiver.url).searchParams
  assert.deepEqual(Object.fromEntries(told), {
    account_id: '31000001',
    client_uuid,
    signature: disabledSignature(client_uuid, 31000001, 'client-secret-xyz'),
  })
  assert.equal(await account(pair.access_token), 401)
})
