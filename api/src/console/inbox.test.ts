import type { Counters, LeadCard, LeadPage, Thread, TurnTrace } from '@lead/contract/console'
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { setControl } from '../leads/set-control.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { signIn } from '../testing/console-client.ts'
import { isProblem } from '../testing/http-client.ts'
import { addInbound, addLead, addMeeting, offerIn, proposal, rowsOf, runningTurn } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { journalDecision } from '../turns/journal-decision.ts'

const app = await startTestApp()
const { db } = app
const server = await createServer(app)
after(() => server.close())
let me: Awaited<ReturnType<typeof signIn>>
beforeEach(async () => {
  await app.wipe()
  me = await signIn(app, server, 'manager')
})

const leads = async (query = '') => ((await me.get(`/console/leads${query}`)).body as LeadPage).leads
const card = async (id: number) => (await me.get(`/console/leads/${id}`)).body as unknown as LeadCard
const thread = async (id: number) => (await me.get(`/console/leads/${id}/thread`)).body as unknown as Thread
const say = (leadId: number, text: string, author: 'ai' | 'human' = 'ai') =>
  queueMessage(db, { leadId, turnId: null, author, text, key: `${leadId}:${text}` })

test('each lead stands in the queue of who has the ball, and the counters say how many', async () => {
  const control = (
    id: number,
    source: 'decision' | 'failure' | 'operator',
    to: 'human' | 'paused' = 'human',
  ) => setControl(db, id, { control: to, until: offerDate(24), source, by: 'x', reason: 'y' })
  for (let id = 1; id <= 9; id++) await addLead(db, id, id === 7 ? { stage: 'booked' } : {})
  await addInbound(db, 2, 'Hello')
  await say(3, 'Hello')
  await control(4, 'decision')
  await control(5, 'operator')
  await control(6, 'operator', 'paused')
  await control(8, 'operator')
  await addInbound(db, 8, 'And?')
  await db.query(`update leads set opted_out_at = now() where id = 9`)
  const expected = {
    attention: [4, 8],
    assistant: [1, 2],
    human: [5],
    waiting: [3, 6],
    booked: [7],
    closed: [9],
  }
  for (const [queue, ids] of Object.entries(expected))
    assert.deepEqual((await leads(`?queue=${queue}`)).map(({ id }) => id).sort(), ids, queue)
  const counters = (await me.get('/console/counters')).body as unknown as Counters
  assert.deepEqual(
    counters,
    Object.fromEntries(Object.entries(expected).map(([queue, ids]) => [queue, ids.length])),
  )
})
const offerDate = (hours: number) => new Date(offerIn(hours).start)

test('what happened last is on top; pages follow each other without a gap, also while new words come in', async () => {
  for (let id = 1; id <= 120; id++) await addLead(db, id, { created_at: new Date(Date.now() - id * 60_000) })
  await addInbound(db, 77, 'Hello')
  const seen: number[] = []
  let next: string | null = ''
  while (next !== null) {
    const page = (await me.get(`/console/leads?queue=assistant${next && `&after=${next}`}`))
      .body as unknown as LeadPage
    seen.push(...page.leads.map(({ id }) => id))
    next = page.after
    if (seen.length === 50) await addInbound(db, 120, 'Up')
  }
  assert.equal(seen[0], 77)
  assert.equal(new Set(seen).size, seen.length)
  // The one that moved up while one read on is at the top now, not lost.
  assert.deepEqual(
    seen.toSorted((a, b) => a - b),
    Array.from({ length: 119 }, (_, index) => index + 1),
  )
  assert.equal((await leads('?queue=assistant'))[0]?.id, 120)
  isProblem(await me.get('/console/leads?after=x'), 'invalid-request', 400, 'after')
})

test('people are found by parts of name, username, e-mail and phone as people type it', async () => {
  await addLead(db, 1, {
    contact_name: 'Мария Ковалёва',
    telegram_username: 'Kovaleva_M',
    phone: '+79161234567',
    email: 'M@beacon.example',
  })
  await addLead(db, 2, { contact_name: 'Пётр 100%', phone: '+79031112233' })
  const find = async (text: string) =>
    (await leads(`?search=${encodeURIComponent(text)}`)).map(({ id }) => id)
  for (const text of [
    'ковал',
    'МАРИЯ',
    '@kovaleva',
    '8 (916) 123-45-67',
    '+7 916 123',
    '8 916 123',
    '916',
    '4567',
    'm@beacon',
  ])
    assert.deepEqual(await find(text), [1], text)
  await addLead(db, 3, { phone: '+14155550133', phones: ['+14155550133', '+79267654321'] })
  for (const text of ['8 926 765-43-21', '926 765 43 21', '+79267654321', '1 (415) 555-0133', '4155550133'])
    assert.deepEqual(await find(text), [3], `${text}: any of the phones of the card`)
  assert.deepEqual(await find('100%'), [2], 'a sign of LIKE is a letter like others')
  assert.deepEqual(await find('___'), [])
  isProblem(await me.get('/console/leads?search=ко'), 'invalid-request', 400, 'search')
})

