import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startGoogle } from './start.ts'
import { refusal, startWithClient } from './testing.ts'

const good = {
  grant_type: 'refresh_token',
  refresh_token: 'mock_refresh',
  client_id: 'mock_client_id',
  client_secret: 'mock_secret',
}

async function post(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/token`, { method: 'POST', body: new URLSearchParams(form), headers })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

test('a refresh token gives an access token, with the client in the form or as Basic auth', async (t) => {
  const google = await startGoogle({ port: 0 })
  t.after(google.close)
  const { status, body } = await post(google.url, good)
  assert.equal(status, 200)
  assert.match(String(body.access_token), /^ya29\./)
  assert.deepEqual(
    { ...body, access_token: '' },
    {
      access_token: '',
      expires_in: 3599,
      scope: 'https://www.googleapis.com/auth/calendar https://www.googleapis.com/auth/calendar.events',
      token_type: 'Bearer',
    },
  )
  const basic = `Basic ${Buffer.from('mock_client_id:mock_secret').toString('base64')}`
  const form = { grant_type: 'refresh_token', refresh_token: 'mock_refresh' }
  assert.equal((await post(google.url, form, { authorization: basic })).status, 200)
})

test('what is wrong in a token request is named as Google names it', async (t) => {
  const google = await startGoogle({ port: 0 })
  t.after(google.close)
  const cases: [change: Record<string, string>, status: number, error: string][] = [
    [{ refresh_token: 'other' }, 400, 'invalid_grant'],
    [{ client_id: 'other' }, 401, 'invalid_client'],
    [{ client_secret: 'other' }, 401, 'invalid_client'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ grant_type: '' }, 400, 'invalid_request'],
  ]
  for (const [change, status, error] of cases) {
    const answer = await post(google.url, { ...good, ...change })
    assert.deepEqual([answer.status, answer.body.error], [status, error])
  }
})

test('a seed token gets 401, a refreshed one passes, as n8n does it; unknown methods of Object are no tokens', async (t) => {
  const google = await startGoogle({ port: 0 })
  t.after(google.close)
  const list = async (token?: string) => {
    const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {}
    const answer = await fetch(`${google.url}/calendar/v3/calendars/primary/events`, { headers })
    return { status: answer.status, body: (await answer.json()) as { error: unknown } }
  }
  const seed = await list('seed')
  assert.equal(seed.status, 401)
  assert.deepEqual(seed.body.error, {
    code: 401,
    message: 'Invalid Credentials',
    errors: [
      {
        domain: 'global',
        reason: 'authError',
        message: 'Invalid Credentials',
        locationType: 'header',
        location: 'Authorization',
      },
    ],
    status: 'UNAUTHENTICATED',
  })
  assert.equal((await list()).status, 401)
  assert.equal((await list('constructor')).status, 401)
  const { body } = await post(google.url, good)
  assert.equal((await list(String(body.access_token))).status, 200)
})

test('expired tokens are refreshed by the client; a revoked consent is invalid_grant until restored', async (t) => {
  const { api, sim, close } = await startWithClient()
  t.after(close)
  const list = () => api.events.list({ calendarId: 'primary' })
  assert.equal((await list()).status, 200)
  await sim('POST', 'tokens/expire')
  assert.equal(await refusal(list()), '401 authError')

  const again = await startWithClient()
  t.after(again.close)
  await again.sim('POST', 'tokens/revoke')
  const listAgain = () => again.api.events.list({ calendarId: 'primary' })
  assert.equal(await refusal(listAgain()), '400 invalid_grant')
  await again.sim('POST', 'tokens/restore')
  assert.equal((await listAgain()).status, 200)
  const { body } = await again.sim('GET', 'journal')
  const tokens = body.entries.filter((entry: { kind: string }) => entry.kind === 'token')
  assert.deepEqual(
    tokens.map(({ grant, ok }: { grant: string; ok: boolean }) => [grant, ok]),
    [
      ['refresh_token', false],
      ['refresh_token', true],
    ],
  )
})

test('a consent without a freebusy scope cannot ask freeBusy', async (t) => {
  const scopes = ['https://www.googleapis.com/auth/calendar.events']
  const { api, close } = await startWithClient({ scopes })
  t.after(close)
  const requestBody = { timeMin: '2026-11-23T00:00:00Z', timeMax: '2026-11-24T00:00:00Z', items: [] }
  assert.equal(await refusal(api.freebusy.query({ requestBody })), '403 insufficientPermissions')
  assert.equal((await api.events.list({ calendarId: 'primary' })).status, 200)
})
