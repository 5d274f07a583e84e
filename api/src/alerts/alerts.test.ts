import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer as createHttp, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, describe, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { parse as parseYaml } from 'yaml'
import type { AlertTest } from '@lead/contract/console'
import type { App } from '../app.ts'
import { createRedisCache } from '../cache/redis-cache.ts'
import { inTransaction } from '../database/pool.ts'
import { createServer } from '../http/server.ts'
import { setControl } from '../leads/set-control.ts'
import { exampleBusiness } from '../testing/business.ts'
import { signIn } from '../testing/console-client.ts'
import { noteFailure } from '../outages/note-failure.ts'
import { noteSuccess } from '../outages/note-success.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { newWebhookSecret } from '../webhooks/manage-webhooks.ts'
import { testConfig } from '../testing/test-config.ts'
import { acknowledgeAlert, raiseAlert, resolveAlert } from './raise-alert.ts'
import { alertChannels, type AlertChannel } from './alert.ts'
import { missingLines, readyChannels } from './channels.ts'
import { sendNotices } from './send-notices.ts'
import { tryChannel } from './try-channel.ts'
import { watchCauses } from './watch-causes.ts'
import { watchForTrouble, watchIntegrations } from './watch-integrations.ts'

const webhookSecret = `whsec_${Buffer.from('thirty-two bytes of a secret, or').toString('base64')}`

/** Somebody's endpoint, which checks every signature with the library that its owner would use. */
const hooks: { id: string; body: { type: string; data: Record<string, unknown> } }[] = []
let hookAnswer = 204
const endpoint = createHttp(async (request, response) => {
  const text = await textOf(request)
  new Webhook(webhookSecret).verify(text, request.headers as Record<string, string>)
  hooks.push({ id: String(request.headers['webhook-id']), body: JSON.parse(text) })
  response.writeHead(hookAnswer).end()
})
await new Promise<void>((resolve) => void endpoint.listen(0, '127.0.0.1', resolve))

const mails: string[] = []
const mailServer = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  hideSTARTTLS: true,
  onAuth: ({ username, password }, _session, done) =>
    username === 'alerts' && password === 's3cret&mail'
      ? done(null, { user: 'alerts' })
      : done(new Error('Invalid username or password')),
  onData: (stream, _session, done) => {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      mails.push(Buffer.concat(parts).toString())
      done()
    })
  },
})
await new Promise<void>((resolve) => void mailServer.listen(0, '127.0.0.1', resolve))

after(async () => {
  endpoint.closeAllConnections()
  await new Promise((resolve) => void endpoint.close(resolve))
  await new Promise<void>((resolve) => void mailServer.close(() => resolve()))
})

const portOf = (server: { address: () => AddressInfo | string | null }) =>
  (server.address() as AddressInfo).port
const smtp = (password: string) =>
  `smtp://alerts:${encodeURIComponent(password)}@127.0.0.1:${portOf(mailServer.server)}`

const business = {
  ...exampleBusiness,
  alerts: {
    ...exampleBusiness.alerts,
    email: { from: 'alerts@beacon.example', to: ['irina@beacon.example', 'pavel@beacon.example'] },
    webhook: { url: `http://127.0.0.1:${portOf(endpoint)}/hook` },
  },
}
const app = await startTestApp({
  business,
  config: testConfig({ ALERTS_SMTP_URL: smtp('s3cret&mail'), ALERTS_WEBHOOK_SECRET: webhookSecret }),
})
const { db } = app
const server = await createServer(app)
after(() => server.close())

beforeEach(async () => {
  await app.wipe()
  hooks.length = 0
  mails.length = 0
  hookAnswer = 204
})

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

/** What the mails say, whatever way they took. */
const mailTexts = () =>
  mails.map((mail) => {
    const [head = '', ...rest] = mail.split('\r\n\r\n')
    const body = rest.join('\r\n\r\n')
    const text = /base64/i.test(head)
      ? Buffer.from(body, 'base64').toString()
      : body
          .replaceAll(/=\r\n/g, '')
          .replaceAll(/(?:=[0-9A-F]{2})+/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString())
    return { head, text }
  })

const handOver = (leadId: number, reason = 'Просит человека') =>
  inTransaction(db, (tx) =>
    setControl(tx, leadId, { control: 'human', source: 'decision', by: 'ai', reason }),
  )
