import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import {
  addInbound,
  addLead,
  addMeeting,
  offerIn,
  proposal,
  rowsOf,
  runningTurn,
  takeOver,
} from '../testing/seed.ts'
import { createClient, isProblem } from '../testing/http-client.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testVariables } from '../testing/test-config.ts'
import { stoppedMessenger } from '../testing/messenger.ts'
import { wrongSecretsPerMinute } from './limits.ts'
import { createServer } from './server.ts'

const calls: string[] = []
const app = await startTestApp({ telegram: stoppedMessenger(calls) })
const { db, config } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(async () => {
  await app.wipe()
  calls.length = 0
  await addLead(db, 1)
})

const { ask, post, seen } = createClient(server, config.apiToken)
const outbox = () =>
  rowsOf<{ channel: string; payload: Record<string, unknown> }>(
    db,
    'select channel, payload from outbox order by id',
  )

describe('who may ask', () => {
  const guarded = `POST /telegram/userbot, POST /amocrm/update, GET /conversation/1, POST /leads/1/control, GET /outbox,
    POST /outbox/1/retry, GET /inbox, POST /inbox/1/retry, POST /turns/1/decision, POST /turns/1/busy, POST /turns/1/calendar, POST /turns/1/complete,
    POST /turns/1/model-calls, POST /turns/1/failure, GET /turns, POST /turns/retry, POST /turns/1/retry, POST /n8n/errors, GET /meetings, POST /meetings/1/move, POST /meetings/1/cancel, GET /calendars,
    POST /console/owner-link`
  for (const [index, route] of guarded.split(/,\s+/).entries()) {
    const from = `10.0.0.${index}`
    const [method, url] = route.split(' ') as ['GET' | 'POST', string]
    test(`${route} needs the token`, async () => {
      for (const token of [null, '', 'wrong', `${config.apiToken}x`, config.apiToken.slice(0, -1)]) {
        isProblem(
          await ask(method, url, { token, from, ...(method === 'POST' ? { payload: {} } : {}) }),
          'unauthorized',
          401,
        )
      }
      const basic = { authorization: `Basic ${Buffer.from(config.apiToken).toString('base64')}` }
      isProblem(await ask(method, url, { token: null, from, headers: basic }), 'unauthorized', 401)
    })
  }
})

