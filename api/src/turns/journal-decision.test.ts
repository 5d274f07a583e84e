import type { Decision } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
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
import { startTestApp } from '../testing/test-app.ts'
import { journalDecision } from './journal-decision.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  for (const id of [1, 2]) await addLead(db, id)
})

type Turn = {
  state: string
  decision: Decision | null
  refusals: number
  last_error: string | null
  trace: { refused?: unknown[] }
}
const turnOf = async (turnId: number) =>
  (await rowsOf<Turn>(db, 'select * from turns where id = $1', [turnId]))[0]!
const meetings = () =>
  rowsOf<{ lead_id: number; seller_id: string; status: string; turn_id: number }>(
    db,
    'select * from calendar_events order by id',
  )
const leadRow = async (id: number) => (await rowsOf(db, 'select * from leads where id = $1', [id]))[0]!
const slot = offerIn(24)
const booking = (offer = slot) =>
  proposal({ reply: 'Записала: [MEETING].', action: 'book', offerId: offer.id }, { offers: [offer] })
const understood = (changes: Partial<NonNullable<ReturnType<typeof proposal>['classification']>>) => ({
  classification: { ...proposal().classification!, ...changes },
})

test('a decision is stored once: its repeat is accepted and changes nothing, whatever it brings', async () => {
  const lease = await runningTurn(db, 1)
  assert.deepEqual(await journalDecision(app, lease, proposal()), { outcome: 'accepted' })
  const first = await turnOf(lease.turnId)
  assert.equal(first.decision!.origin, 'ai')
  assert.deepEqual(first.decision!.promptVersions, { classifier: 'classifier/2', sales: 'sales/2' })
  assert.deepEqual(await journalDecision(app, lease, proposal({ reply: 'Другое', action: 'handoff' })), {
    outcome: 'accepted',
  })
  assert.deepEqual(await turnOf(lease.turnId), first)
  assert.equal((await leadRow(1))['control'], 'ai')
  assert.equal((await rowsOf(db, `select from audit_log where action like 'decision.%'`)).length, 1)
})

test('the same decision sent twice at once is stored once', async () => {
  const lease = await runningTurn(db, 1)
  const answers = await Promise.all([
    journalDecision(app, lease, booking()),
    journalDecision(app, lease, booking()),
  ])
  assert.deepEqual(answers, [{ outcome: 'accepted' }, { outcome: 'accepted' }])
  assert.equal((await meetings()).length, 1)
})

test('an older fencing number is superseded and stores nothing', async () => {
  const lease = await runningTurn(db, 1)
  await takeOver(db, lease)
  assert.equal((await journalDecision(app, lease, booking())).outcome, 'superseded')
  const turn = await turnOf(lease.turnId)
  assert.equal(turn.decision, null)
  assert.equal(turn.state, 'running')
  assert.equal((await meetings()).length, 0)
})

test('a message that came after the dispatch supersedes the turn; one that was seen does not', async () => {
  await addInbound(db, 1, 'Здравствуйте')
  const lease = await runningTurn(db, 1)
  await addInbound(db, 1, 'И ещё вопрос')
  assert.deepEqual(await journalDecision(app, lease, booking()), {
    outcome: 'superseded',
    reason: 'a newer message came in',
  })
  assert.equal((await turnOf(lease.turnId)).state, 'superseded')
  assert.equal((await meetings()).length, 0)
  assert.equal((await journalDecision(app, await runningTurn(db, 1), proposal())).outcome, 'accepted')
})

const silences: [name: string, change: string, reason: string][] = [
  ['an opt-out', 'opted_out_at = now()', 'the lead opted out'],
  ['a human', `control = 'human'`, 'a human holds the conversation'],
  [
    'a pause',
    `control = 'paused', control_until = now() + interval '1 hour'`,
    'a human holds the conversation',
  ],
]
for (const [name, change, reason] of silences) {
  test(`${name} supersedes the turn`, async () => {
    const lease = await runningTurn(db, 1)
    await db.query(`update leads set ${change} where id = 1`)
    assert.deepEqual(await journalDecision(app, lease, booking()), { outcome: 'superseded', reason })
    const turn = await turnOf(lease.turnId)
    assert.equal(turn.state, 'superseded')
    assert.equal(turn.last_error, reason)
    assert.equal((await meetings()).length, 0)
  })
}

test('a pause that has ended is no pause', async () => {
  const lease = await runningTurn(db, 1)
  await db.query(`update leads set control = 'paused', control_until = now() - interval '1 s' where id = 1`)
  assert.equal((await journalDecision(app, lease, proposal())).outcome, 'accepted')
})

