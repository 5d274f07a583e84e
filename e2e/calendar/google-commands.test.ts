import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, test } from 'node:test'
import { type ActingAccount, readServiceAccount } from '../../api/src/secrets/service-account.ts'
import { makeKeyFile } from '../../api/src/testing/service-account-key.ts'
import { checkGoogle, listCalendars } from '../../api/src/google/check-google.ts'
import type { GoogleAccess } from '../../api/src/google/google-client.ts'
import { lackingScopes } from '../../api/src/google/scopes.ts'
import { logIn } from '../../local/google/log-in.ts'
import { simulatedSettings } from '../../local/settings/simulated-settings.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { ask } from '../system.ts'

function accountOf(content: string) {
  const read = readServiceAccount(content)
  if (typeof read === 'string') throw new Error(read)
  return read
}

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
    const listed = await listCalendars(access, { ...ours, calendars: [anna], now: new Date() })
    assert.deepEqual(
      listed.map(({ id, used }) => [id, used]),
      [
        [anna, true],
        [pavel, false],
      ],
    )
  })

  test('login: whoever consented before is asked again, for only a consent gives a refresh token', async () => {
    await logIn(access, { port: 0, show: browse })
    assert.equal((await logIn(access, { port: 0, show: browse })).refresh_token, 'mock_refresh')
    const notAsked = (address: string) => {
      const url = new URL(address)
      url.searchParams.delete('prompt')
      browse(url.href)
    }
    await assert.rejects(logIn(access, { port: 0, show: notAsked }), /no refresh token: take the access away/)
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

  describe('with a service account', () => {
    const key = makeKeyFile()
    const acting = (changes: Partial<ActingAccount> = {}): GoogleAccess => ({
      ...access,
      // Nothing of the OAuth client is used.
      clientSecret: 'other',
      serviceAccount: { account: accountOf(key.content), subject: anna, tokenUrl: access.token, ...changes },
    })
    const known = {
      email: key.email,
      keys: [{ id: key.id, publicKey: key.publicKey }],
      scopes: ['events', 'freebusy', 'calendarlist.readonly'].map(
        (name) => `https://www.googleapis.com/auth/calendar.${name}`,
      ),
    }
    beforeEach(() => sim('/service-accounts', known))
    const linesOf = async (given: GoogleAccess, now = new Date()) =>
      (await checkGoogle(given, { ...ours, now })).map(
        ({ what, has, fault, next }) => `${what}: ${fault === null ? has : `${fault} -> ${next}`}`,
      )

    test('check: all that booking needs, guest and Meet too; calendars: the list', async () => {
      const rows = await linesOf(acting())
      assert.equal(rows.length, 3, rows.join('\n'))
      assert.match(rows[0]!, /^token: Google gives access to booking@.* as anna@/)
      for (const row of rows.slice(1)) assert.match(row, /: busy times, events, guest, Meet$/)
      const listed = await listCalendars(acting(), { ...ours, now: new Date() })
      assert.deepEqual(
        listed.map(({ id }) => id),
        [anna, pavel],
      )
    })

    const faults: [
      name: string,
      spoil: () => Promise<unknown>,
      changes: Partial<ActingAccount>,
      ahead: number,
      says: RegExp,
    ][] = [
      [
        'no delegation',
        () => sim('/service-accounts', { ...known, scopes: null }),
        {},
        0,
        /^token: booking@.* has no domain-wide delegation.*-> admin\.google\.com > Security.*client ID 112233445566778899001, scopes \S+calendar\.events,\S+calendar\.freebusy,\S+readonly/,
      ],
      [
        'a delegation without busy times',
        () => sim('/service-accounts', { ...known, scopes: known.scopes.slice(0, 1) }),
        {},
        0,
        /^token: booking@.* has no domain-wide delegation, or not of these scopes/,
      ],
      [
        'a revoked key',
        () => sim('/service-accounts', { ...known, keys: [] }),
        {},
        0,
        /^token: the key of booking@.* was deleted or replaced.*-> make a new JSON key/,
      ],
      [
        'a deleted account',
        async () => {},
        { account: accountOf(makeKeyFile({ email: 'gone@lead-demo.iam.gserviceaccount.com' }).content) },
        0,
        /^token: Google does not know gone@.*-> enable or make it anew/,
      ],
      [
        'a clock ahead',
        async () => {},
        {},
        3 * 3600,
        /^token: the clock of this machine is wrong.*-> set it/,
      ],
      ['a clock behind', async () => {}, {}, -3 * 3600, /^token: the clock of this machine is wrong/],
      [
        'a subject who is nobody',
        async () => {},
        { subject: 'team@group.calendar.example' },
        0,
        /^token: team@group.* is nobody in the Workspace.*-> set GOOGLE_SERVICE_ACCOUNT_SUBJECT/,
      ],
      [
        'nobody answers',
        async () => {},
        { tokenUrl: 'http://127.0.0.1:1/token' },
        0,
        /^token: 127\.0\.0\.1:1 does not answer -> look at the network/,
      ],
    ]
    for (const [name, spoil, changes, ahead, says] of faults)
      test(`check, ${name}: the fault with its mend, nothing else`, async () => {
        await spoil()
        const rows = await linesOf(acting(changes), new Date(Date.now() + ahead * 1000))
        assert.equal(rows.length, 1, rows.join('\n'))
        assert.match(rows[0]!, says)
      })

    test('check, the account acts as itself: no guests, no Meet, both with their mends', async () => {
      const rows = await linesOf(acting({ subject: key.email }))
      assert.match(rows[1]!, /^calendar anna@.*: guests cannot be invited.*-> give it domain-wide delegation/)
      assert.match(rows[2]!, /^calendar anna@.*: no Meet links/)
    })

    const folder = mkdtempSync(join(tmpdir(), 'lead-google-'))
    after(() => rmSync(folder, { recursive: true }))
    /** `npm run google` as a person runs it, with a file of this content; nothing but the settings is looked at. */
    function command(action: string, content: string | null) {
      const file = join(folder, 'key.json')
      rmSync(file, { force: true })
      if (content !== null) writeFileSync(file, content)
      const env = { ...process.env, ...simulatedSettings, GOOGLE_SERVICE_ACCOUNT_FILE: file }
      const { GOOGLE_SERVICE_ACCOUNT: _none, ...own } = env
      const script = join(import.meta.dirname, '../../local/commands/google.ts')
      return spawnSync(process.execPath, [script, action], { env: own, encoding: 'utf8' })
    }
    const client = JSON.stringify({
      installed: { client_id: '1-a.apps.example', client_secret: 'GOCSPX-secret' },
    })
    const wrongFiles: [name: string, content: string | null, says: RegExp][] = [
      ['no file', null, /GOOGLE_SERVICE_ACCOUNT_FILE: .*key\.json cannot be read \(ENOENT\)/],
      ['text', 'hello', /is not the JSON key of a service account/],
      ['the file of an OAuth client', client, /is the file of an OAuth client/],
      [
        'a login of gcloud',
        JSON.stringify({ type: 'authorized_user', refresh_token: 'secret-refresh' }),
        /of another type/,
      ],
      [
        'half of a key',
        JSON.stringify({ ...key.file, client_email: undefined }),
        /client_email cannot be read/,
      ],
      [
        'a key that lost its line ends',
        JSON.stringify({ ...key.file, private_key: key.privateKey.replaceAll('\n', ' ') }),
        /private_key that is no RSA key/,
      ],
      [
        'a token address without TLS',
        JSON.stringify({ ...key.file, token_uri: 'http://evil.example/token' }),
        /token_uri cannot be read/,
      ],
    ]
    for (const [name, content, says] of wrongFiles)
      test(`the file is ${name}: said in a sentence, nothing of it shown`, () => {
        const { status, stderr } = command('check', content)
        assert.equal(status, 2, stderr)
        assert.match(stderr, says)
        assert.doesNotMatch(stderr, /secret|PRIVATE KEY|at .*\.ts:\d/)
      })

    test('login says that it is not needed', () => {
      const { status, stdout } = command('login', key.content)
      assert.equal(status, 0)
      assert.match(stdout, /^No login is needed: booking@\S+ acts as seller@company\.com/)
    })
  })
})
