import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createServer } from '../../api/src/http/server.ts'
import { googleTokenClient } from '../../api/src/secrets/google-token-client.ts'
import { makeKeyFile } from '../../api/src/testing/service-account-key.ts'
import { startTestApp } from '../../api/src/testing/test-app.ts'
import { testConfig, testVariables } from '../../api/src/testing/test-config.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { ask } from '../system.ts'

describe('POST /google/token: what n8n asks instead of Google', async () => {
  const key = makeKeyFile()
  const anna = 'anna@company.example'
  const scopes = ['events', 'freebusy'].map((name) => `https://www.googleapis.com/auth/calendar.${name}`)
  const known = { email: key.email, keys: [{ id: key.id, publicKey: key.publicKey }], scopes }
  const google = await startGoogle({ port: 0, calendars: [{ id: anna, timeZone: 'Europe/Moscow' }] })
  after(() => google.close())
  let now = new Date()
  const settings = {
    GOOGLE_SERVICE_ACCOUNT: key.content,
    GOOGLE_CALENDAR_EMAIL: anna,
    SIM_GOOGLE_PORT: String(google.port),
  }
  const app = await startTestApp({ config: testConfig(settings), now: () => now })
  let server = await createServer(app)
  after(() => server.close())
  /** A new one each time: it remembers tokens and wrong secrets. */
  beforeEach(async () => {
    now = new Date()
    await server.close()
    server = await createServer(app)
    await ask(`${google.url}/_sim/faults`, { method: 'DELETE' })
    await ask(`${google.url}/_sim/reset`, { json: {} })
    await ask(`${google.url}/_sim/service-accounts`, { json: known })
  })

  const client = googleTokenClient(testVariables.API_TOKEN)
  /** The form that n8n's OAuth client sends. */
  const good = {
    grant_type: 'refresh_token',
    refresh_token: client.GOOGLE_REFRESH_TOKEN,
    client_id: client.GOOGLE_CLIENT_ID,
    client_secret: client.GOOGLE_CLIENT_SECRET,
  }
  async function post(form: Record<string, string> = good, headers: Record<string, string> = {}) {
    const answer = await server.inject({
      method: 'POST',
      url: '/google/token',
      payload: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
    return {
      status: answer.statusCode,
      body: answer.json<Record<string, unknown>>(),
      headers: answer.headers,
    }
  }
  const exchanges = async () =>
    ((await ask(`${google.url}/_sim/journal`)).body as { entries: { kind: string }[] }).entries.filter(
      ({ kind }) => kind === 'token',
    ).length

  test('an access token with which Google answers, by a client in the form or as Basic auth', async () => {
    const basic = `Basic ${Buffer.from(`${good.client_id}:${good.client_secret}`).toString('base64')}`
    for (const given of [
      await post(),
      await post({ grant_type: 'refresh_token', refresh_token: 'any' }, { authorization: basic }),
    ]) {
      assert.equal(given.status, 200)
      assert.equal(given.headers['cache-control'], 'no-store')
      const token = String(given.body['access_token'])
      assert.equal((await ask(`${google.url}/calendar/v3/calendars/${anna}/events`, { token })).status, 200)
    }
  })

  test('all who ask within a minute share one exchange; who asks later was refused with it and gets another', async () => {
    const asked = await exchanges()
    const given = await Promise.all([post(), post(), post()])
    now = new Date(now.getTime() + 50_000)
    given.push(await post())
    assert.equal(new Set(given.map(({ body }) => body['access_token'])).size, 1)
    assert.equal((await exchanges()) - asked, 1)
    now = new Date(now.getTime() + 11_000)
    assert.notEqual((await post()).body['access_token'], given[0]!.body['access_token'])
    assert.equal((await exchanges()) - asked, 2)
  })

  test("Google's refusals are handed on as they are, and not remembered", async () => {
    await ask(`${google.url}/_sim/service-accounts`, { json: { ...known, scopes: null } })
    const refused = await post()
    assert.equal(refused.status, 401)
    assert.equal(refused.body['error'], 'unauthorized_client')
    await ask(`${google.url}/_sim/service-accounts`, { json: { ...known, keys: [] } })
    const revoked = await post()
    assert.deepEqual(
      [revoked.status, revoked.body['error'], revoked.body['error_description']],
      [400, 'invalid_grant', 'Invalid JWT Signature.'],
    )
    await ask(`${google.url}/_sim/service-accounts`, { json: known })
    assert.equal((await post()).status, 200)
    const text = app.logged.join('\n')
    assert.match(text, /no access token: npm run google -- check/)
    assert.doesNotMatch(text, /PRIVATE KEY|ya29/)
    for (const line of key.privateKey.split('\n').filter((one) => one.length > 40))
      assert.ok(!text.includes(line))
  })

  test('Google ill or away is no dead credential', async () => {
    const fault = (json: object) =>
      ask(`${google.url}/_sim/faults`, { json: { match: { path: '/token' }, times: 1, ...json } })
    await fault({ fault: { status: 503 } })
    const ill = await post()
    assert.deepEqual([ill.status, ill.body['error']], [503, 'internal_failure'])
    await fault({ fault: { drop: true } })
    const away = await post()
    assert.deepEqual(
      [away.status, away.body['type'], away.body['error']],
      [503, '/problems/unavailable', undefined],
    )
    assert.equal((await post()).status, 200)
  })

  test('another client, API_TOKEN itself and nobody get nothing, and guessing is slowed', async () => {
    const wrong = [
      { ...good, client_secret: testVariables.API_TOKEN },
      { ...good, client_secret: '' },
      { ...good, client_id: 'mock_client_id' },
      {},
    ]
    const asked = await exchanges()
    for (const form of wrong) {
      const { status, body } = await post(form)
      assert.deepEqual(
        [status, body['error'], body['type']],
        [401, 'invalid_client', '/problems/unauthorized'],
      )
    }
    const bearer = { authorization: `Bearer ${testVariables.API_TOKEN}` }
    assert.equal((await post({ grant_type: 'refresh_token' }, bearer)).status, 401)
    assert.equal((await post({ ...good, grant_type: 'password' })).body['error'], 'unsupported_grant_type')
    for (let count = 0; count < 20; count++) await post({ ...good, client_secret: `guess ${count}` })
    assert.equal((await post({ ...good, client_secret: 'one more' })).status, 429)
    assert.equal(await exchanges(), asked)
    assert.equal((await post()).status, 200, 'who has the right one always passes')
  })

  test('the secret of n8n opens nothing else', async () => {
    for (const url of ['/calendars', '/meetings', '/inbox']) {
      const headers = { authorization: `Bearer ${client.GOOGLE_CLIENT_SECRET}` }
      assert.equal((await server.inject({ url, headers })).statusCode, 401)
    }
    assert.ok(!client.GOOGLE_CLIENT_SECRET.includes(testVariables.API_TOKEN))
  })

  describe('without a service account', () => {
    let plain: Awaited<ReturnType<typeof createServer>>
    before(async () => (plain = await createServer({ ...app, config: testConfig() })))
    after(() => plain.close())
    test('there is nothing to ask for', async () => {
      const payload = new URLSearchParams(good).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const answer = await plain.inject({ method: 'POST', url: '/google/token', payload, headers })
      assert.equal(answer.statusCode, 409)
    })
  })
})