describe('POST /telegram/userbot', () => {
  const url = '/telegram/userbot'

  test('status tells the state of the account', async () => {
    const answer = await post(url, { action: 'status' })
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.body, {
      account: 'main',
      state: 'disabled',
      detail: null,
      phone: '+79990000001',
      userId: null,
      until: null,
      qr: null,
    })
    assert.deepEqual(calls, [])
  })

  const actions: [payload: object, call: string][] = [
    [{ action: 'start' }, 'start'],
    [{ action: 'login_qr' }, 'loginQr'],
    [{ action: 'stop' }, 'stop'],
    [{ action: 'logout' }, 'logout'],
    [{ action: 'login_phone', phone: '+79991234567' }, 'loginPhone +79991234567'],
    [{ action: 'login_code', code: '12345' }, 'loginCode 12345'],
    [{ action: 'login_password', password: 'secret-2fa' }, 'loginPassword secret-2fa'],
  ]
  for (const [payload, call] of actions) {
    test(`${call.split(' ')[0]} is passed on and answered with the status`, async () => {
      const answer = await post(url, payload)
      assert.equal(answer.status, 200)
      assert.equal(answer.body['account'], 'main')
      assert.deepEqual(calls, [call])
    })
  }

  test('send by people: queued, once per key', async () => {
    const payload = { action: 'send', leadId: 1, text: ' Добрый день ', idempotencyKey: 'k1' }
    const first = await post(url, payload)
    assert.equal(first.status, 202)
    assert.equal(first.body['outcome'], 'queued')
    assert.deepEqual((await post(url, payload)).body, first.body)
    assert.deepEqual(
      (await outbox()).map((row) => [row.channel, row.payload['text']]),
      [['telegram', 'Добрый день']],
    )
    assert.deepEqual(await rowsOf(db, 'select author, text from messages'), [
      { author: 'human', text: 'Добрый день' },
    ])
    await post(url, { action: 'send', leadId: 1, text: 'Добрый день' })
    await post(url, { action: 'send', leadId: 1, text: 'Добрый день' })
    assert.equal((await outbox()).length, 3)
  })

  test('the key of one lead does not silence another', async () => {
    await addLead(db, 2)
    await post(url, { action: 'send', leadId: 1, text: 'hello', idempotencyKey: 'welcome' })
    await post(url, { action: 'send', leadId: 2, text: 'hello', idempotencyKey: 'welcome' })
    assert.equal((await outbox()).length, 2)
  })

  test('send by n8n: the journaled text; an older fencing number sends nothing', async () => {
    const lease = await runningTurn(db, 1)
    await post(`/turns/${lease.turnId}/decision`, { ...lease, ...proposal({ reply: 'Из журнала' }) })
    const answer = await post(url, { action: 'send', ...lease, text: 'something else' })
    assert.deepEqual([answer.status, answer.body['outcome']], [202, 'queued'])
    assert.equal((await outbox())[0]!.payload['text'], 'Из журнала')
    await takeOver(db, lease)
    assert.deepEqual((await post(url, { action: 'send', ...lease })).body, {
      outcome: 'superseded',
      outboxIds: [],
    })
  })

  test('a lead that nobody knows: 404; one that opted out: 409', async () => {
    isProblem(await post(url, { action: 'send', leadId: 99, text: 'x' }), 'unknown-lead', 404)
    await db.query('update leads set opted_out_at = now()')
    isProblem(await post(url, { action: 'send', leadId: 1, text: 'x' }), 'conflict', 409)
    assert.deepEqual(await outbox(), [])
  })

  const wrong: [field: string, payload: object][] = [
    ['action', {}],
    ['action', { action: 'explode' }],
    ['leadId', { action: 'send', text: 'x' }],
    ['leadId', { action: 'send', leadId: -1, text: 'x' }],
    ['text', { action: 'send', leadId: 1 }],
    ['text', { action: 'send', leadId: 1, text: '   ' }],
    ['text', { action: 'send', leadId: 1, text: 'x'.repeat(4001) }],
    ['phone', { action: 'login_phone', phone: '8 999' }],
    ['account', { action: 'status', account: 'Main!' }],
    ['code', { action: 'login_code', code: 'abc' }],
    ['password', { action: 'login_password' }],
  ]
  for (const [field, payload] of wrong) {
    test(`${JSON.stringify(payload).slice(0, 60)} names ${field}`, async () =>
      isProblem(await post(url, payload), 'invalid-request', 400, field))
  }
})

describe('POST /amocrm/update', () => {
  const url = '/amocrm/update'

  test('by people: lead, note and task are queued, once per key', async () => {
    const payload = {
      leadId: 1,
      stage: 'qualified',
      fields: { need: 'CRM', budget: null },
      tags: ['vip'],
      note: 'Звонил',
      task: { text: 'Перезвонить', dueAt: '2030-06-03T10:00:00+03:00' },
      idempotencyKey: 'k1',
    }
    const first = await post(url, payload)
    assert.deepEqual([first.status, first.body['outcome']], [202, 'queued'])
    assert.deepEqual((await post(url, payload)).body, first.body)
    assert.deepEqual(
      (await outbox()).map((row) => row.payload),
      [
        { kind: 'lead', stage: 'qualified', fields: { need: 'CRM', budget: null }, tags: ['vip'] },
        { kind: 'note', text: 'Звонил' },
        { kind: 'task', text: 'Перезвонить', dueAt: '2030-06-03T10:00:00+03:00' },
      ],
    )
    await addLead(db, 2)
    await post(url, { ...payload, leadId: 2 })
    assert.equal((await outbox()).length, 6)
  })

  test('by n8n: what the journaled decision means', async () => {
    const lease = await runningTurn(db, 1)
    await post(`/turns/${lease.turnId}/decision`, { ...lease, ...proposal() })
    assert.equal((await post(url, { ...lease, stage: 'lost' })).body['outcome'], 'queued')
    assert.equal((await outbox())[0]!.payload['stage'], undefined)
    await takeOver(db, lease)
    assert.deepEqual((await post(url, lease)).body, { outcome: 'superseded', outboxIds: [] })
  })

  test('a lead that nobody knows: 404', async () =>
    isProblem(await post(url, { leadId: 99, note: 'x' }), 'unknown-lead', 404))

  const wrong: [field: string, payload: object][] = [
    ['leadId', { note: 'x' }],
    ['leadId', { leadId: 'one', note: 'x' }],
    ['(body)', { leadId: 1 }],
    ['stage', { leadId: 1, stage: 'new' }],
    ['note', { leadId: 1, note: '' }],
    ['task.text', { leadId: 1, task: {} }],
    ['task.dueAt', { leadId: 1, task: { text: 'x', dueAt: 'tomorrow' } }],
    ['tags.0', { leadId: 1, tags: [''] }],
    ['fields.need', { leadId: 1, fields: { need: true } }],
  ]
  for (const [field, payload] of wrong) {
    test(`${JSON.stringify(payload)} names ${field}`, async () =>
      isProblem(await post(url, payload), 'invalid-request', 400, field))
  }
})