const take = (leadId: number) =>
  inTransaction(db, (tx) =>
    setControl(tx, leadId, { control: 'human', source: 'operator', by: 'Ирина', reason: 'взяла' }),
  )
const bury = (leadId: number, key: string, reason: string) =>
  db.query(
    `insert into outbox (lead_id, channel, payload, idempotency_key, state, last_error)
     values ($1, 'telegram', '{"kind":"text","messageId":1,"text":"x"}', $2, 'dead', $3)`,
    [leadId, key, reason],
  )
const hasRedis = spawnSync('redis-server', ['--version']).status === 0
/** What never answered here is no trouble of these tests. */
const stillStartingMs = 120_000
/** One round of what startWork repeats. */
async function round(ports: App = app) {
  await watchCauses(ports)
  await sendNotices(ports)
}
const notices = () =>
  rowsOf<{ channel: string; event: string; state: string; last_error: string | null }>(
    db,
    'select channel, event, state, last_error from alert_notices order by id',
  )
const alerts = () =>
  rowsOf<{ cause: string; count: number; resolved: boolean }>(
    db,
    'select cause, count, resolved_at is not null as resolved from alerts order by id',
  )

describe('a lead that is handed over', () => {
  test('is told once by mail and by a signed webhook, and its end too', async () => {
    await addLead(db, 501, { contact_name: 'Мария Ковалёва' })
    await handOver(501, 'Вопрос о договоре')
    await round()
    await round()
    assert.deepEqual(
      hooks.map(({ body }) => [body.type, body.data['leadId'], body.data['cause']]),
      [['alert.raised', 501, 'hand-off:501']],
    )
    const [mail] = mailTexts()
    assert.equal(mails.length, 1)
    assert.match(mail!.text, /Мария Ковалёва: нужен человек\r?\nВопрос о договоре\r?\nhttp\S+lead=501/)
    assert.match(mail!.head, /To: irina@beacon\.example, pavel@beacon\.example/)

    await take(501)
    await round()
    await round()
    assert.deepEqual(
      hooks.map(({ body }) => body.type),
      ['alert.raised', 'alert.resolved'],
    )
    assert.match(mailTexts()[1]!.text, /Мария Ковалёва: лидом занялись/)
    assert.deepEqual(await alerts(), [{ cause: 'hand-off:501', count: 1, resolved: true }])
  })

  test('again later, it is told again', async () => {
    await addLead(db, 501)
    await handOver(501)
    await round()
    await take(501)
    await round()
    await handOver(501)
    await round()
    assert.deepEqual(
      hooks.map(({ body }) => body.type),
      ['alert.raised', 'alert.resolved', 'alert.raised'],
    )
    assert.equal(new Set(hooks.map(({ id }) => id)).size, 3)
  })

  test('a human who takes a lead is no alert, nor one who opted out or was lost', async () => {
    for (const id of [1, 2, 3]) await addLead(db, id)
    await take(1)
    await handOver(2)
    await db.query(`update leads set opted_out_at = now(), opted_out_source = 'words' where id = 2`)
    await handOver(3)
    await db.query(`update leads set stage = 'lost' where id = 3`)
    await round()
    assert.deepEqual(await alerts(), [])
  })

  test('many at once are one mail, and one webhook each', async () => {
    for (let id = 1; id <= 14; id++) {
      await addLead(db, id, { contact_name: `Лид ${id}` })
      await handOver(id)
    }
    await round()
    assert.equal(hooks.length, 14)
    assert.equal(mails.length, 1)
    assert.match(mailTexts()[0]!.text, /И ещё 4, все в консоли/)
  })

  test('taken before it was told, it is told nowhere', async () => {
    await addLead(db, 501)
    await handOver(501)
    await watchCauses(app)
    await take(501)
    await round()
    assert.deepEqual([hooks.length, mails.length], [0, 0])
    assert.deepEqual([...new Set((await notices()).map(({ state }) => state))], ['dropped'])
  })
})

