import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { type Desk, deliverOnce, openOffice, outboxOf, quick, readInbox, say, until } from './open-office.ts'

const tasks = (desk: Desk, leadId: number) =>
  rowsOf<{ text: string }>(
    desk.db,
    `select payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'task' and lead_id = $1`,
    [leadId],
  )
const send = { method: 'messages.sendMessage' }

test('each refusal has its meaning: dead ends are tasks with a reason, the rest is tried again', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  const ends: [error: string, task: RegExp][] = [
    ['USER_PRIVACY_RESTRICTED', /приватности/],
    ['PRIVACY_PREMIUM_REQUIRED', /Premium/],
    ['ALLOW_PAYMENT_REQUIRED_50', /платные/],
    ['USER_IS_BLOCKED', /заблокировал/],
    ['INPUT_USER_DEACTIVATED', /удалён/],
    ['USER_IS_BOT', /боту/],
    ['YOU_BLOCKED_USER', /нельзя писать/],
    ['CHAT_WRITE_FORBIDDEN', /нельзя писать/],
    ['MESSAGE_TOO_LONG', /не принял текст/],
    ['PEER_ID_INVALID', /нет никого/],
  ]
  for (const [n, [error, task]] of ends.entries()) {
    const leadId = n + 1
    await office.world.addPerson({ firstName: error, username: `lead_${leadId}` })
    await addLead(desk.db, leadId, { telegram_username: `lead_${leadId}` })
    await say(desk, leadId, 'Hello')
    await office.world.fault(send, { error })
    await deliverOnce(desk)
    assert.equal((await outboxOf(desk)).at(-1)!.state, 'dead', error)
    const [told, ...more] = await tasks(desk, leadId)
    assert.match(told!.text, task)
    assert.deepEqual(more, [])
  }
  const optedOut = await rowsOf<{ id: number }>(
    desk.db,
    'select id from leads where opted_out_at is not null',
  )
  assert.deepEqual(
    optedOut.map(({ id }) => Number(id)),
    [4],
  )

  // Trouble of Telegram's, and a lost answer: the same message again, once.
  await office.world.addPerson({ username: 'lead_90' })
  await addLead(desk.db, 90, { telegram_username: 'lead_90' })
  await say(desk, 90, 'Only once')
  await office.world.fault(send, { error: 'WORKER_BUSY_TOO_LONG_RETRY' })
  await office.world.fault(send, { close: true })
  for (let times = 0; times < 20 && (await outboxOf(desk)).at(-1)!.state !== 'done'; times++) {
    await desk.db.query(`update outbox set run_at = now() where state = 'pending'`)
    await deliverOnce(desk)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.equal((await outboxOf(desk)).at(-1)!.state, 'done')
  const sent = (await office.world.journal('message')).filter(({ text }) => text === 'Only once')
  assert.equal(sent.length, 1)
})

test('who cannot be found, wants Premium or money is told of before anything is sent', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await office.world.addPerson({ username: 'premium', requirePremium: true })
  await office.world.addPerson({ username: 'paid', paidStars: 50 })
  await office.world.addPerson({ phone: '+79165550001', phoneHidden: true })
  await office.world.addPerson({ firstName: 'Found', phone: '+79165550002' })
  const leads: [columns: object, task: RegExp | null][] = [
    [{ telegram_username: 'premium' }, /Premium/],
    [{ telegram_username: 'paid' }, /платные/],
    [{ telegram_username: 'nobody_here' }, /нет никого/],
    [{ phone: '+79165550001' }, /нет никого/],
    [{}, /ни имени пользователя/],
    // The username is wrong, the phone is right.
    [{ telegram_username: 'nobody_here', phone: '+79165550002' }, null],
  ]
  for (const [n, [columns, task]] of leads.entries()) {
    await addLead(desk.db, n + 1, columns)
    await say(desk, n + 1, `Hello ${n + 1}`)
    await deliverOnce(desk)
    const [told] = await tasks(desk, n + 1)
    if (task) assert.match(told!.text, task)
    else assert.equal(told, undefined)
  }
  assert.deepEqual(
    (await office.world.journal('message')).map(({ text }) => text),
    ['Hello 6'],
  )
})

test('a long text goes in parts, each once, and no part is taken for the words of a human', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await office.world.addPerson({ username: 'reader' })
  await addLead(desk.db, 1, { telegram_username: 'reader' })
  const paragraph = 'Слово '.repeat(500).trim()
  await say(desk, 1, [paragraph, paragraph, paragraph].join('\n\n'))
  await deliverOnce(desk)
  const sent = await office.world.journal('message')
  assert.deepEqual(
    sent.map(({ text }) => text),
    [paragraph, paragraph, paragraph],
  )
  assert.equal(new Set(sent.map((entry) => entry['randomId'])).size, 3)
  const [message] = await rowsOf<{ ids: string[]; first: string }>(
    desk.db,
    'select part_message_ids as ids, channel_message_id as first from messages',
  )
  assert.deepEqual(
    [message!.first, ...message!.ids].map(Number),
    sent.map((entry) => entry['messageId']),
  )
})

test('the first words of the assistant say that it is one, also when the model forgot; going on is noted as consent', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  const person = await office.world.addPerson({ username: 'reader' })
  await addLead(desk.db, 1, { telegram_username: 'reader' })
  const consent = async () =>
    (
      await rowsOf(
        desk.db,
        'select disclosed_at is not null as told, consented_at is not null as agreed from leads',
      )
    )[0]
  await say(desk, 1, 'Hello', 'ai')
  await deliverOnce(desk)
  assert.deepEqual(await consent(), { told: true, agreed: false })
  await say(desk, 1, 'One more thing', 'ai')
  await until('it is sent', async () => {
    await deliverOnce(desk)
    return (await outboxOf(desk)).every((row) => row.state === 'done')
  })
  const sent = (await office.world.journal('message')).map(({ text }) => text)
  assert.deepEqual(sent, ['Hello\n\nЯ её цифровой ассистент.', 'One more thing'])
  await office.world.control(`people/${person.id}/say`, { text: 'Go on' })
  await until('it is heard', async () => {
    await readInbox(desk)
    return (await consent())!['agreed']
  })
})
