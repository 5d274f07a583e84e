import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../database/pool.ts'
import { queueMessage } from '../outbox/queue-message.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { openConversation } from './open-conversation.ts'
import { recordInbound } from './record-inbound.ts'
import { plain, type TelegramMessage } from '../telegram/telegram-message.ts'

const app = await startTestApp()
const { db } = app
beforeEach(async () => {
  await app.wipe()
  await addLead(db, 1, { telegram_username: 'Ivan_P' })
})

const message = (changes: Partial<TelegramMessage> = {}): TelegramMessage => ({
  ...plain,
  accountId: 'main',
  peerId: 700,
  peerUsername: 'ivan_p',
  messageId: 10,
  text: 'Здравствуйте!',
  sentAt: '2030-06-03T08:00:00.000Z',
  event: 'new',
  ...changes,
})
const turns = () =>
  rowsOf<{ kind: string; state: string; due_in: number }>(
    db,
    'select kind, state, extract(epoch from run_at - first_event_at)::float8 as due_in from turns order by id',
  )
const messages = () =>
  rowsOf(db, 'select lead_id, direction, author, text, channel_message_id, sent_at from messages order by id')

test("a lead's first words are kept, with the person, and the answer is scheduled after the quiet time", async () => {
  assert.equal(await recordInbound(app, message()), 'kept')
  assert.deepEqual(await messages(), [
    {
      lead_id: 1,
      direction: 'in',
      author: 'lead',
      text: 'Здравствуйте!',
      channel_message_id: 10,
      sent_at: new Date('2030-06-03T08:00:00Z'),
    },
  ])
  assert.deepEqual(await rowsOf(db, 'select peer_id from conversations'), [{ peer_id: 700 }])
  assert.deepEqual(await rowsOf(db, 'select telegram_user_id from leads'), [{ telegram_user_id: 700 }])
  const [turn, ...others] = await turns()
  assert.equal(others.length, 0)
  assert.equal(turn!.kind, 'answer')
  assert.ok(turn!.due_in > 5.9 && turn!.due_in < 6.1, `${turn!.due_in}`)
  assert.ok(app.woken.includes('turns'))
})

test('the same message again, also at once, is kept once and schedules nothing', async () => {
  await Promise.all(Array.from({ length: 5 }, () => recordInbound(app, message())))
  assert.equal((await messages()).length, 1)
  await db.query(`update turns set state = 'done'`)
  assert.equal(await recordInbound(app, message()), 'known before')
  assert.deepEqual(
    (await turns()).map((turn) => turn.state),
    ['done'],
  )
})

test('a burst of messages has one answer', async () => {
  for (const messageId of [10, 11, 12])
    await recordInbound(app, message({ messageId, text: `line ${messageId}` }))
  assert.equal((await messages()).length, 3)
  assert.equal((await turns()).length, 1)
})

const ways: [name: string, changes: Partial<TelegramMessage>][] = [
  ['by username, in any case', { peerUsername: 'IVAN_p' }],
  ['by phone', { peerUsername: null, peerPhone: '+79991234567' }],
]
for (const [name, changes] of ways) {
  test(`the person is known ${name}; afterwards by id alone`, async () => {
    if (changes.peerPhone)
      await db.query('update leads set phone = $1, phones = array[$1]', [changes.peerPhone])
    assert.equal(await recordInbound(app, message(changes)), 'kept')
    assert.equal(
      await recordInbound(app, message({ messageId: 11, peerUsername: null, peerPhone: null })),
      'kept',
    )
    assert.equal((await messages()).length, 2)
  })
}