describe('GET /conversation/:leadId', () => {
  test('tells the whole story of the lead', async () => {
    await addInbound(db, 1, 'Здравствуйте')
    const lease = await runningTurn(db, 1)
    await post(`/turns/${lease.turnId}/decision`, { ...lease, ...proposal() })
    await post('/telegram/userbot', { action: 'send', ...lease })
    await addMeeting(db, 1, offerIn(24))
    const { status, body } = await ask('GET', '/conversation/1')
    assert.equal(status, 200)
    assert.equal((body['lead'] as { name: string }).name, 'Lead 1')
    const messages = body['messages'] as Record<string, unknown>[]
    assert.deepEqual(
      messages.map((line) => [line['direction'], line['author'], line['status']]),
      [
        ['in', 'lead', 'delivered'],
        ['out', 'ai', 'pending'],
      ],
    )
    for (const part of ['turns', 'meetings', 'deliveries'])
      assert.equal((body[part] as unknown[]).length, 1, part)
  })

  test('a lead that nobody knows: 404; what is no id: named', async () => {
    isProblem(await ask('GET', '/conversation/99'), 'unknown-lead', 404)
    for (const id of ['abc', '0', '-1', '1.5', '99999999999999999999']) {
      isProblem(await ask('GET', `/conversation/${id}`), 'invalid-request', 400, 'leadId')
    }
  })
})

describe('POST /hooks/amocrm/:secret', () => {
  const url = `/hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET}`
  const body = 'leads[add][0][id]=501&leads[add][0][name]=%D0%98'
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const hook = (payload: string, address = url) => post(address, payload, { token: null, headers: form })
  const stored = () => rowsOf<{ body: Buffer }>(db, 'select body from inbox_events')

  test('2xx means stored, byte by byte; the same hook again is a duplicate', async () => {
    const first = await hook(body)
    assert.deepEqual([first.status, first.body], [200, { stored: true, duplicate: false }])
    assert.deepEqual((await hook(body)).body, { stored: true, duplicate: true })
    const rows = await stored()
    assert.equal(rows.length, 1)
    assert.equal(rows[0]!.body.toString(), body)
    assert.ok(app.woken.includes('inbox'))
  })

  test('empty, malformed, hostile and secretless hooks are refused and not stored', async () => {
    isProblem(await hook(''), 'invalid-request', 400, '(body)')
    for (const malformed of [
      'hello',
      '{"leads":{}}',
      'leads[add=1',
      'account[id]=1',
      'leads[add][0][__proto__]=1',
    ]) {
      isProblem(await hook(malformed), 'invalid-request', 400, '(body)')
    }
    for (const secret of ['wrong', `${testVariables.AMOCRM_WEBHOOK_SECRET}x`])
      isProblem(await hook(body, `/hooks/amocrm/${secret}`), 'wrong-secret', 403)
    isProblem(await hook('x'.repeat(1_048_577)), 'too-large', 413)
    assert.deepEqual(await stored(), [])
  })

  test('when it cannot be stored the answer is no 2xx', async () => {
    const away = new pg.Pool({ host: '127.0.0.1', port: 1 })
    const broken = await createServer({ ...app, db: away })
    const answer = await broken.inject({ method: 'POST', url, payload: body, headers: form })
    assert.equal(answer.statusCode, 503)
    assert.equal(answer.json().type, '/problems/unavailable')
    const ready = await broken.inject('/ready')
    assert.equal(ready.statusCode, 503)
    assert.equal(ready.json().ready, false)
    assert.equal((await broken.inject('/health')).statusCode, 200)
    await broken.close()
    await away.end()
  })
})