test('words of the talk are found in all their forms and by their beginning, with the line; not what the lead deleted', async () => {
  await addLead(db, 1)
  await addLead(db, 2)
  await addInbound(db, 1, 'Нам нужны встречи с подрядчиками')
  const gone = await addInbound(db, 2, 'Встречаемся у метро')
  await db.query('update messages set deleted_at = now() where id = $1', [gone])
  const [found, ...more] = await leads(`?search=${encodeURIComponent('встречу подрядчик')}`)
  assert.deepEqual([found?.id, found?.found, more.length], [1, 'Нам нужны встречи с подрядчиками', 0])
  for (const text of ["' or 1=1", '!!!', 'a & | b', ':*:*', '\\']) {
    const answer = await me.get(`/console/leads?search=${encodeURIComponent(`${text}   `)}`)
    assert.ok(answer.status === 200 || answer.status === 400, answer.text)
  }
})

test('the thread says whose words, whether they arrived, what was edited and deleted; notes stand between', async () => {
  await addLead(db, 1)
  const asked = await addInbound(db, 1, 'at 16:00')
  const gone = await addInbound(db, 1, 'a secret')
  await db.query(`update messages set edited_at = now(), original_text = 'at 15:00' where id = $1`, [asked])
  await db.query('update messages set deleted_at = now() where id = $1', [gone])
  await say(1, 'On its way')
  const failed = await say(1, 'Failed')
  await db.query(`update outbox set state = 'dead', last_error = 'privacy' where id = $1`, [failed.outboxId])
  await me.post('/console/leads/1/notes', { text: 'Knows our director' })
  const { messages, notes, before } = await thread(1)
  assert.deepEqual(
    messages.map(({ text, delivery, originalText, deletedAt }) => [
      text,
      delivery.state,
      originalText,
      deletedAt !== null,
    ]),
    [
      ['at 16:00', 'delivered', 'at 15:00', false],
      ['a secret', 'delivered', null, true],
      ['On its way', 'pending', null, false],
      ['Failed', 'dead', null, false],
    ],
  )
  assert.equal(messages.at(-1)?.delivery.reason, 'privacy')
  assert.deepEqual(
    notes.map(({ author, text }) => [author, text]),
    [['The manager', 'Knows our director']],
  )
  assert.equal(before, null)
})

test('a long thread comes in pages from the newest back', async () => {
  await addLead(db, 1)
  for (let line = 1; line <= 130; line++) await addInbound(db, 1, `line ${line}`)
  const seen: string[] = []
  let before: number | null = null
  do {
    const page: Thread = (await me.get(`/console/leads/1/thread${before ? `?before=${before}` : ''}`))
      .body as never
    seen.unshift(...page.messages.map(({ text }) => text))
    before = page.before
  } while (before !== null)
  assert.deepEqual(
    seen,
    Array.from({ length: 130 }, (_, index) => `line ${index + 1}`),
  )
})

test('the card says who has the lead, what is known, what is not written yet, and who else it is', async () => {
  await addLead(db, 1, {
    contact_id: 9,
    facts: { need: 'a CRM' },
    telegram_username: 'anna',
    bound_by: 'link',
    card: { title: null, source: 'Site form', answers: [{ question: 'Team', answer: '12' }] },
  })
  await addLead(db, 2, { contact_id: 9 })
  await addMeeting(db, 1, offerIn(5))
  await db.query(
    `insert into outbox (lead_id, channel, payload, idempotency_key) values (1, 'amocrm', '{"kind": "note"}', 'k')`,
  )
  const lead = await card(1)
  assert.deepEqual(
    [lead.facts, lead.boundBy, lead.crm, lead.others.map(({ id }) => id), lead.meetings.length, lead.cardUrl],
    [
      { need: 'a CRM' },
      'link',
      { waiting: 1, dead: 0 },
      [2],
      1,
      `${app.config.amocrm.baseUrl}/leads/detail/1`,
    ],
  )
  assert.deepEqual(lead.request, { source: 'Site form', answers: [{ question: 'Team', answer: '12' }] })
  isProblem(await me.get('/console/leads/999'), 'unknown-lead', 404)
})