describe('dead letters', () => {
  test('of one reason are one alert with a count, whatever numbers differ; of another, another', async () => {
    await addLead(db, 1)
    await bury(1, 'a', 'FLOOD_WAIT 30')
    await bury(1, 'b', 'FLOOD_WAIT 45')
    await bury(1, 'c', 'USER_IS_BLOCKED')
    await round()
    assert.deepEqual((await alerts()).map(({ count }) => count).sort(), [1, 2])
    await bury(1, 'd', 'FLOOD_WAIT 99')
    await round()
    assert.deepEqual((await alerts()).map(({ count }) => count).sort(), [1, 3])
    assert.equal(hooks.length, 2)
    await db.query(`update outbox set state = 'done'`)
    await round()
    assert.ok((await alerts()).every(({ resolved }) => resolved))
    assert.equal(hooks.filter(({ body }) => body.type === 'alert.resolved').length, 2)
  })

  test('who acknowledged it is told anew when more came since', async () => {
    await addLead(db, 1)
    await bury(1, 'a', 'FLOOD_WAIT 30')
    await round()
    const [{ id }] = (await rowsOf<{ id: number }>(db, 'select id from alerts')) as [{ id: number }]
    assert.equal(await acknowledgeAlert(db, id, 'Ирина'), true)
    assert.equal(await acknowledgeAlert(db, id, 'Павел'), false)
    await round()
    assert.equal(hooks.length, 1)
    await bury(1, 'b', 'FLOOD_WAIT 45')
    await round()
    assert.deepEqual(
      hooks.map(({ body }) => [body.type, body.data['count']]),
      [
        ['alert.raised', 1],
        ['alert.raised', 2],
      ],
    )
  })

  test('what came in and was not understood is one too', async () => {
    await db.query(
      `insert into inbox_events (source, dedupe_key, content_type, body, state, reason)
       values ('amocrm', 'x', 'text/plain', 'x', 'unreadable', 'is no form')`,
    )
    await round()
    assert.match(mailTexts()[0]!.text, /Не доставлено или не понято \(из amoCRM\): 1\r?\nis no form/)
  })
})