describe('whatever is asked', () => {
  test('/health and /ready', async () => {
    assert.deepEqual((await ask('GET', '/health', { token: null })).body, {
      status: 'ok',
      simulated: ['amocrm', 'telegram', 'google'],
    })
    const ready = await ask('GET', '/ready', { token: null })
    assert.equal(ready.status, 200)
    assert.deepEqual(ready.body['database'], { ok: true })
    assert.deepEqual(ready.body['telegram'], { ok: false, detail: 'disabled' })
    assert.equal((ready.body['n8n'] as { ok: boolean }).ok, false)
    assert.deepEqual(ready.body['outages'], { ok: true })
    await app.db.query(
      `insert into outages (service, failures, reason, probe_at) values ('openai', 2, 'no money', now())`,
    )
    const away = await ask('GET', '/ready', { token: null })
    assert.deepEqual(away.body['outages'], { ok: false, detail: 'openai: no money' })
    await app.db.query('delete from outages')
  })

  test('an unknown address, a broken body, another type of content: a problem each', async () => {
    isProblem(await ask('GET', '/nothing?token=x'), 'not-found', 404)
    isProblem(await ask('DELETE', '/conversation/1'), 'not-found', 404)
    const json = { 'content-type': 'application/json' }
    for (const broken of ['{"action":', '', 'null', '[]', '"text"']) {
      isProblem(await post('/telegram/userbot', broken, { headers: json }), 'invalid-request', 400)
    }
    isProblem(
      await post('/telegram/userbot', '<a/>', { headers: { 'content-type': 'application/xml' } }),
      'unsupported-media-type',
      415,
    )
    isProblem(
      await post('/telegram/userbot', { action: 'send', leadId: 1, text: 'x'.repeat(1_048_577) }),
      'too-large',
      413,
    )
  })

  test('a character that PostgreSQL cannot keep is replaced, in texts and in keys; letters are composed', async () => {
    const text = 'a\u0000b \ud83d ко\u0438\u0306'
    const sent = await post('/telegram/userbot', {
      action: 'send',
      leadId: 1,
      text,
      idempotencyKey: 'k\u0000',
    })
    assert.equal(sent.status, 202)
    assert.equal((await outbox())[0]!.payload['text'], 'a\ufffdb \ufffd кой')
    const update = {
      leadId: 1,
      tags: ['vip\u0000'],
      fields: { 'ne\u0000ed': 'x\ud800' },
      idempotencyKey: '\u0000',
    }
    assert.equal((await post('/amocrm/update', update)).status, 202)
    assert.equal((await ask('GET', '/meetings?sellerId=%00')).status, 200)
    const page = { calendarId: 'a\u0000', status: 200, body: { items: [], nextSyncToken: 't\u0000' } }
    assert.equal((await post('/calendar/sync/page', page)).status, 200)
    const died = { workflow: 'w\u0000', execution: { id: '\ud800', message: 'm\u0000' } }
    assert.equal((await post('/n8n/errors', died)).status, 200)
  })

  test('what PostgreSQL refuses is the fault of the value, or of the moment: never 500', async () => {
    for (const [errcode, problem, status] of [
      ['53100', 'unavailable', 503],
      ['53200', 'unavailable', 503],
      ['57014', 'unavailable', 503],
      ['58030', 'unavailable', 503],
      ['40P01', 'unavailable', 503],
      ['22003', 'unprocessable', 422],
      ['54000', 'unprocessable', 422],
      ['23503', 'conflict', 409],
    ] as const) {
      await db.query(`create or replace function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'no' using errcode = '${errcode}'; end $$`)
      await db.query('create trigger refuse before insert on inbox_events execute function refuse()')
      const answer = await post(
        `/hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET}`,
        'leads[add][0][id]=5',
        { token: null, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      )
      await db.query('drop trigger refuse on inbox_events')
      isProblem(answer, problem, status)
      assert.equal(answer.headers['retry-after'], status === 503 ? '5' : undefined)
    }
    assert.deepEqual(await rowsOf(db, 'select from inbox_events'), [])
  })

  test('wrong tokens and secrets are slowed and counted, and never lock out who has the right one', async () => {
    const from = '10.9.9.9'
    app.logged.length = 0
    const guess = () => ask('GET', '/meetings', { token: 'guessed-token', from })
    for (let attempt = 0; attempt < wrongSecretsPerMinute; attempt++)
      isProblem(await guess(), 'unauthorized', 401)
    const slowed = await guess()
    isProblem(slowed, 'too-many-requests', 429)
    assert.ok(Number(slowed.headers['retry-after']) >= 1)
    isProblem(
      await post('/hooks/amocrm/guessed-secret', 'x', { token: null, from }),
      'too-many-requests',
      429,
    )
    assert.equal((await ask('GET', '/meetings', { from })).status, 200)
    isProblem(
      await ask('GET', '/meetings', { token: 'guessed-token', from: '10.9.9.8' }),
      'unauthorized',
      401,
    )
    assert.doesNotMatch(app.logged.join(''), /guessed/)
  })

  test('no secret was in any answer, nor in the log', () => {
    assert.ok(seen.length > 100)
    const secrets = [
      ...Object.values(testVariables).filter((value) => value.includes('secret-')),
      'secret-database-password',
      'secret-2fa',
      testVariables.APP_KEY,
    ]
    for (const secret of secrets) {
      assert.ok(!seen.some((text) => text.includes(secret)), secret)
      assert.ok(!app.logged.some((line) => line.includes(secret)), secret)
    }
  })
})

describe('the headers of an answer', () => {
  const policy = "default-src 'none'; frame-ancestors 'none'"
  for (const [what, method, url] of [
    ['data', 'GET', '/health'],
    ['a refusal', 'GET', '/conversation/1'],
    ['an unknown address', 'GET', '/nothing'],
    ['a hook', 'POST', '/hooks/amocrm/wrong'],
  ] as const) {
    test(`${what}: no guessing of types, no keeping, no frames, no scripts`, async () => {
      const { headers } = await server.inject({ method, url })
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['content-security-policy'], policy)
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['strict-transport-security'], undefined, 'over http it would mean nothing')
    })
  }

  test('behind TLS a browser is told to stay there', async () => {
    const { headers } = await server.inject({ url: '/health', headers: { 'x-forwarded-proto': 'https' } })
    assert.match(headers['strict-transport-security'] ?? '', /^max-age=31536000/)
  })

  test('the page of the API runs its own scripts only', async () => {
    const { headers, statusCode } = await server.inject('/docs/')
    assert.equal(statusCode, 200)
    assert.match(String(headers['content-security-policy']), /default-src 'self'/)
    assert.doesNotMatch(String(headers['content-security-policy']), /script-src[^;]*'unsafe-inline'/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  })
})

