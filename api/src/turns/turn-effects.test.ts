import type { Proposal, TurnLease } from '@lead/contract'
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
import { noteContacted } from '../leads/note-contacted.ts'
import { sendTurnMessage, updateCrmForTurn } from './turn-effects.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1)
})

const slot = offerIn(24)
type OutboxPayload = {
  kind: string
  stage?: string
  fields?: Record<string, unknown>
  text?: string
  dueAt?: string
  dueInMin?: number
  tags?: string[]
}
const outbox = (channel: string) =>
  rowsOf<{ id: number; payload: OutboxPayload }>(
    db,
    'select id, payload from outbox where channel = $1 order by id',
    [channel],
  )
const messages = () => rowsOf(db, 'select direction, author, text, turn_id from messages order by id')

async function decided(
  sales: Partial<Proposal['sales']> = {},
  rest: Partial<Proposal> = {},
): Promise<TurnLease> {
  const lease = await runningTurn(db, 1)
  assert.deepEqual(await journalDecision(app, lease, proposal(sales, rest)), { outcome: 'accepted' })
  return lease
}
const booked = async (): Promise<TurnLease> => {
  const lease = await decided(
    { reply: 'Записала: [MEETING].', action: 'book', offerId: slot.id },
    { offers: [slot] },
  )
  await db.query(`update calendar_events set status = 'booked', meet_link = 'https://meet.example/x'`)
  return lease
}

test('the journaled text is sent once, however often and by whatever execution it is asked for', async () => {
  const lease = await decided({ reply: 'Добрый день!' })
  const answers = await Promise.all([sendTurnMessage(app, lease), sendTurnMessage(app, lease)])
  const again = await sendTurnMessage(app, await takeOver(db, lease))
  assert.deepEqual(answers[0], answers[1])
  assert.deepEqual(again, answers[0])
  assert.deepEqual(await messages(), [
    { direction: 'out', author: 'ai', text: 'Добрый день!', turn_id: lease.turnId },
  ])
  const [row, ...others] = await outbox('telegram')
  assert.equal(others.length, 0)
  assert.deepEqual(again, { outcome: 'queued', outboxIds: [row!.id] })
  assert.ok(app.woken.includes('telegram'))
})

test('the card is changed once, however often it is asked for', async () => {
  const lease = await decided({ note: 'Спросили о задаче' })
  const first = await updateCrmForTurn(app, lease)
  assert.deepEqual(await updateCrmForTurn(app, lease), first)
  assert.deepEqual(await updateCrmForTurn(app, await takeOver(db, lease)), first)
  const rows = await outbox('amocrm')
  assert.deepEqual(
    rows.map((row) => row.payload.kind),
    ['lead'],
  )
  assert.deepEqual([rows[0]!.payload.stage, rows[0]!.payload.tags], [undefined, undefined])
})

test('a new lead is contacted when the words have reached them, not before: the stage, the tag, once', async () => {
  const lease = await decided()
  await sendTurnMessage(app, lease)
  await updateCrmForTurn(app, lease)
  assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage: 'new' }])
  const [message] = await rowsOf<{ id: number }>(db, 'select id from messages')
  await db.query('update messages set sent_at = now()')
  await noteContacted(app, message!.id)
  await noteContacted(app, message!.id)
  assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage: 'contacted' }])
  const told = (await outbox('amocrm')).flatMap(({ payload }) => (payload.stage ? [payload] : []))
  assert.deepEqual(told, [{ kind: 'lead', stage: 'contacted', tags: ['AI'] }])
})

test('a booking stands on the card at once, delivered or not; a lead whose card a human closed is not moved', async () => {
  await updateCrmForTurn(app, await booked())
  assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage: 'booked' }])
  await db.query(`update turns set state = 'done'`)
  await db.query(`update leads set stage = 'new', locked_stage = 'won', status_id = 142`)
  const lease = await decided()
  await sendTurnMessage(app, lease)
  const [message] = await rowsOf<{ id: number }>(db, 'select id from messages order by id desc limit 1')
  await noteContacted(app, message!.id)
  assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage: 'new' }])
})

test('without a decision, or with an older fencing number, nothing is done', async () => {
  const undecided = await runningTurn(db, 1)
  assert.deepEqual(await sendTurnMessage(app, undecided), { outcome: 'superseded' })
  assert.deepEqual(await updateCrmForTurn(app, undecided), { outcome: 'superseded' })
  await journalDecision(app, undecided, proposal())
  await takeOver(db, undecided)
  assert.deepEqual(await sendTurnMessage(app, undecided), { outcome: 'superseded' })
  assert.deepEqual(await updateCrmForTurn(app, undecided), { outcome: 'superseded' })
  assert.deepEqual(await rowsOf(db, 'select from outbox'), [])
  assert.deepEqual(await messages(), [])
})