test('who took over the username of a card does not speak for the phone on it: no stop, no answer, a task for a human', async () => {
  await db.query(`update leads set phone = '+79991234567', phones = '{+79991234567}'`)
  assert.equal(await recordInbound(app, message({ text: 'Перестаньте мне писать' })), 'nobody known')
  assert.deepEqual(await rowsOf(db, 'select telegram_user_id, opted_out_at, control from leads'), [
    { telegram_user_id: null, opted_out_at: null, control: 'ai' },
  ])
  assert.deepEqual([await messages(), await turns()], [[], []])
  const tasks = await rowsOf<{ kind: string; text: string }>(
    db,
    `select payload ->> 'kind' as kind, payload ->> 'text' as text from outbox`,
  )
  assert.equal(tasks.length, 1)
  assert.equal(tasks[0]?.kind, 'task')
  assert.match(tasks[0]?.text ?? '', /@ivan_p.*Перестаньте мне писать/)
  // The owner of the phone is the lead, whatever the username says.
  const owner = message({ peerId: 701, peerUsername: 'other', peerPhone: '+79991234567', messageId: 11 })
  assert.equal(await recordInbound(app, owner), 'kept')
  assert.deepEqual(await rowsOf(db, 'select telegram_user_id, bound_by from leads'), [
    { telegram_user_id: 701, bound_by: 'phone' },
  ])
})

test('a human of ours who writes by hand to the username of a card has decided who it is', async () => {
  await db.query(`update leads set phone = '+79991234567', phones = '{+79991234567}'`)
  assert.equal(await recordInbound(app, message({ outgoing: true, text: 'Вера, добрый день' })), 'kept')
  assert.equal(await recordInbound(app, message({ messageId: 11 })), 'kept')
})

test('a stranger leaves no trace', async () => {
  assert.equal(await recordInbound(app, message({ peerId: 9, peerUsername: 'nobody' })), 'nobody known')
  assert.equal(await recordInbound(app, message({ peerId: 9, peerUsername: null })), 'nobody known')
  assert.deepEqual(await messages(), [])
  assert.deepEqual(await turns(), [])
})

test('words that end the conversation silence the assistant: no answer, a note on the card', async () => {
  await recordInbound(app, message({ text: 'СТОП' }))
  assert.equal((await messages()).length, 1)
  assert.deepEqual(
    (await turns()).filter((turn) => turn.state === 'pending'),
    [],
  )
  const [lead] = await rowsOf(db, 'select opted_out_at from leads')
  assert.ok(lead!['opted_out_at'])
  assert.deepEqual(await rowsOf(db, `select channel, payload ->> 'kind' as kind from outbox`), [
    { channel: 'amocrm', kind: 'note' },
  ])
})

test("what a human wrote from the account is a human's, and the assistant falls silent", async () => {
  await recordInbound(app, message())
  assert.equal(
    await recordInbound(app, message({ messageId: 11, outgoing: true, text: 'Это я сама' })),
    'kept',
  )
  assert.deepEqual(
    (await messages()).map((row) => [row['direction'], row['author']]),
    [
      ['in', 'lead'],
      ['out', 'human'],
    ],
  )
  assert.deepEqual(await rowsOf(db, 'select control from leads'), [{ control: 'human' }])
  assert.deepEqual(
    (await turns()).map((turn) => turn.state),
    ['cancelled'],
  )
})

test('our own words that come back are no human', async () => {
  await recordInbound(app, message())
  const { messageId } = await inTransaction(db, (tx) =>
    queueMessage(tx, { leadId: 1, turnId: null, author: 'ai', text: 'Добрый день', key: 'k' }),
  )
  const echo = message({ messageId: 12, outgoing: true, text: 'Добрый день' })
  assert.equal(await recordInbound(app, echo), 'ask again')
  await db.query(
    `update messages set channel_message_id = 12, account_id = 'main', peer_id = 700 where id = $1`,
    [messageId],
  )
  await db.query(`update outbox set state = 'done', finished_at = now()`)
  assert.equal(await recordInbound(app, echo), 'known before')
  assert.equal((await messages()).length, 2)
  assert.deepEqual(await rowsOf(db, 'select control from leads'), [{ control: 'ai' }])
})

test('a person with a second lead: what they write is kept, and answered', async () => {
  await recordInbound(app, message())
  await addLead(db, 2, { telegram_username: 'Ivan_P', phone: '+79991234567' })
  assert.equal(await recordInbound(app, message({ messageId: 11 })), 'kept')
  assert.equal((await messages()).length, 2)
})

test('each lead of one person may be written to', async () => {
  await recordInbound(app, message())
  await addLead(db, 2, { telegram_username: 'Ivan_P', phone: '+79991234567' })
  await openConversation(db, { leadId: 2, accountId: 'main', peerId: 700 })
})