describe('an integration', () => {
  test('that never answered is given time to start, then it is told, once', async () => {
    const starting = watchIntegrations(app)
    for (let look = 0; look < 4; look++) await starting()
    assert.deepEqual(await alerts(), [])
    const look = watchIntegrations(app, 0)
    await look()
    assert.deepEqual(await alerts(), [])
    await look()
    await look()
    await sendNotices(app)
    const causes = (await alerts()).map(({ cause }) => cause)
    assert.ok(causes.includes('integration:n8n') && causes.includes('integration:telegram'), causes.join())
    assert.equal(hooks.length, causes.length)
    assert.match(mailTexts()[0]!.text, /Нет связи: Telegram/)
  })

  test('is told at the second look when it goes away, and when it is back', async () => {
    const n8n = createHttp((_request, response) => void response.writeHead(200).end('ok'))
    await new Promise<void>((resolve) => void n8n.listen(0, '127.0.0.1', resolve))
    const { port } = n8n.address() as AddressInfo
    const close = async () => {
      n8n.closeAllConnections()
      await new Promise((resolve) => void n8n.close(resolve))
    }
    const look = watchIntegrations({ ...app, config: { ...app.config, n8nUrl: `http://127.0.0.1:${port}` } })
    const isLost = async () => (await alerts()).some((one) => one.cause.endsWith('n8n') && !one.resolved)
    await look()
    await close()
    await look()
    assert.equal(await isLost(), false)
    await look()
    await sendNotices(app)
    assert.equal(await isLost(), true)
    await new Promise<void>((resolve) => void n8n.listen(port, '127.0.0.1', resolve))
    await look()
    await sendNotices(app)
    assert.equal(await isLost(), false)
    await close()
    assert.deepEqual(
      hooks.filter(({ body }) => body.data['cause'] === 'integration:n8n').map(({ body }) => body.type),
      ['alert.raised', 'alert.resolved'],
    )
  })

  test('and providers of models that the work of turns found away are told by the same alerts, once, until they answer', async () => {
    await addLead(db, 501)
    const look = watchIntegrations(app)
    const unpaid = (service: 'openai' | 'n8n') =>
      noteFailure(app, db, { service, reason: 'no money', leadId: 501, needsHuman: true, atOnce: true })
    await unpaid('openai')
    await unpaid('n8n')
    for (let times = 0; times < 3; times++) await look()
    await sendNotices(app)
    assert.deepEqual((await alerts()).map(({ cause }) => cause).toSorted(), [
      'integration:n8n',
      'provider:openai',
    ])
    assert.equal(hooks.length, 2)
    assert.match(
      mailTexts()
        .map(({ text }) => text)
        .join(),
      /поставщик моделей: OpenAI\r?\nno money/,
    )
    // A process that has just begun takes nothing back that it has not seen itself.
    await noteSuccess(app, db, 'n8n')
    await watchIntegrations(app)()
    assert.deepEqual(
      (await alerts()).map(({ resolved }) => resolved),
      [false, false],
    )
    await noteSuccess(app, db, 'openai')
    await look()
    await sendNotices(app)
    assert.deepEqual(
      (await alerts()).filter(({ resolved }) => resolved).map(({ cause }) => cause),
      ['provider:openai'],
    )
    assert.equal(hooks.at(-1)?.body.type, 'alert.resolved')
  })

  test(
    'Redis that goes away is told, and that it is back',
    { skip: hasRedis ? false : 'no redis-server' },
    async (t) => {
      const holder = createHttp()
      await new Promise<void>((resolve) => void holder.listen(0, '127.0.0.1', resolve))
      const port = portOf(holder)
      await new Promise((resolve) => void holder.close(resolve))
      const start = () =>
        spawn('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' })
      const end = async (redis: ChildProcess) => {
        redis.kill('SIGKILL')
        await once(redis, 'exit')
      }
      let redis = start()
      const cache = createRedisCache({ host: '127.0.0.1', port }, () => {})
      t.after(() => Promise.all([end(redis), cache.close()]))
      const answers = async () => {
        while (
          !(await cache.ping().then(
            () => true,
            () => false,
          ))
        )
          await new Promise((soon) => setTimeout(soon, 20))
      }
      const look = watchIntegrations({ ...app, cache })
      const state = async () => (await alerts()).find(({ cause }) => cause === 'integration:cache')?.resolved
      await answers()
      await look()
      assert.equal(await state(), undefined)
      await end(redis)
      await look()
      await look()
      assert.equal(await state(), false)
      redis = start()
      await answers()
      await look()
      assert.equal(await state(), true)
    },
  )

  test('a disk that is nearly full is told at once, and that it has space again', async () => {
    let free = 9
    const look = watchIntegrations(app, stillStartingMs, async () => ({ bavail: free, blocks: 100 }))
    const told = async () => {
      await look()
      await sendNotices(app)
      return mailTexts()
        .map(({ text }) => text)
        .join()
    }
    assert.match(await told(), /Диск почти заполнен[^]*9 % free/)
    free = 10
    assert.match(await told(), /На диске снова есть место/)
    assert.deepEqual(await alerts(), [{ cause: 'integration:disk', count: 1, resolved: true }])
  })

  test('leads whose turn was due five minutes ago, with nothing known to be away, are told; what waits for a service is not', async () => {
    await addLead(db, 501)
    const look = watchIntegrations(app, stillStartingMs)
    const due = (minutes: number) =>
      db.query(`update turns set run_at = now() - make_interval(mins => $1), held_by = null`, [minutes])
    await db.query(`insert into turns (lead_id, kind, run_at) values (501, 'answer', now())`)
    await due(4)
    await look()
    assert.deepEqual(await alerts(), [])
    await due(7)
    await db.query(`update turns set held_by = 'openai'`)
    await look()
    assert.deepEqual(await alerts(), [])
    await due(7)
    assert.equal(await watchForTrouble(app)(), true, 'it is looked at the next time already')
    await look()
    await sendNotices(app)
    assert.match(
      mailTexts()
        .map(({ text }) => text)
        .join(),
      /Лиды ждут[^]*turns: 7 min/,
    )
    await db.query(`update turns set state = 'done'`)
    await look()
    assert.deepEqual(await alerts(), [{ cause: 'integration:work', count: 1, resolved: true }])
  })

  test("a seller's calendar that was lost is one", async () => {
    await db.query(
      `update sellers set disconnected_at = now(), disconnected_by = 'calendar', disconnected_reason = 'notFound' where id = 'olga'`,
    )
    const look = watchIntegrations(app, 0)
    await look()
    await look()
    assert.ok((await alerts()).some(({ cause }) => cause === 'integration:calendar:olga'))
  })
})

