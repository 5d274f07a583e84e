import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { checkGoogle, listCalendars } from '../../local/google/check-google.ts'
import type { GoogleAccess } from '../../local/google/google-client.ts'
import { keepVariable } from '../../local/google/keep-variable.ts'
import { lackingScopes, logIn } from '../../local/google/log-in.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { ask } from '../system.ts'

describe('npm run google', async () => {
  const anna = 'anna@company.example'
  const pavel = 'pavel@company.example'
  const timeZone = 'Europe/Moscow'
  const google = await startGoogle({
    port: 0,
    calendars: [
      { id: anna, timeZone },
      { id: pavel, timeZone },
    ],
  })
  after(() => google.close())
  const sim = (path: string, json: unknown = {}) => ask(`${google.url}/_sim${path}`, { json })
  const access: GoogleAccess = {
    accounts: google.url,
    token: `${google.url}/token`,
    api: google.url,
    clientId: 'mock_client_id',
    clientSecret: 'mock_secret',
  }
  const ours = { refreshToken: 'mock_refresh', calendars: [anna, pavel] }
  beforeEach(async () => {
    await ask(`${google.url}/_sim/faults`, { method: 'DELETE' })
    await sim('/reset')
    await sim('/consent', {})
  })
  /** The person opens the address; the browser follows where Google leads. */
  const browse = (address: string) => void fetch(address).catch(() => {})

  test('login: the consent, a refresh token with every scope, and a check that agrees', async () => {
    const tokens = await logIn(access, { port: 0, show: browse })
    assert.equal(tokens.refresh_token, 'mock_refresh')
    assert.deepEqual(lackingScopes(tokens.scope), [])
    const rows = await checkGoogle(access, { ...ours, now: new Date() })
    assert.deepEqual(
      rows.map(({ fault }) => fault),
      [null, null, null],
      JSON.stringify(rows),
    )
    assert.match(rows[1]!.has, /busy times, events, guest, Meet/)
    const listed = await listCalendars(access, { ...ours, calendars: [anna] })
    assert.deepEqual(
      listed.map(({ id, used }) => [id, used]),
      [
        [anna, true],
        [pavel, false],
      ],
    )
  })

  test('login: the person says no, leaves a box out, or the app is in Testing', async () => {
    await sim('/consent', { says: 'no' })
    await assert.rejects(logIn(access, { port: 0, show: browse }), /access_denied/)
    await sim('/consent', { says: 'yes, without a part' })
    const partly = await logIn(access, { port: 0, show: browse })
    assert.deepEqual(lackingScopes(partly.scope), ['calendar.events'])
    await sim('/consent', { testing: true })
    assert.equal((await logIn(access, { port: 0, show: browse })).refresh_token_expires_in, 604_799)
  })

  test('login: an answer that is not to our question is not taken', async () => {
    const ended = new AbortController()
    const login = logIn(access, {
      port: 0,
      signal: ended.signal,
      show: (address) => {
        const back = new URL(new URL(address).searchParams.get('redirect_uri')!)
        back.search = 'state=guessed&code=4/0stolen'
        void fetch(back).then(({ status }) => {
          assert.equal(status, 404)
          ended.abort()
        })
      },
    })
    await assert.rejects(login, /ended/)
  })

  test('the token goes into .env, everything else there stays, nobody else may read it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lead-google-'))
    const file = join(folder, '.env')
    writeFileSync(file, 'A=1\nGOOGLE_REFRESH_TOKEN=mock_refresh\n# note\nB=2')
    keepVariable(file, 'GOOGLE_REFRESH_TOKEN', '1//0$&abc')
    keepVariable(file, 'C', '3')
    assert.equal(readFileSync(file, 'utf8'), 'A=1\nGOOGLE_REFRESH_TOKEN="1//0$&abc"\n# note\nB=2\nC=3\n')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    rmSync(folder, { recursive: true })
  })

  const refuse = (match: object, status: number, reason: string, message: string) =>
    sim('/faults', {
      match,
      fault: { status, body: { error: { errors: [{ reason, message }], code: status, message } } },
      times: 9,
    })
  const insert = { method: 'POST', path: '/calendar/v3/calendars/*/events' }
  const once = async (message: string) => {
    const body = { error: { errors: [{ reason: 'invalid', message }], code: 400, message } }
    await sim('/faults', { match: insert, fault: { status: 400, body }, times: 1 })
  }
  const broken: [
    name: string,
    spoil: () => Promise<unknown>,
    changes: Partial<GoogleAccess>,
    says: RegExp[],
  ][] = [
    [
      'a wrong secret',
      async () => {},
      { clientSecret: 'other' },
      [/^token: GOOGLE_CLIENT_ID or GOOGLE_CLIENT_SECRET is wrong.*-> copy both/],
    ],
    ['a wrong client', async () => {}, { clientId: 'other' }, [/^token: GOOGLE_CLIENT_ID or/]],
    [
      'a revoked token',
      () => sim('/tokens/revoke'),
      {},
      [/^token: the refresh token is revoked.*-> npm run google -- login; publish/],
    ],
    [
      "the Playground's own client",
      () =>
        sim('/faults', {
          match: { path: '/token' },
          fault: { status: 401, body: { error: 'unauthorized_client' } },
          times: 9,
        }),
      {},
      [/^token: the refresh token belongs to another client.*Use your own OAuth/],
    ],
    [
      'a consent without busy times',
      () => sim('/tokens/scopes', { scopes: ['calendar.events'] }),
      {},
      [/^scopes: the consent lacks calendar\.freebusy -> npm run google -- login/],
    ],
    [
      'the API is not enabled',
      () =>
        refuse(
          { path: '/calendar/v3/freeBusy' },
          403,
          'accessNotConfigured',
          'Calendar API has not been used',
        ),
      {},
      [/^busy times: the Google Calendar API is not enabled.*-> enable it/],
    ],
    [
      'a calendar that is not shared',
      () => sim('/share', { calendarId: pavel, accessRole: 'none' }),
      {},
      [/^calendar pavel@.*: is not there, or not shared.*-> correct its id/],
    ],
    [
      'a calendar that may only be read',
      () => sim('/share', { calendarId: pavel, accessRole: 'reader' }),
      {},
      [/^calendar pavel@.*: may be read, but not written.*-> share the calendar/],
    ],
    [
      'no Meet links',
      () => once('Invalid conference type value.'),
      {},
      [/^calendar anna@.*: no Meet links can be made.*-> switch Meet on/],
    ],
    ['no guests', () => once('Invalid attendee email.'), {}, [/^calendar anna@.*: guests cannot be invited/]],
    [
      'nobody answers',
      async () => {},
      { token: 'http://127.0.0.1:1/token' },
      [/^token: 127\.0\.0\.1:1 does not answer -> look at the network/],
    ],
  ]
  for (const [name, spoil, changes, says] of broken) {
    test(`check, ${name}: the fault with its mend, nothing else, and no event is left`, async () => {
      await spoil()
      const rows = await checkGoogle({ ...access, ...changes }, { ...ours, now: new Date() })
      const found = rows.flatMap(({ what, fault, next }) =>
        fault === null ? [] : [`${what}: ${fault} -> ${next}`],
      )
      assert.equal(found.length, says.length, found.join('\n'))
      for (const [index, pattern] of says.entries()) assert.match(found[index]!, pattern)
      const events = (await ask(`${google.url}/_sim/events`)).body as { status: string }[]
      assert.ok(events.every(({ status }) => status === 'cancelled'))
    })
  }
})