describe('in production', () => {
  const inProduction = createServer({ ...app, config: { ...config, production: true } })
  after(async () => (await inProduction).close())
  const look = async (url: string, authorization?: string) =>
    (await inProduction).inject({
      url,
      headers: authorization ? { authorization } : {},
      // One address for each page: too many wrong tokens from one are another test's business.
      remoteAddress: `10.0.0.${url.length}`,
    })
  const basic = (password: string) => `Basic ${Buffer.from(`anna:${password}`).toString('base64')}`

  for (const url of ['/docs', '/docs/', '/docs/static/index.html', '/docs/json', '/openapi.json']) {
    test(`${url} is for who has the token; a browser asks for it`, async () => {
      for (const wrong of [
        undefined,
        'Bearer wrong',
        'Basic',
        basic('wrong'),
        basic(''),
        `Bearer ${config.apiToken}x`,
      ]) {
        const answer = await look(url, wrong)
        assert.equal(answer.statusCode, 401, wrong)
        assert.match(String(answer.headers['www-authenticate']), /^Basic realm=/)
        assert.ok(!answer.body.includes('/telegram/userbot'))
      }
      for (const right of [`Bearer ${config.apiToken}`, basic(config.apiToken)])
        assert.ok((await look(url, right)).statusCode < 400, right)
    })
  }

  test('/ready says whether, and why only to who has the token', async () => {
    const stranger = await look('/ready')
    assert.equal(stranger.statusCode, 200)
    assert.deepEqual(stranger.json(), { ready: true })
    const known = (await look('/ready', `Bearer ${config.apiToken}`)).json<Record<string, unknown>>()
    assert.deepEqual(known['database'], { ok: true })
    assert.ok('telegram' in known && 'calendars' in known && 'amocrm' in known)
    assert.equal((await look('/health')).statusCode, 200)
  })

  test('/ready of a server without its database is 503 for everybody', async () => {
    const away = new pg.Pool({ host: '127.0.0.1', port: 1 })
    const broken = await createServer({ ...app, db: away, config: { ...config, production: true } })
    const answer = await broken.inject('/ready')
    assert.deepEqual([answer.statusCode, answer.json()], [503, { ready: false }])
    await broken.close()
    await away.end()
  })
})