test('a text that may not be sent is refused with the reason, twice; then our own text stands in', async () => {
  const lease = await runningTurn(db, 1)
  const hostile = proposal({ reply: 'Скидка 90%!', action: 'talk' }, { offers: [slot] })
  for (const _try of [1, 2]) {
    const answer = await journalDecision(app, lease, hostile)
    assert.equal(answer.outcome, 'again')
    assert.match(answer.outcome === 'again' ? answer.problem : '', /a price, a discount/)
  }
  assert.deepEqual(await journalDecision(app, lease, hostile), { outcome: 'accepted' })
  const turn = await turnOf(lease.turnId)
  assert.equal(turn.decision!.origin, 'fallback')
  assert.equal(turn.decision!.sales.action, 'offer_times')
  assert.equal(turn.refusals, 2)
  assert.equal(turn.trace.refused!.length, 2)
})

test('after a refusal a better text is taken', async () => {
  const lease = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, lease, proposal({ reply: 'Скидка 90%!' }))).outcome, 'again')
  assert.equal((await journalDecision(app, lease, proposal())).outcome, 'accepted')
  assert.equal((await turnOf(lease.turnId)).decision!.origin, 'ai')
})

test('without free times the standby text hands the lead to a human', async () => {
  const lease = await runningTurn(db, 1)
  const hostile = proposal({ reply: 'Скидка 90%!' })
  for (const _try of [1, 2, 3]) await journalDecision(app, lease, hostile)
  assert.equal((await turnOf(lease.turnId)).decision!.sales.action, 'handoff')
  const lead = await leadRow(1)
  assert.equal(lead['control'], 'human')
  assert.equal(lead['control_by'], 'ai')
})

test('a booking holds the time for the turn', async () => {
  const lease = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, lease, booking())).outcome, 'accepted')
  const [meeting, ...others] = await meetings()
  assert.equal(others.length, 0)
  assert.equal(meeting!.status, 'held')
  assert.equal(meeting!.turn_id, lease.turnId)
})

test('a time that was taken meanwhile: think again, with the busy times when they are known', async () => {
  await addMeeting(db, 2, slot)
  const lease = await runningTurn(db, 1)
  const answer = await journalDecision(app, lease, booking())
  assert.equal(answer.outcome, 'again')
  assert.match(answer.outcome === 'again' ? answer.problem : '', /just been taken/)
  assert.equal(
    answer.outcome === 'again' && answer.askGoogle,
    true,
    'no busy times are known, and times were offered',
  )
  assert.equal((await turnOf(lease.turnId)).decision, null)
  const other = offerIn(48)
  assert.equal((await journalDecision(app, lease, booking(other))).outcome, 'accepted')
  assert.deepEqual(
    (await meetings()).map((meeting) => meeting.status),
    ['booked', 'held'],
  )
})

test('two leads, one time, at once: exactly one gets it, again and again', async () => {
  for (let round = 0; round < 10; round++) {
    const offer = offerIn(100 + round * 2)
    const leases = [await runningTurn(db, 1), await runningTurn(db, 2)]
    const answers = await Promise.all(leases.map((lease) => journalDecision(app, lease, booking(offer))))
    assert.deepEqual(answers.map((answer) => answer.outcome).sort(), ['accepted', 'again'], `round ${round}`)
    assert.equal((await meetings()).length, round + 1)
    await db.query(`update turns set state = 'done'`)
  }
})

test('a move takes the new time in place of the old; without a meeting it is refused', async () => {
  const move = (offer = slot) =>
    proposal({ reply: 'Перенесла: [MEETING].', action: 'move', offerId: offer.id }, { offers: [offer] })
  const refused = await journalDecision(app, await runningTurn(db, 2), move())
  assert.match(refused.outcome === 'again' ? refused.problem : '', /no booked meeting/)
  const old = await addMeeting(db, 1, offerIn(48))
  const lease = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, lease, move())).outcome, 'accepted')
  const [meeting] = await rowsOf(db, 'select * from calendar_events where id = $1', [old.id])
  assert.equal(meeting!['status'], 'booking')
  assert.equal((meeting!['starts_at'] as Date).toISOString(), new Date(slot.start).toISOString())
  assert.deepEqual(meeting!['previous_starts_at'], old.starts_at)
})

test('what was understood goes to the lead: language, facts in their words, an e-mail out of them', async () => {
  await db.query(`update leads set facts = '{"need": "CRM", "budget": "100"}' where id = 1`)
  const facts = {
    need: null,
    budget: 'до 200',
    timeline: null,
    authority: null,
    email: 'пишите на Ivan.P@beacon.example.',
  }
  await addInbound(db, 1, 'Бюджет теперь до 200. пишите на Ivan.P@beacon.example.')
  await journalDecision(app, await runningTurn(db, 1), proposal({}, understood({ language: 'en', facts })))
  const lead = await leadRow(1)
  assert.equal(lead['language'], 'en')
  assert.equal(lead['said_email'], 'ivan.p@beacon.example')
  assert.deepEqual(lead['facts'], { need: 'CRM', budget: 'до 200', email: facts.email })
  await journalDecision(app, await runningTurn(db, 2), proposal({}, { classification: null }))
  assert.equal((await leadRow(2))['language'], 'ru')
})