describe('quiet hours', () => {
  const at = (time: string) => ({
    ...app,
    now: () => new Date(`2026-11-25T${time}:00+03:00`),
    business: { ...business, alerts: { ...business.alerts, quietHours: { from: '21:00', to: '09:00' } } },
  })
  test('hold a hand-over until the morning, and a lost integration not', async () => {
    await addLead(db, 1)
    await handOver(1)
    await round(at('22:30'))
    assert.equal(hooks.length, 0)
    const [{ hours }] = (await rowsOf<{ hours: number }>(
      db,
      'select extract(epoch from max(run_at) - now()) / 3600 as hours from alert_notices',
    )) as [{ hours: number }]
    assert.equal(Math.round(hours * 10) / 10, 10.5)
    await inTransaction(db, (tx) =>
      raiseAlert(at('22:30'), tx, { cause: 'integration:amocrm', kind: 'integration', subject: 'amocrm' }),
    )
    await sendNotices(app)
    assert.deepEqual(
      hooks.map(({ body }) => body.data['cause']),
      ['integration:amocrm'],
    )
  })
  test('by day nothing waits', async () => {
    await addLead(db, 1)
    await handOver(1)
    await round(at('12:00'))
    assert.equal(hooks.length, 1)
  })
})

describe('a channel that fails', () => {
  test('holds up no other, is tried again with the same id, and shows no secret', async () => {
    const broken = {
      ...app,
      config: { ...app.config, alerts: { ...app.config.alerts, smtpUrl: smtp('wrong password') } },
    }
    hookAnswer = 500
    await inTransaction(db, (tx) =>
      raiseAlert(broken, tx, { cause: 'provider:openai', kind: 'provider', subject: 'OpenAI' }),
    )
    await sendNotices(broken)
    const failed = await notices()
    assert.deepEqual(
      failed.map(({ channel, state }) => [channel, state]),
      [
        ['email', 'pending'],
        ['webhook', 'pending'],
      ],
    )
    assert.match(failed[1]!.last_error!, /answered 500/)
    assert.match(failed[0]!.last_error!, /Invalid username or password/)
    assert.doesNotMatch(JSON.stringify(failed) + app.logged.join(), /wrong.password/)
    hookAnswer = 204
    await db.query('update alert_notices set run_at = now()')
    await sendNotices(app)
    assert.deepEqual(
      (await notices()).map(({ state }) => state),
      ['sent', 'sent'],
    )
    assert.equal(hooks.length, 2)
    assert.equal(hooks[0]!.id, hooks[1]!.id)
  })

  test('two processes tell it once', async () => {
    await inTransaction(db, (tx) =>
      raiseAlert(app, tx, { cause: 'provider:x', kind: 'provider', subject: 'X' }),
    )
    await Promise.all([sendNotices(app), sendNotices(app), sendNotices(app)])
    assert.deepEqual([hooks.length, mails.length], [1, 1])
  })

  test('two who raise one cause at once raise one alert', async () => {
    await Promise.all(
      Array.from({ length: 8 }, () =>
        inTransaction(db, (tx) =>
          raiseAlert(app, tx, { cause: 'provider:x', kind: 'provider', subject: 'X' }),
        ),
      ),
    )
    assert.equal((await alerts()).length, 1)
    assert.equal(await resolveAlert(app, db, 'provider:x'), true)
    assert.equal(await resolveAlert(app, db, 'provider:x'), false)
  })
})