test('why: what was heard, offered, refused and decided, turn by turn', async () => {
  await addLead(db, 1)
  await addInbound(db, 1, 'Можно во вторник до обеда?')
  const lease = await runningTurn(db, 1)
  const offers = [offerIn(24), offerIn(25)]
  const bad = proposal(
    { reply: 'Это будет стоить 5 рублей, договорились', action: 'offer_times' },
    { offers },
  )
  const answer = await journalDecision(app, lease, bad)
  assert.equal(answer.outcome, 'again', JSON.stringify(answer))
  const good = proposal(
    { reply: 'Есть время: [TIMES]', action: 'offer_times', note: 'Предложил время' },
    { offers, wishFree: true },
  )
  assert.deepEqual(await journalDecision(app, lease, good), { outcome: 'accepted' })
  await db.query('update turns set trace = trace || $2 where id = $1', [
    lease.turnId,
    {
      knowledge: {
        asked: 'Можно?',
        hits: [
          { id: 'demo', score: 2 },
          { id: 'filler', score: 0 },
        ],
      },
      cited: ['demo'],
    },
  ])
  const { turns } = (await me.get('/console/leads/1/turns')).body as unknown as { turns: TurnTrace[] }
  const [turn] = turns
  assert.deepEqual(turn?.heard, ['Можно во вторник до обеда?'])
  assert.deepEqual(
    [turn?.intent, turn?.action, turn?.origin, turn?.wishFree],
    ['interested', 'offer_times', 'ai', true],
  )
  assert.deepEqual(
    turn?.offers.map(({ id }) => id),
    offers.map(({ id }) => id),
  )
  assert.deepEqual([turn?.knowledge, turn?.cited], [{ asked: 'Можно?', found: ['demo'] }, ['demo']])
  assert.equal(turn?.refused.length, 1)
  assert.match(turn?.refused[0]?.reply ?? '', /5 рублей/)
  const raw = await me.get(`/console/leads/1/turns/${lease.turnId}`)
  assert.equal((raw.body['decision'] as { origin: string }).origin, 'ai')
  isProblem(await me.get(`/console/leads/1/turns/${lease.turnId + 1}`), 'unknown-turn', 404)
})

test('a take-over during the thinking: nothing of it is said, and giving back answers what is left', async () => {
  await addLead(db, 1)
  await addInbound(db, 1, 'Hello')
  const lease = await runningTurn(db, 1)
  assert.equal((await card(1)).thinking?.turnId, lease.turnId)
  assert.equal((await me.post('/console/leads/1/control', { control: 'human' })).status, 200)
  assert.equal((await card(1)).thinking, null)
  assert.equal((await journalDecision(app, lease, proposal())).outcome, 'superseded')
  assert.deepEqual(await rowsOf(db, `select from outbox where channel = 'telegram'`), [])
  assert.equal((await card(1)).queue, 'attention', 'the lead waits for a human')
  assert.equal((await me.post('/console/leads/1/control', { control: 'ai' })).status, 200)
  const turns = await rowsOf<{ kind: string; state: string }>(db, 'select kind, state from turns order by id')
  assert.deepEqual(turns, [
    { kind: 'answer', state: 'cancelled' },
    { kind: 'answer', state: 'pending' },
  ])
})

test('stopping the thinking leaves the lead with the assistant; what is decided already is not stopped', async () => {
  await addLead(db, 1)
  await addInbound(db, 1, 'Hello')
  const first = await runningTurn(db, 1)
  assert.deepEqual((await me.post('/console/leads/1/stop-thinking')).body, { stopped: true })
  assert.equal((await journalDecision(app, first, proposal())).outcome, 'superseded')
  assert.equal((await card(1)).control, 'ai')
  const second = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, second, proposal())).outcome, 'accepted')
  assert.deepEqual((await me.post('/console/leads/1/stop-thinking')).body, { stopped: false })
})