test('an address that only the model names, or that the lead refuses, is nowhere to send to', async () => {
  const facts = { need: null, budget: null, timeline: null, authority: null, email: 'spy@evil.example' }
  await addInbound(db, 1, 'Здравствуйте')
  await journalDecision(app, await runningTurn(db, 1), proposal({}, understood({ facts })))
  assert.equal((await leadRow(1))['said_email'], null)
  await addInbound(db, 2, 'не присылайте на spy@evil.example')
  await journalDecision(app, await runningTurn(db, 2), proposal({}, understood({ facts })))
  const { said_email: said, refused_emails: refused } = await leadRow(2)
  assert.deepEqual([said, refused], [null, ['spy@evil.example']])
})

const optOut = () => proposal({ action: 'close' }, understood({ intent: 'opt_out' }))

test('an opt-out that only the classifier hears is asked back, once; heard again it is final', async () => {
  await addInbound(db, 1, 'Ну хватит уже')
  const first = await runningTurn(db, 1)
  assert.deepEqual(await journalDecision(app, first, optOut()), { outcome: 'accepted' })
  const { decision } = await turnOf(first.turnId)
  assert.equal(decision!.origin, 'code')
  assert.match(decision!.sales.reply, /больше вам не писать\?/)
  assert.equal(decision!.sales.action, 'talk')
  assert.equal((await leadRow(1))['opted_out_at'], null)
  assert.ok((await leadRow(1))['stop_asked_at'])
  await db.query(`update turns set state = 'done'`)
  const second = await runningTurn(db, 1)
  assert.deepEqual(await journalDecision(app, second, optOut()), {
    outcome: 'superseded',
    reason: 'the lead opted out',
  })
  assert.ok((await leadRow(1))['opted_out_at'])
  assert.equal((await turnOf(second.turnId)).decision, null)
  assert.equal((await rowsOf(db, `select from outbox where channel = 'amocrm' and lead_id = 1`)).length, 1)
})

test('an opt-out beside another wish is asked about, and ends no talk', async () => {
  await addInbound(db, 1, 'Ну хватит уже, а сколько стоит?')
  const both = () => proposal({}, understood({ intent: 'question', also: ['opt_out'] }))
  const first = await runningTurn(db, 1)
  await journalDecision(app, first, both())
  assert.match((await turnOf(first.turnId)).decision!.sales.reply, /больше вам не писать\?/)
  await db.query(`update turns set state = 'done'`)
  const second = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, second, both())).outcome, 'accepted')
  assert.equal((await leadRow(1))['opted_out_at'], null)
})

test('a language that we do not write: said in English, and a human takes over', async () => {
  await addInbound(db, 1, 'Guten Tag, wie viel kostet das bitte?')
  const lease = await runningTurn(db, 1)
  assert.equal((await journalDecision(app, lease, booking())).outcome, 'accepted')
  const { decision } = await turnOf(lease.turnId)
  assert.match(decision!.sales.reply, /only write in English or Russian/)
  assert.equal((await leadRow(1))['control'], 'human')
  assert.equal((await meetings()).length, 0)
})

test('"what is that in my time?" is answered by code with the times on the table', async () => {
  await addLead(db, 3, {
    language: 'en',
    language_confidence: 0.9,
    time_zone: 'Europe/Lisbon',
    zone_confidence: 0.9,
  })
  const before = await runningTurn(db, 3)
  const offers = [{ ...slot, start: '2027-01-12T07:00:00Z', end: '2027-01-12T07:30:00Z' }]
  await journalDecision(app, before, proposal({ reply: '[TIMES]', action: 'offer_times' }, { offers }))
  await db.query(`update turns set state = 'done'`)
  await addInbound(db, 3, 'what is that in my time?')
  const lease = await runningTurn(db, 3)
  await journalDecision(app, lease, proposal({ reply: 'Hm', action: 'talk' }))
  const { decision } = await turnOf(lease.turnId)
  assert.equal(
    decision!.sales.reply,
    'On your clock that is:\n1) Tue, 12 Jan, 07:00 Lisbon time (10:00 Moscow time)\nWhich one suits you?',
  )
})

test('a hand-over is kept with the lead', async () => {
  await journalDecision(
    app,
    await runningTurn(db, 2),
    proposal({ reply: 'Передам коллеге.', action: 'handoff', note: 'Просит человека' }),
  )
  const lead = await leadRow(2)
  assert.deepEqual(
    [lead['control'], lead['control_by'], lead['control_reason']],
    ['human', 'ai', 'Просит человека'],
  )
})

test('our own text never offers the time that was just lost', async () => {
  await addMeeting(db, 2, slot)
  const lease = await runningTurn(db, 1)
  const free = offerIn(72)
  const stubborn = proposal(
    { reply: 'Записала: [MEETING].', action: 'book', offerId: slot.id },
    { offers: [slot, free] },
  )
  for (const _try of [1, 2, 3]) await journalDecision(app, lease, stubborn)
  const { decision } = await turnOf(lease.turnId)
  assert.equal(decision!.sales.action, 'offer_times')
  assert.deepEqual(
    decision!.offers.map((offer) => offer.id),
    [free.id],
  )
})