describe('in the console', () => {
  test('a seller sees and acknowledges the alerts of their own leads only', async () => {
    await addLead(db, 1)
    await addLead(db, 2)
    await db.query(`update lead_heads set seller_id = 'olga' where lead_id = 1`)
    await handOver(1)
    await handOver(2)
    await inTransaction(db, (tx) =>
      raiseAlert(app, tx, { cause: 'provider:x', kind: 'provider', subject: 'X' }),
    )
    await watchCauses(app)
    const [seller, manager] = [
      await signIn(app, server, 'seller', 'olga'),
      await signIn(app, server, 'manager'),
    ]
    type Page = {
      alerts: { id: number; leadId: number | null; acknowledgedBy: string | null }[]
      open: number
    }
    const listed = async (who: typeof seller) => (await who.get('/console/alerts')).body as unknown as Page
    const own = await listed(seller)
    const all = await listed(manager)
    assert.deepEqual(
      [own.alerts.map(({ leadId }) => leadId), own.open, all.alerts.length, all.open],
      [[1], 1, 3, 3],
    )
    const others = all.alerts.find(({ leadId }) => leadId === 2)!
    assert.equal((await seller.post(`/console/alerts/${others.id}/acknowledge`)).status, 404)
    assert.equal((await seller.post(`/console/alerts/${own.alerts[0]!.id}/acknowledge`)).status, 200)
    assert.equal((await manager.post(`/console/alerts/${own.alerts[0]!.id}/acknowledge`)).status, 409)
    assert.equal((await listed(manager)).open, 2)
    await sendNotices(app)
    assert.deepEqual(hooks.map(({ body }) => body.data['leadId']).sort(), [2, null])
  })

  test('what a channel lacks is said by the lines that bring it; a test is sent at once, or says why not', async () => {
    const manager = await signIn(app, server, 'manager')
    const { channels } = (await manager.get('/console/alert-channels')).body as {
      channels: { name: string; missing: { name: string }[] }[]
    }
    assert.deepEqual(
      channels.map(({ name, missing }) => [name, missing.map((one) => one.name)]),
      [
        ['telegram', ['ALERTS_TELEGRAM_BOT_TOKEN', 'alerts.telegram']],
        ['email', []],
        ['webhook', []],
      ],
    )
    const tried = async (channel: AlertChannel) => {
      const { status, body } = await manager.post(`/console/alert-channels/${channel}/test`)
      assert.equal(status, 200)
      return body['fault'] as AlertTest['fault']
    }
    assert.equal(await tried('email'), null)
    assert.deepEqual(
      mailTexts().map(({ head }) => /To: (\S+)/.exec(head)?.[1]),
      ['irina@beacon.example', 'pavel@beacon.example'],
    )
    assert.match(mailTexts()[0]!.text, /Проверка: оповещения сюда доходят/)
    hookAnswer = 410
    assert.deepEqual(await tried('webhook'), {
      kind: 'refused',
      setting: 'alerts.webhook.url',
      said: 'the webhook answered 410',
    })
    hookAnswer = 401
    assert.deepEqual((await tried('webhook'))?.setting, 'ALERTS_WEBHOOK_SECRET')
    assert.deepEqual(await tried('telegram'), {
      kind: 'missing',
      setting: 'ALERTS_TELEGRAM_BOT_TOKEN, alerts.telegram.chats',
      said: '',
    })
    assert.deepEqual(await alerts(), [])
  })

  test('a wrong password and a mail server that is not there are told apart, and no secret is shown', async () => {
    const ports = { now: app.now, business: app.business }
    const by = (url: string) => ({ ...ports, config: testConfig({ ALERTS_SMTP_URL: url }) })
    const denied = await tryChannel(by(smtp('wr0ng&mail')), 'email')
    assert.deepEqual([denied.fault?.kind, denied.fault?.setting], ['denied', 'ALERTS_SMTP_URL'])
    assert.match(denied.fault!.said, /^irina@beacon\.example: Invalid login/)
    assert.doesNotMatch(denied.fault!.said, /wr0ng/)
    const away = await tryChannel(by('smtp://127.0.0.1:9'), 'email')
    assert.equal(away.fault?.kind, 'unreachable')
  })

  test('the lines that a channel lacks are lines that turn it on', () => {
    const off = { business: exampleBusiness, config: testConfig() }
    const lines = alertChannels.flatMap((channel) =>
      missingLines(off, channel, { email: 'irina@beacon.example', secret: newWebhookSecret() }),
    )
    const variables = Object.fromEntries(
      lines.filter(({ file }) => file === '.env').map(({ line }) => line.split(/=(.*)/s).slice(0, 2)),
    )
    const rules = lines.filter(({ file }) => file !== '.env').map(({ line }) => line)
    const { alerts: channels } = parseYaml(`alerts:\n${rules.join('\n')}\n`)
    const on = {
      config: testConfig(variables),
      business: { ...exampleBusiness, alerts: { ...exampleBusiness.alerts, ...channels } },
    }
    assert.deepEqual(readyChannels(on), [...alertChannels])
    assert.deepEqual(on.business.alerts.email.to, ['irina@beacon.example'])
  })
})