test('a booking: the meeting stands in the message with its link, and on the card with stage, time, link and a task', async () => {
  const lease = await booked()
  await sendTurnMessage(app, lease)
  await updateCrmForTurn(app, lease)
  const [message] = await messages()
  assert.match(
    message!['text'] as string,
    /^Записала: .*\d\d:\d\d.*\.\nСсылка на встречу: https:\/\/meet\.example\/x$/,
  )
  const [lead, task] = (await outbox('amocrm')).map((row) => row.payload)
  assert.equal(lead!.stage, 'booked')
  assert.equal(lead!.fields!['meetingAt'], new Date(slot.start).toISOString())
  assert.equal(lead!.fields!['meetingLink'], 'https://meet.example/x')
  assert.equal(task!.kind, 'task')
  assert.equal(task!.dueAt, new Date(slot.start).toISOString())
  assert.deepEqual(await rowsOf(db, 'select stage, transcript_due_at is not null as due from leads'), [
    { stage: 'booked', due: true },
  ])
})

test('a cancelled meeting leaves the card without time and link', async () => {
  await addMeeting(db, 1, slot)
  const lease = await decided({ reply: 'Отменила.', action: 'cancel' })
  await db.query(`update calendar_events set status = 'cancelled'`)
  await updateCrmForTurn(app, lease)
  const { fields, stage } = (await outbox('amocrm'))[0]!.payload
  assert.equal(fields!['meetingAt'], null)
  assert.equal(fields!['meetingLink'], null)
  assert.notEqual(stage, 'booked')
})

test('a hand-over leaves a task for a human with the words of the note', async () => {
  const lease = await decided({ reply: 'Передам коллеге.', action: 'handoff', note: 'Просит человека' })
  await updateCrmForTurn(app, lease)
  const task = (await outbox('amocrm')).at(-1)!.payload
  assert.deepEqual([task.kind, task.text, task.dueInMin], ['task', 'Просит человека', 60])
})

const facts = { need: 'CRM', budget: null, timeline: null, authority: null, email: null }
const stages: [
  name: string,
  before: string,
  sales: Partial<Proposal['sales']>,
  rest: Partial<Proposal>,
  stage: string,
][] = [
  ['talk', 'contacted', {}, {}, 'contacted'],
  [
    'a need was told',
    'contacted',
    {},
    { classification: { ...proposal().classification!, facts } },
    'qualified',
  ],
  ['talk with a qualified lead', 'qualified', {}, {}, 'qualified'],
  ['a no for good', 'qualified', { action: 'close', reply: 'Спасибо!' }, {}, 'lost'],
]
for (const [name, before, sales, rest, stage] of stages) {
  test(`the stage after ${name}: ${stage}`, async () => {
    await db.query('update leads set stage = $1', [before])
    await addInbound(db, 1, 'Нужна CRM')
    const lease = await decided(sales, rest)
    await updateCrmForTurn(app, lease)
    assert.equal((await outbox('amocrm'))[0]!.payload.stage, stage)
    assert.deepEqual(await rowsOf(db, 'select stage from leads'), [{ stage }])
  })
}

test('who says that a human is asked has asked: one task with the words; a hand-over has its own', async () => {
  for (const [language, reply] of [
    ['ru', 'Этого не знаю, уточню у Анны и вернусь с ответом.'],
    ['en', 'I am not sure, let me check with Anna and get back to you.'],
  ] as const) {
    await app.wipe()
    await addLead(db, 1, { language })
    const lease = await decided({ reply, action: 'talk' })
    await updateCrmForTurn(app, lease)
    await updateCrmForTurn(app, await takeOver(db, lease))
    const tasks = (await outbox('amocrm')).filter(({ payload }) => payload.kind === 'task')
    assert.equal(tasks.length, 1)
    assert.ok(tasks[0]!.payload.text?.includes(reply), tasks[0]!.payload.text)
  }
  await app.wipe()
  await addLead(db, 1)
  await updateCrmForTurn(
    app,
    await decided({ reply: 'Передаю вопрос коллеге, он напишет.', action: 'handoff' }),
  )
  assert.equal((await outbox('amocrm')).filter(({ payload }) => payload.kind === 'task').length, 1)
  await app.wipe()
  await addLead(db, 1)
  await updateCrmForTurn(app, await decided({ reply: 'Если хотите, спрошу у Анны.', action: 'talk' }))
  assert.equal((await outbox('amocrm')).filter(({ payload }) => payload.kind === 'task').length, 0)
})
