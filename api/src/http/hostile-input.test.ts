import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { createAmocrm } from '../amocrm/client.ts'
import { createMemoryGate } from '../amocrm/memory-gate.ts'
import { findMissedLeads } from '../amocrm/find-missed-leads.ts'
import { telegramMessageSchema } from '../telegram/telegram-message.ts'
import { processNextEvent } from '../inbox/process-inbox.ts'
import { storeUpdate } from '../telegram/bot/store-update.ts'
import { webhookSecrets } from '../telegram/bot/webhook.ts'
import { storeMessage } from '../telegram/store-message.ts'
import { startAmocrmServer } from '../testing/amocrm-server.ts'
import { brokenBody, hostileText, hostileValue, onTheWire, spoiled } from '../testing/hostile.ts'
import { googleTokenClient } from '../secrets/google-token-client.ts'
import { addInbound, addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { origin, signIn } from '../testing/console-client.ts'
import { openExecutions } from '../testing/n8n-executions.ts'
import { startTestApp } from '../testing/test-app.ts'
import { testConfig, testVariables } from '../testing/test-config.ts'
import { createServer } from './server.ts'

/** Always the same inputs; another number tries others. */
const seed = Number(process.env['HOSTILE_SEED'] ?? 11)
const atOnce = 10

const chatsSecret = 'secret-chats-0123456789'
const amocrm = await startAmocrmServer()
const app = await startTestApp({
  amocrm: createAmocrm({
    baseUrl: amocrm.url,
    token: 'secret-amocrm-token',
    gate: createMemoryGate(100_000),
  }),
  config: testConfig({
    TELEGRAM_MODE: 'bot',
    TELEGRAM_BOT_TOKEN: 'mock_bot',
    AMOCRM_CHATS_CHANNEL_ID: 'channel',
    AMOCRM_CHATS_SECRET: chatsSecret,
    AMOCRM_CHATS_BOT_ID: 'bot',
  }),
})
const { db, config } = app
const n8n = await openExecutions(app)
after(() => n8n.end())
const server = await createServer(app)
after(() => server.close())

const card = (id: number, name = 'Заявка') => ({
  id,
  name,
  status_id: 10,
  pipeline_id: 3,
  responsible_user_id: 9,
  created_at: Math.floor(Date.now() / 1000),
  updated_at: Math.floor(Date.now() / 1000),
  custom_fields_values: [{ field_id: 5, field_code: 'LANGUAGE', values: [{ value: 'ru' }] }],
  _embedded: { contacts: [{ id: 70 + id, is_main: true }], tags: [{ name: 'vip' }] },
})
const contact = (id: number) => ({
  id,
  name: 'Иван Петров',
  first_name: 'Иван',
  custom_fields_values: [
    { field_id: 1, field_code: 'PHONE', values: [{ value: `+79990${id}` }] },
    { field_id: 2, field_code: 'EMAIL', values: [{ value: `ivan${id}@beacon.example` }] },
    { field_id: 3, field_code: 'TELEGRAM', values: [{ value: `ivan_${id}` }] },
  ],
})
const lay = (path: string, body: unknown) =>
  amocrm.answers.set(`GET /api/v4/${path}`, { status: 200, body: onTheWire(body) })
const embedded = (name: string, items: unknown[]) => ({ _embedded: { [name]: items } })

before(async () => {
  for (let id = 1; id <= 20; id++)
    await addLead(db, id, { telegram_username: `lead_${id}`, telegram_user_id: 1000 + id })
  await addInbound(db, 1, 'Здравствуйте')
})

let sent = 0
let readers = 0
async function send(
  method: 'GET' | 'POST',
  url: string,
  body?: string,
  headers: Record<string, string> = {},
) {
  sent += 1
  const answer = await server.inject({
    method,
    url,
    remoteAddress: `10.1.${sent % 250}.${(sent >> 8) % 250}`,
    // Who is signed in sends no token of a program.
    headers: { ...(headers['cookie'] ? {} : { authorization: `Bearer ${config.apiToken}` }), ...headers },
    ...(body === undefined ? {} : { payload: body }),
  })
  assert.ok(
    answer.statusCode < 500,
    `${method} ${url.slice(0, 200)} ${body?.slice(0, 500)}: ${answer.statusCode} ${answer.body}`,
  )
  return answer.statusCode
}

/** Each value goes through `work`, several at a time, as strangers do not wait for each other. */
async function attack<Value>(
  material: fc.Arbitrary<Value>,
  count: number,
  work: (value: Value) => Promise<unknown>,
): Promise<void> {
  const several = fc.array(material, { minLength: atOnce, maxLength: atOnce })
  const property = fc.asyncProperty(several, async (values) => {
    await Promise.all(values.map(work))
  })
  await fc.assert(property, { seed, numRuns: Math.ceil(count / atOnce), endOnFailure: true })
}

type Border = {
  good: unknown
  url?: () => Promise<string> | string
  form?: boolean
  sign?: boolean
  /** Sent by somebody who is signed in to the console. */
  signedIn?: boolean
  count?: number
}

let meeting = 0
let newest: Promise<unknown> = Promise.resolve()
/** A turn that waits for its decision, of a lead that has no other. One at a time: a claim takes all that is due. */
function freshTurn(): Promise<number> {
  const made = newest.then(makeTurn)
  newest = made.catch(() => {})
  return made
}
async function makeTurn(): Promise<number> {
  const leadId = 2 + (meeting++ % 18)
  await db.query(`update turns set state = 'done' where lead_id = $1 and state in ('running', 'pending')`, [
    leadId,
  ])
  return (await runningTurn(db, leadId)).turnId
}
/** A turn whose time is held: the next thing is Google's answer. */
async function bookingTurn(): Promise<number> {
  const turnId = await freshTurn()
  const offer = offerIn(24 + meeting)
  const decided = proposal(
    { action: 'book', offerId: offer.id, reply: 'Записал: [TIMES]' },
    { offers: [offer] },
  )
  await send('POST', `/turns/${turnId}/decision`, JSON.stringify({ turnId, fencing: 1, ...decided }), {
    'content-type': 'application/json',
  })
  return turnId
}
/** A turn that waits for facts of its lead. */
async function askingTurn(): Promise<number> {
  const turnId = await freshTurn()
  const [askedAt, until] = [new Date(), new Date(Date.now() + 60_000)].map((at) => at.toISOString())
  await db.query('update leads l set enriched = $2 from turns t where t.id = $1 and l.id = t.lead_id', [
    turnId,
    { askedAt, answeredAt: null, until, outcome: 'waiting', reason: null, facts: [] },
  ])
  return turnId
}

const googleEvent = {
  id: 'event1x1',
  status: 'confirmed',
  etag: '"1"',
  htmlLink: 'https://calendar.google.com/x',
  hangoutLink: 'https://meet.google.com/abc',
  start: { dateTime: '2030-06-03T10:00:00+03:00' },
  end: { dateTime: '2030-06-03T10:30:00+03:00' },
  attendees: [{ email: 'ivan@beacon.example', responseStatus: 'accepted' }],
}
const lease = { turnId: 1, fencing: 1 }
const chatHook = {
  account_id: 'amojo',
  message: {
    sender: { id: 'manager', name: 'Анна' },
    conversation: { id: 'chat', client_id: 'lead-1' },
    message: { id: 'm1', type: 'text', text: 'Перезвоню', media: '' },
  },
}
const { GOOGLE_CLIENT_ID: client_id, GOOGLE_CLIENT_SECRET: client_secret } = googleTokenClient(
  testVariables.API_TOKEN,
)
const n8nClient = { client_id, client_secret }
const botUpdate = {
  update_id: 7,
  message: {
    message_id: 5,
    from: { id: 1001, is_bot: false, first_name: 'Иван', username: 'lead_1', language_code: 'ru' },
    chat: { id: 1001, type: 'private', username: 'lead_1' },
    date: 1_900_000_000,
    text: '/start',
    voice: { file_id: 'f', file_size: 5, duration: 2, mime_type: 'audio/ogg' },
    contact: { phone_number: '79991234567', first_name: 'Иван', user_id: 1001 },
    reply_to_message: { message_id: 4 },
  },
}
const hook = {
  'leads[add][0][id]': '900',
  'leads[add][0][name]': 'Заявка',
  'leads[update][0][id]': '1',
  'leads[update][0][tags][0][name]': 'ai:off',
  'contacts[update][0][id]': '71',
  'unsorted[add][0][lead_id]': '901',
  'leads[note][0][note][element_id]': '1',
  'leads[note][0][note][id]': '5',
  'leads[note][0][note][note_type]': '4',
  'account[id]': '1',
}

/** Every way in that takes a body. A route that is missing here fails the test. */
const borders: Record<string, Border> = {
  '/hooks/amocrm/{secret}': {
    good: hook,
    form: true,
    count: 500,
    url: () => `/hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET}`,
  },
  '/hooks/telegram/{secret}': {
    good: botUpdate,
    count: 350,
    url: () => `/hooks/telegram/${webhookSecrets(config).path}`,
  },
  '/hooks/amocrm-chats/{scopeId}': {
    good: chatHook,
    sign: true,
    count: 200,
    url: () => '/hooks/amocrm-chats/channel_x',
  },
  '/google/token': {
    good: { ...n8nClient, grant_type: 'refresh_token', refresh_token: 'any' },
    form: true,
    count: 100,
  },
  '/models/gigachat/v1/chat/completions': {
    good: { model: 'GigaChat-2-Max', messages: [{ role: 'user', content: 'Добрый день' }] },
    count: 100,
  },
  '/telegram/userbot': {
    good: { action: 'send', leadId: 1, text: 'Добрый день', idempotencyKey: 'k', account: 'main' },
  },
  '/amocrm/update': {
    good: {
      leadId: 1,
      stage: 'qualified',
      fields: { need: 'CRM', budget: 5, timeline: null },
      tags: ['vip'],
      note: 'Звонил',
      task: { text: 'Перезвонить', dueAt: '2030-06-03T10:00:00+03:00' },
      idempotencyKey: 'k',
    },
  },
  '/amocrm/setup': { good: { dryRun: true }, count: 100 },
  '/amocrm/subscribe': {
    good: { destination: `https://x.example/${testVariables.AMOCRM_WEBHOOK_SECRET}` },
    count: 100,
  },
  '/amocrm/unsubscribe': {
    good: { destination: `https://x.example/${testVariables.AMOCRM_WEBHOOK_SECRET}` },
    count: 100,
  },
  '/leads/{leadId}/control': {
    good: {
      control: 'paused',
      until: '2030-06-03T10:00:00+03:00',
      by: 'Анна',
      reason: 'занята',
      liftOptOut: true,
    },
    url: () => '/leads/1/control',
  },
  '/meetings/{id}/move': {
    good: { startsAt: '2030-06-03T10:00:00+03:00', by: 'Анна', tellLead: false },
    url: async () => `/meetings/${(await addMeeting(db, 1, offerIn(24 * 30 + meeting++))).id}/move`,
    count: 150,
  },
  '/meetings/{id}/cancel': {
    good: { by: 'Анна', tellLead: true },
    url: () => '/meetings/1/cancel',
    count: 100,
  },
  '/meetings/{id}/no-show': { good: { by: 'Анна' }, url: () => '/meetings/1/no-show', count: 100 },
  '/calendar/sync/plan': { good: {}, count: 30 },
  '/calendar/sync/page': {
    good: {
      calendarId: 'pavel@beacon.example',
      status: 200,
      body: { items: [googleEvent], nextSyncToken: 'token', accessRole: 'writer' },
      error: 'none',
    },
    count: 500,
  },
  // Nobody like them is there: what is erased here must not be what others are tried with.
  '/person/export': { good: { phone: '+7 999 123-45-67' }, count: 100 },
  '/person/erase': { good: { who: { telegram: '424242' }, by: 'Анна', n8n: 'leave' }, count: 60 },
  '/knowledge/answers': { good: { questionId: 1, title: 'Цена', text: 'От 500', by: 'Анна' }, count: 100 },
  '/person/allow': { good: { leadIds: [404] }, count: 60 },
  '/outbox/{id}/{action}': { good: {}, url: () => '/outbox/1/retry', count: 30 },
  '/inbox/{id}/{action}': { good: {}, url: () => '/inbox/1/drop', count: 30 },
  '/turns/retry': { good: {}, count: 20 },
  '/turns/{id}/retry': { good: {}, url: () => '/turns/1/retry', count: 30 },
  '/turns/{id}/begin': {
    good: { ...lease, executionId: '17', n8nProcess: '00000000-0000-4000-8000-000000000001' },
    url: async () => `/turns/${await freshTurn()}/begin`,
    count: 100,
  },
  '/turns/{id}/decision': {
    good: { ...lease, ...proposal({ action: 'talk' }, { offers: [offerIn(30)] }) },
    url: async () => `/turns/${await freshTurn()}/decision`,
    count: 350,
  },
  '/turns/{id}/busy': {
    good: {
      ...lease,
      status: 200,
      body: {
        calendars: {
          'pavel@beacon.example': { busy: [{ start: '2030-06-03T10:00:00Z', end: '2030-06-03T11:00:00Z' }] },
          'olga@beacon.example': { errors: [{ domain: 'global', reason: 'notFound' }] },
        },
      },
    },
    url: async () => `/turns/${await freshTurn()}/busy`,
  },
  '/turns/{id}/busy/ask': {
    good: lease,
    url: async () => `/turns/${await freshTurn()}/busy/ask`,
    count: 100,
  },
  '/turns/{id}/knowledge': {
    good: { ...lease, question: 'Сколько стоит?' },
    url: async () => `/turns/${await freshTurn()}/knowledge`,
    count: 100,
  },
  '/turns/{id}/enrichment': {
    good: {
      ...lease,
      facts: [{ name: 'Возраст', value: 'Работает с 2010 года', source: 'https://beacon.example/about' }],
    },
    url: async () => `/turns/${await askingTurn()}/enrichment`,
    count: 150,
  },
  '/turns/{id}/calendar': {
    good: { ...lease, answer: { status: 200, body: googleEvent, error: 'none' } },
    url: async () => `/turns/${await bookingTurn()}/calendar`,
    count: 200,
  },
  '/turns/{id}/act': {
    good: { ...lease, answer: { status: 200, body: googleEvent, error: 'none' } },
    url: async () => `/turns/${await bookingTurn()}/act`,
    count: 200,
  },
  '/turns/{id}/complete': {
    good: lease,
    url: async () => `/turns/${await freshTurn()}/complete`,
    count: 100,
  },
  '/turns/{id}/model-calls': {
    good: {
      ...lease,
      executionId: '17',
      call: {
        step: 'sales',
        vendor: 'openai',
        model: 'gpt-6-luna',
        outcome: 'ok',
        ms: 900,
        tokens: { input: 900, cached: 0, output: 90 },
        reason: null,
      },
    },
    url: async () => `/turns/${await freshTurn()}/model-calls`,
    count: 100,
  },
  '/turns/{id}/failure': {
    good: { ...lease, reason: 'the model is away', service: 'google' },
    url: async () => `/turns/${await freshTurn()}/failure`,
    count: 150,
  },
  '/rehearsals/{rehearsal}': { good: {}, url: () => '/rehearsals/booking', count: 20 },
  '/rehearsals/{rehearsal}/{operation}': {
    good: { ...proposal({ action: 'talk' }, { offers: [offerIn(30)] }), rehearsed: null },
    url: () => '/rehearsals/booking/journal',
  },
  '/console/owner-link': { good: {}, count: 20 },
  '/console/login': {
    good: { email: 'anna@beacon.example', password: 'correct horse' },
    signedIn: true,
    count: 30,
  },
  '/console/join': {
    good: { token: 'x', email: 'anna@beacon.example', name: 'Анна', password: 'correct horse' },
    signedIn: true,
    count: 30,
  },
  '/console/leads/{leadId}/control': {
    good: { control: 'paused', until: '2030-06-03T10:00:00+03:00', reason: 'занята', liftOptOut: true },
    url: () => '/console/leads/1/control',
    signedIn: true,
  },
  '/console/leads/{leadId}/stop-thinking': {
    good: {},
    url: () => '/console/leads/1/stop-thinking',
    signedIn: true,
    count: 30,
  },
  '/console/leads/{leadId}/messages': {
    good: { text: 'Добрый день', key: 'k' },
    url: () => '/console/leads/1/messages',
    signedIn: true,
  },
  '/console/leads/{leadId}/messages/{messageId}/retry': {
    good: {},
    url: () => '/console/leads/1/messages/1/retry',
    signedIn: true,
    count: 30,
  },
  '/console/leads/{leadId}/notes': {
    good: { text: 'Знает директора' },
    url: () => '/console/leads/1/notes',
    signedIn: true,
  },
  '/console/leads/{leadId}/close': {
    good: { reason: 'other', comment: 'Три звонка' },
    url: () => '/console/leads/19/close',
    signedIn: true,
    count: 100,
  },
  '/console/leads/{leadId}/snooze': {
    good: { until: '2030-06-03T10:00:00+03:00' },
    url: () => '/console/leads/1/snooze',
    signedIn: true,
    count: 50,
  },
  '/console/leads/{leadId}/block': {
    good: { reason: 'спам' },
    url: () => '/console/leads/19/block',
    signedIn: true,
    count: 50,
  },
  '/console/leads/{leadId}/messages/{messageId}/wrong': {
    good: { right: 'Добрый день', comment: 'сухо' },
    url: () => '/console/leads/1/messages/1/wrong',
    signedIn: true,
    count: 50,
  },
  '/console/evaluation-cases/{caseId}/drop': {
    good: {},
    url: () => '/console/evaluation-cases/1/drop',
    signedIn: true,
    count: 20,
  },
  '/console/filters': { good: { name: 'Мои', queue: 'all', search: 'CRM' }, signedIn: true, count: 50 },
  '/console/filters/{filterId}/drop': {
    good: {},
    url: () => '/console/filters/1/drop',
    signedIn: true,
    count: 20,
  },
  '/console/second-factor/begin': { good: { password: 'correct horse' }, signedIn: true, count: 20 },
  '/console/second-factor/confirm': { good: { code: '000000' }, signedIn: true, count: 30 },
  '/console/second-factor/off': { good: { password: 'x', code: '000000' }, signedIn: true, count: 20 },
  '/console/password': {
    good: { present: 'correct horse', next: 'correct horse battery' },
    signedIn: true,
    count: 30,
  },
  '/console/leads/{leadId}/drafts/{draftId}/approve': {
    good: { reply: 'Добрый день' },
    url: () => '/console/leads/1/drafts/1/approve',
    signedIn: true,
    count: 50,
  },
  '/console/leads/{leadId}/drafts/{draftId}/reject': {
    good: { reason: 'сухо' },
    url: () => '/console/leads/1/drafts/1/reject',
    signedIn: true,
    count: 50,
  },
  '/console/leads/{leadId}/approval': {
    good: { needs: false },
    url: () => '/console/leads/1/approval',
    signedIn: true,
    count: 50,
  },
  '/console/leads/{leadId}/suggest': {
    good: {},
    url: () => '/console/leads/1/suggest',
    signedIn: true,
    count: 20,
  },
  '/console/leads/{leadId}/erase': {
    good: {},
    url: () => '/console/leads/77777/erase',
    signedIn: true,
    count: 20,
  },
  '/console/meetings/{meetingId}/move': {
    good: { startsAt: '2030-06-03T10:00:00+03:00', tellLead: false },
    url: () => '/console/meetings/1/move',
    signedIn: true,
    count: 100,
  },
  '/console/meetings/{meetingId}/cancel': {
    good: { tellLead: true },
    url: () => '/console/meetings/1/cancel',
    signedIn: true,
    count: 50,
  },
  '/console/meetings/{meetingId}/no-show': {
    good: {},
    url: () => '/console/meetings/1/no-show',
    signedIn: true,
    count: 30,
  },
  '/console/dead-letters/{door}/{id}/{action}': {
    good: {},
    url: () => '/console/dead-letters/outbox/1/retry',
    signedIn: true,
    count: 30,
  },
  '/console/halt': { good: { halted: false, reason: 'проверка' }, signedIn: true, count: 100 },
  '/console/alerts/{alertId}/acknowledge': {
    good: {},
    url: () => '/console/alerts/1/acknowledge',
    signedIn: true,
    count: 30,
  },
  '/console/alert-channels/{channel}/test': {
    good: {},
    url: () => '/console/alert-channels/email/test',
    signedIn: true,
    count: 30,
  },
  '/console/alert-channels/telegram/chats': { good: {}, signedIn: true, count: 10 },
  '/console/setup/{integration}/check': {
    good: { language: 'ru' },
    url: () => '/console/setup/n8n/check',
    signedIn: true,
    count: 20,
  },
  '/console/telegram-login': { good: { step: 'password', password: 'x' }, signedIn: true, count: 50 },
  '/console/push': {
    good: {
      endpoint: 'https://push.example/1',
      p256dh: 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM',
      auth: 'tBHItJI5svbpez7KI4CCXg',
      language: 'ru',
    },
    signedIn: true,
    count: 100,
  },
  '/console/push/drop': { good: { endpoint: 'https://push.example/1' }, signedIn: true, count: 50 },
  '/console/playground': {
    good: { id: 'playground-0123456789abcdef', text: 'Сколько стоит?', language: 'ru' },
    signedIn: true,
    count: 100,
  },
  '/console/business/check': { good: { text: 'company:\n  name: Маяк\n' }, signedIn: true, count: 100 },
  '/console/business': {
    good: { text: 'company:\n  name: Маяк\n', version: '0123456789abcdef' },
    signedIn: true,
    count: 100,
  },
  '/console/tokens': { good: { name: 'Отчёт', scope: 'read', days: 30 }, signedIn: true, count: 100 },
  '/console/tokens/{tokenId}/drop': {
    good: {},
    url: () => '/console/tokens/777777/drop',
    signedIn: true,
    count: 10,
  },
  '/console/webhooks': {
    good: { url: 'https://crm.beacon.example/in', events: ['meeting.booked', 'lead.handed_off'] },
    signedIn: true,
    count: 200,
  },
  ...Object.fromEntries(
    ['drop', 'resume', 'test'].map((act) => [
      `/console/webhooks/{webhookId}/${act}`,
      { good: {}, url: () => `/console/webhooks/777777/${act}`, signedIn: true, count: 10 },
    ]),
  ),
  '/console/invitations': { good: { role: 'seller', sellerId: 'olga' }, signedIn: true, count: 100 },
  '/console/people/{personId}': {
    good: { place: { role: 'viewer', sellerId: null }, disabled: false },
    url: () => '/console/people/777777',
    signedIn: true,
    count: 100,
  },
  '/console/logout': { good: {}, signedIn: true, count: 10 },
  '/n8n/errors': {
    good: { workflow: 'lead-processing', execution: { id: '5', lastNode: 'AI sales', message: 'timeout' } },
  },
}

describe('hostile input', () => {
  test('every way in is attacked', async () => {
    await server.ready()
    const document = server.swagger() as unknown as { paths: Record<string, Record<string, unknown>> }
    const ways = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).some((method) => method !== 'get') ? [path] : [],
    )
    assert.deepEqual(ways.toSorted(), Object.keys(borders).toSorted())
  })

  for (const [path, { good, url, form, sign, signedIn, count = 200 }] of Object.entries(borders)) {
    test(`POST ${path}: no 5xx, whatever comes`, async () => {
      const person = signedIn ? { ...origin, cookie: (await signIn(app, server, 'owner')).cookie()! } : {}
      const wellFormed = spoiled(good).map((value) => ({
        body: form ? asForm(value) : onTheWire(value),
        type: form ? 'application/x-www-form-urlencoded' : 'application/json',
      }))
      const material = fc.oneof({ weight: 5, arbitrary: wellFormed }, { weight: 1, arbitrary: brokenBody })
      await attack(material, count, async ({ body, type }) => {
        const to = url ? await url() : path
        const signature = createHmac('sha1', chatsSecret).update(body).digest('hex')
        await send('POST', to, body, {
          'content-type': type,
          ...(sign ? { 'x-signature': signature } : {}),
          'x-telegram-bot-api-secret-token': webhookSecrets(config).header,
          ...person,
        })
      })
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    })
  }

  test('what stands in addresses, queries and headers', async () => {
    const places = [
      '/meetings?sellerId=',
      '/meetings?from=',
      '/conversation/',
      '/outbox?state=',
      '/outbox?limit=',
      '/inbox?limit=',
      '/person/erasures?limit=',
      '/knowledge?text=',
      '/console/week/why?at=',
      '/console/week/why?at=2030-06-03T10:00:00Z&sellerId=',
      '/console/knowledge?text=',
      '/console/telegram-login?account=',
      '/console/playground/',
      '/turns/1/trace?x=',
      '/knowledge/questions?limit=',
      '/hooks/amocrm/',
      '/hooks/amocrm-chats/',
      '/turns/',
      '/app/',
      '/console/leads/',
      '/console/leads?search=',
      '/console/leads?after=',
      '/console/leads?queue=',
      '/console/leads/1/thread?before=',
      '/console/leads/1/turns/',
      '/console/week?to=2030-06-03T10:00:00Z&from=',
      '/console/numbers?to=2030-06-03T10:00:00Z&from=',
    ]
    const cookie = (await signIn(app, server, 'owner')).cookie()!
    await attack(
      fc.tuple(fc.constantFrom(...places), hostileText, fc.boolean()),
      300,
      async ([place, text, raw]) => {
        const tail = raw ? encodeRaw(text) : encodeURIComponent(text.toWellFormed())
        const header = {
          cookie,
          'x-signature': text.replace(/[^\x20-\x7e]/g, ''),
          'content-type': 'text/plain',
        }
        await send(
          place.startsWith('/hooks') ? 'POST' : 'GET',
          place + tail.slice(0, 3000),
          undefined,
          header,
        )
      },
    )
  })

  test('a control lead among all of this is worked on its first try', async () => {
    await db.query(`update inbox_events set run_at = now() where state = 'received'`)
    amocrm.answers.clear()
    lay('leads/501', card(501))
    lay(`contacts/${70 + 501}`, contact(70 + 501))
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    await send('POST', `/hooks/amocrm/${testVariables.AMOCRM_WEBHOOK_SECRET}`, 'leads[add][0][id]=501', form)
    let steps = 0
    while (await processNextEvent(app)) assert.ok(++steps < 5000)
    const [control] = await rowsOf<{ state: string; attempts: number }>(
      db,
      `select state, attempts from inbox_events where body = 'leads[add][0][id]=501'`,
    )
    assert.deepEqual(control, { state: 'processed', attempts: 1 })
    assert.deepEqual(await rowsOf(db, 'select kind from turns where lead_id = 501'), [
      { kind: 'first_touch' },
    ])
    assert.deepEqual(await rowsOf(db, `select state from inbox_events where state = 'failed'`), [])
  })

  test('amoCRM answers with spoiled cards: the good ones beside them are followed', async () => {
    await db.query('delete from inbox_events')
    let number = 2000
    await attackOne(fc.tuple(spoiled(card(600)), spoiled(contact(670))), 150, async ([lead, person]) => {
      const id = ++number
      lay('leads', embedded('leads', [lead, card(id, `Control ${id}`)]))
      lay('leads/600', lead)
      lay('contacts', embedded('contacts', [person, contact(70 + id)]))
      lay('contacts/670', person)
      lay(`contacts/${70 + id}`, contact(70 + id))
      await findMissedLeads(app)
      assert.equal(
        (await rowsOf(db, `select from turns where lead_id = $1`, [id])).length,
        1,
        onTheWire(lead),
      )
    })
    while (await processNextEvent(app));
  })

  test('updates and messages of Telegram: each has an end, and the next one is heard', async () => {
    await db.query('delete from inbox_events')
    const good = telegramMessageSchema.parse({
      accountId: 'main',
      peerId: 1001,
      peerUsername: 'lead_1',
      peerPhone: '+79991234567',
      messageId: 5,
      outgoing: false,
      text: 'Здравствуйте',
      sentAt: '2030-06-03T08:00:00.000Z',
      media: { name: 'a', size: 5 },
    })
    let number = 100
    await attackOne(
      fc.tuple(spoiled(botUpdate), hostileText, hostileValue),
      150,
      async ([update, text, value]) => {
        number += 2
        const read: unknown = JSON.parse(onTheWire(update))
        await storeUpdate(app, { ...(typeof read === 'object' ? read : {}), update_id: number })
        const media = { name: text, mimeType: text, emoji: onTheWire(value).slice(0, 1000) }
        await storeMessage(app, { ...good, messageId: number, text, peerUsername: text, media })
        await storeMessage(app, { ...good, messageId: number + 1, text: 'control' })
        while (await processNextEvent(app));
        const heard = await rowsOf(
          db,
          `select from messages where text like 'control%' and channel_message_id = $1`,
          [number + 1],
        )
        assert.equal(heard.length, 1)
      },
    )
    const ends = await rowsOf<{ state: string; reason: string }>(
      db,
      `select state, reason from inbox_events where state not in ('processed', 'unreadable')`,
    )
    assert.deepEqual(ends, [])
  })

  test('5,000 hostile inputs in all, and the last line of defence was not needed', () => {
    assert.ok(sent + readers >= 5000, `${sent} requests, ${readers} answers and updates`)
    const leaks = app.logged.filter((line) => line.includes('A request failed'))
    assert.deepEqual(leaks.map((line) => line.slice(0, 600)).slice(0, 5), [])
  })
})

async function attackOne<Value>(
  material: fc.Arbitrary<Value>,
  count: number,
  work: (value: Value) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(material, work), { seed, numRuns: count, endOnFailure: true })
  // Two hostile things each: a card and its contact, an update and a message.
  readers += 2 * count
}

/** As amoCRM sends it; what is no flat object goes as it is. */
function asForm(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([key, item]) => `${encodeRaw(key)}=${encodeRaw(typeof item === 'string' ? item : onTheWire(item))}`)
    .join('&')
    .slice(0, 200_000)
}

/** Half of a surrogate pair as its three bytes, which no correct program would write. */
const encodeRaw = (text: string) =>
  [...text]
    .map((char) => {
      const code = char.codePointAt(0)!
      if (code < 0xd800 || code > 0xdfff) return encodeURIComponent(char)
      return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
        .map((byte) => `%${byte.toString(16)}`)
        .join('')
    })
    .join('')