test('writing takes the lead over, goes the way of all words, and the same key says it once', async () => {
  await addLead(db, 1)
  await addInbound(db, 1, 'Hello')
  for (let time = 0; time < 2; time++) {
    const answer = await me.post('/console/leads/1/messages', { text: 'It is me, Anna', key: 'k1' })
    assert.equal(answer.status, 202, answer.text)
  }
  const { messages } = await thread(1)
  assert.deepEqual(
    messages.map(({ author, writtenBy, text }) => [author, writtenBy, text]),
    [
      ['lead', null, 'Hello'],
      ['human', 'The manager', 'It is me, Anna'],
    ],
  )
  const lead = await card(1)
  assert.deepEqual([lead.control, lead.controlSource, lead.controlBy], ['human', 'operator', 'The manager'])
  assert.ok(app.woken.includes('telegram'))
})

test('nobody writes to who asked for no messages; only lifting the wish lets the assistant go on', async () => {
  await addLead(db, 1)
  await db.query(`update leads set opted_out_at = now(), opted_out_source = 'words' where id = 1`)
  isProblem(await me.post('/console/leads/1/messages', { text: 'Hello', key: 'k' }), 'conflict', 409)
  isProblem(await me.post('/console/leads/1/control', { control: 'ai' }), 'conflict', 409)
  assert.equal((await me.post('/console/leads/1/control', { control: 'ai', liftOptOut: true })).status, 200)
  assert.equal((await card(1)).optedOutAt, null)
})

test('a pause ends in the future, and is one', async () => {
  await addLead(db, 1)
  const past = { control: 'paused', until: new Date(Date.now() - 1000).toISOString() }
  isProblem(await me.post('/console/leads/1/control', past), 'invalid-request', 400, 'until')
  const until = offerDate(30).toISOString()
  await me.post('/console/leads/1/control', { control: 'paused', until, reason: 'on holiday' })
  const lead = await card(1)
  assert.deepEqual(
    [lead.control, lead.controlUntil, lead.controlReason, lead.queue],
    ['paused', until, 'on holiday', 'waiting'],
  )
})

test('closing writes the reason onto the card and ends the writing; not while a meeting is to come', async () => {
  await addLead(db, 1)
  await addLead(db, 2)
  await addMeeting(db, 2, offerIn(5))
  assert.equal(
    (await me.post('/console/leads/1/close', { reason: 'unreachable', comment: 'Three calls' })).status,
    200,
  )
  const lead = await card(1)
  assert.deepEqual(
    [lead.stage, lead.stageBy, lead.queue, lead.control],
    ['lost', 'operator', 'closed', 'human'],
  )
  assert.deepEqual(await rowsOf(db, `select payload from outbox`), [
    { payload: { kind: 'lead', stage: 'lost', lossReason: 'unreachable' } },
  ])
  assert.equal((await thread(1)).notes[0]?.text, 'Three calls')
  isProblem(await me.post('/console/leads/2/close', { reason: 'other' }), 'conflict', 409)
})

test('a message that could not be delivered is sent again by a human, once', async () => {
  await addLead(db, 1)
  const { messageId, outboxId } = await say(1, 'Hello')
  isProblem(await me.post(`/console/leads/1/messages/${messageId}/retry`), 'conflict', 409)
  await db.query(`update outbox set state = 'dead' where id = $1`, [outboxId])
  assert.equal((await me.post(`/console/leads/1/messages/${messageId}/retry`)).status, 200)
  assert.equal((await thread(1)).messages[0]?.delivery.state, 'pending')
})

test('files: a voice is played in the page; a page with a script is only saved', async () => {
  await addLead(db, 1)
  await addLead(db, 2)
  const voice = await addInbound(db, 1, '[voice]')
  const page = await addInbound(db, 1, '[file]')
  for (const [id, type] of [
    [voice, 'audio/ogg'],
    [page, 'text/html'],
  ])
    await db.query(
      `insert into message_files (message_id, state, content, mime_type) values ($1, 'stored', '<script>', $2)`,
      [id, type],
    )
  const heard = await me.get(`/console/leads/1/files/${voice}`)
  assert.deepEqual([heard.type, heard.headers['content-disposition']], ['audio/ogg', 'inline'])
  const saved = await me.get(`/console/leads/1/files/${page}`)
  assert.deepEqual(
    [saved.type, saved.headers['content-disposition']],
    ['application/octet-stream', 'attachment'],
  )
  assert.match(String(saved.headers['content-security-policy']), /default-src 'none'/)
  isProblem(await me.get(`/console/leads/2/files/${voice}`), 'not-found', 404)
})
