import type { TurnKind } from '@lead/contract'
import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import { inTransaction } from '../../api/src/database/pool.ts'
import { fetchNextFile } from '../../api/src/telegram/fetch-files.ts'
import { queueMessage } from '../../api/src/outbox/queue-message.ts'
import { addLead, addMeeting, offerIn } from '../../api/src/testing/seed.ts'
import { scheduleTurn } from '../../api/src/turns/engine/engine.ts'
import { startBotWorld } from './bot-world.ts'

const world = await startBotWorld('secretary')
const { app, control, rows, chat, hear } = world
const { accounts } = await control<{ accounts: { id: number }[] }>('server')
const ownerId = accounts[0]!.id
const leadId = 601
const phone = '+79161112233'

beforeEach(async () => {
  await app.telegram.close()
  await app.wipe()
  await control('business-connections', { enabled: false })
  await control('reset', {})
  world.dispatched.length = 0
  await addLead(app.db, leadId, { contact_name: 'Anna', phone, telegram_username: 'Anna_K' })
  await app.db.query('update leads set disclosed_at = now()')
  await app.telegram.start()
})

const connect = (connection: object = {}) => control('business-connections', connection)
const queue = (text: string) =>
  inTransaction(app.db, (tx) =>
    queueMessage(tx, { leadId, turnId: null, author: 'ai', text, key: `test:${text}` }),
  )
const begin = async (kind: TurnKind) => {
  await scheduleTurn(app.db, { leadId, kind, quietMs: 0, longestMs: 0 })
  await world.dispatch()
}
const forgetTurns = () =>
  app.db.query(`update turns set state = 'done' where state in ('pending', 'running')`)
const turns = () =>
  rows<{ kind: string; state: string; last_error: string | null }>(
    'select kind, state, last_error from turns order by id',
  )
const hoursPass = (hours: number) =>
  app.db.query('update messages set sent_at = sent_at - make_interval(hours => $1)', [hours])

/** The lead has written to the account. */
async function writingLead() {
  await connect()
  const anna = await world.addPerson({ username: 'anna_k' })
  await control(`people/${anna.id}/say`, { text: 'Hello' })
  assert.deepEqual(await hear(2), ['a secretary was connected', 'kept'])
  return anna
}

test('the lead writes to the account and the secretary answers in its name', async () => {
  const anna = await writingLead()
  await app.db.query('update leads set disclosed_at = null')
  await world.dispatch()
  assert.deepEqual(
    world.dispatched.map(({ turn }) => turn.kind),
    ['answer'],
  )
  await queue('Good day')
  await world.deliver()
  assert.deepEqual(
    (await chat(anna.id)).map(({ text }) => text),
    ['Hello', `Good day\n\n${app.business.company.disclosure.en}`],
  )
  const { entries } = await control<{ entries: { kind: string; via?: string; by?: string }[] }>('journal')
  assert.equal(entries.findLast(({ kind }) => kind === 'message')?.via, 'secretary')
  assert.equal(entries.find(({ kind }) => kind === 'read')?.by, 'seller')
  assert.deepEqual(await rows('select account_id, peer_id from conversations'), [
    { account_id: `secretary:${ownerId}`, peer_id: anna.id },
  ])
})

test('what the owner writes from their own phone is a take-over; own words are not', async () => {
  const anna = await writingLead()
  await queue('Good day')
  await world.deliver()
  const controlNow = async () => (await rows<{ control: string }>('select control from leads'))[0]?.control
  assert.equal(await controlNow(), 'ai')
  await control(`people/${anna.id}/seller-says`, { text: 'This is Olga herself' })
  assert.deepEqual((await hear(3)).slice(2), ['kept'])
  assert.equal(await controlNow(), 'human')
  const [last] = await rows('select author, direction from messages order by id desc limit 1')
  assert.deepEqual(last, { author: 'human', direction: 'out' })
})

test('after 24 hours of silence nothing is sent: each kind of turn becomes a task with the reason', async () => {
  await writingLead()
  await forgetTurns()
  await hoursPass(23)
  await begin('follow_up')
  assert.deepEqual(
    world.dispatched.map(({ turn }) => turn.kind),
    ['follow_up'],
  )
  await forgetTurns()
  await hoursPass(1)
  for (const kind of ['follow_up', 'answer', 'no_show'] as const) {
    await begin(kind)
    const turn = (await turns()).at(-1)
    assert.equal(turn?.state, 'cancelled')
    assert.match(turn!.last_error!, /^window closed: more than 24 hours/)
    await forgetTurns()
  }
  assert.equal(world.dispatched.length, 1)
  const tasks = await world.outbox()
  assert.ok(tasks.every(({ kind, text }) => kind === 'task' && /24 hours/.test(text)))
  assert.equal(new Set(tasks.map(({ text }) => text)).size, 3)
  assert.deepEqual(await rows('select control from leads'), [{ control: 'ai' }])
})

test('a reminder outside the window goes to a human, and the next reminder is still set', async () => {
  app.business.meeting.reminders.push({ beforeMin: 5 })
  await writingLead()
  await forgetTurns()
  await addMeeting(app.db, leadId, offerIn(30))
  await hoursPass(25)
  await begin('reminder')
  assert.deepEqual(
    (await turns()).slice(-2).map(({ kind, state }) => [kind, state]),
    [
      ['reminder', 'cancelled'],
      ['reminder', 'pending'],
    ],
  )
  app.business.meeting.reminders.pop()
})

test('words that were queued in time and come too late are a dead letter that names the closed window', async () => {
  const anna = await writingLead()
  await queue('Too late')
  await hoursPass(24)
  await world.deliver()
  const [message, task] = await world.outbox()
  assert.equal(message?.state, 'dead')
  assert.match(message!.last_error!, /^window closed: /)
  assert.match(task!.text, /Too late/)
  // Our clock and Telegram's may differ: its own refusal is the same.
  await hoursPass(-24)
  await connect({ replyWindowMs: 0 })
  await queue('Still too late')
  await world.deliver()
  assert.match((await world.outbox())[2]!.last_error!, /^window closed: .*USAGE_MISSING/)
  assert.deepEqual(
    (await chat(anna.id)).map(({ text }) => text),
    ['Hello'],
  )
})

test('without the right to reply, and without a connection, nothing is tried', async () => {
  await writingLead()
  await connect({ rights: { can_reply: false } })
  await hear(3)
  await forgetTurns()
  await begin('follow_up')
  assert.match((await turns()).at(-1)!.last_error!, /does not allow the bot to reply/)
  await connect({ enabled: false })
  await hear(4)
  await forgetTurns()
  await begin('follow_up')
  assert.match((await turns()).at(-1)!.last_error!, /no longer connected/)
})

test('what was said of the connection while we were away is asked for', async () => {
  const anna = await writingLead()
  await app.telegram.close()
  await control('business-connections', { enabled: false })
  await app.telegram.start()
  const [connection] = await rows<{ enabled: boolean }>('select enabled from telegram_business_connections')
  assert.equal(connection?.enabled, false)
  // A new connection of which we never heard is learned of by its first message.
  await app.telegram.close()
  await control('faults', {
    match: { kind: 'botUpdate', update: 'business_connection' },
    fault: { drop: true },
  })
  await connect()
  await control(`people/${anna.id}/say`, { text: 'Me again' })
  await app.telegram.start()
  assert.equal((await hear(4)).at(-1), 'kept')
  await queue('Welcome back')
  await world.deliver()
  assert.equal((await chat(anna.id)).at(-1)?.text, 'Welcome back')
})

test('a lead known by phone only is known by the link of their card', async () => {
  await app.db.query('update leads set telegram_username = null')
  await begin('first_touch')
  assert.match((await world.outbox())[0]!.text, /бот не подключён/)
  await app.db.query('delete from outbox')
  await forgetTurns()
  await connect()
  await hear(1)
  await begin('first_touch')
  const [row] = await rows<{ link: string }>(
    `select payload -> 'fields' ->> 'telegramLink' as link from outbox where payload ->> 'kind' = 'lead'`,
  )
  const anna = await world.addPerson({})
  const opened = await control<{ draft: string; accountId: number }>(`people/${anna.id}/open`, {
    link: row!.link,
  })
  assert.equal(opened.accountId, ownerId)
  await control(`people/${anna.id}/say`, { text: opened.draft })
  assert.equal((await hear(2)).at(-1), 'kept')
  const [lead] = await rows('select telegram_user_id from leads')
  assert.deepEqual(lead, { telegram_user_id: anna.id })
  assert.deepEqual(await rows('select text from messages'), [{ text: 'Здравствуйте! Пишу по своей заявке.' }])
})

test('voice notes and files are fetched; edits and deletions are followed', async () => {
  const anna = await writingLead()
  const file = {
    name: 'plan.txt',
    mimeType: 'text/plain',
    content: Buffer.from('the plan').toString('base64'),
  }
  await control(`people/${anna.id}/say`, { media: 'document', file, text: 'See the plan' })
  await control(`people/${anna.id}/say`, { media: 'voice', bytes: 5000 })
  const { messageId } = await control<{ messageId: number }>(`people/${anna.id}/say`, { text: 'Tuesday' })
  await control(`people/${anna.id}/edit`, { messageId, text: 'Wednesday' })
  await control(`people/${anna.id}/messages/${messageId}`, undefined, 'DELETE')
  assert.deepEqual((await hear(7)).slice(2), ['kept', 'kept', 'kept', 'kept', 'messages were taken back'])
  const kept = await rows<{ text: string; kind: string; edited: boolean; deleted: boolean }>(
    `select text, kind, edited_at is not null as edited, deleted_at is not null as deleted from messages order by id`,
  )
  assert.deepEqual(kept.slice(1), [
    { text: 'See the plan\n[file: plan.txt]', kind: 'file', edited: false, deleted: false },
    { text: '[voice message, 3 s]', kind: 'voice', edited: false, deleted: false },
    { text: 'Wednesday', kind: 'text', edited: true, deleted: true },
  ])
  assert.ok(app.telegram.ready().includes(`secretary:${ownerId}`))
  while (await fetchNextFile(app));
  assert.deepEqual(
    await rows(
      `select state, length(content) as length, convert_from(content, 'utf8') like 'the plan' as same from message_files order by message_id limit 1`,
    ),
    [{ state: 'stored', length: 8, same: true }],
  )
  assert.deepEqual(
    await rows('select state, length(content) as length from message_files order by message_id offset 1'),
    [{ state: 'stored', length: 5000 }],
  )
  const before = app.business.telegram.filesMaxMb
  app.business.telegram.filesMaxMb = 0.000_001
  await app.db.query(`update message_files set state = 'pending', content = null, run_at = now()`)
  await app.db.query(`update messages set media = media - 'size'`)
  while (await fetchNextFile(app));
  app.business.telegram.filesMaxMb = before
  assert.deepEqual(await rows('select distinct state from message_files'), [{ state: 'gone' }])
  await app.telegram.close()
})
