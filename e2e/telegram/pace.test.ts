import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { exampleBusiness } from '../../api/src/testing/business.ts'
import { setHalted } from '../../api/src/telegram/halt.ts'
import {
  createClock,
  type Desk,
  deliverOnce,
  type Office,
  openOffice,
  outboxOf,
  say,
  until,
} from './open-office.ts'

const paced = { TELEGRAM_PACE: 'on' }
const minute = 60_000
const day = 86_400_000

async function addPeople(office: Office, desk: Desk, count: number, from = 1) {
  for (let n = from; n < from + count; n++) {
    const username = `lead_${n}`
    await office.world.addPerson({ firstName: `Lead ${n}`, username })
    await addLead(desk.db, n, { telegram_username: username })
    await say(desk, n, `Hello ${n}`)
  }
}
const notes = (desk: Desk) =>
  rowsOf<{ lead_id: number; text: string }>(
    desk.db,
    `select lead_id, payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'note' order by id`,
  )
const begun = async (office: Office) => (await office.world.journal('message')).map(({ text }) => text)
const beginLongAgo = (desk: Desk) =>
  desk.db.query(`update telegram_accounts set first_online_at = now() - interval '60 days'`)

test('100 new leads at once, 20 a day, over restarts: the pace is kept, the rest wait with reason and date', async (t) => {
  const office = await openOffice(t)
  const clock = createClock(office)
  const app = {
    now: clock.now,
    business: {
      ...exampleBusiness,
      telegram: {
        ...exampleBusiness.telegram,
        manner: { readSec: 0, charsPerSec: 1e6, longestTypingSec: 0 },
      },
    },
  }
  let desk = await office.openDesk({ variables: paced, app })
  await beginLongAgo(desk)
  await addPeople(office, desk, 100)
  while (await deliverOnce(desk));
  assert.equal((await begun(office)).length, 1)

  const told = await notes(desk)
  assert.ok(told.length > 90, `${told.length}`)
  assert.equal(new Set(told.map((note) => note.lead_id)).size, told.length)
  for (const { text } of told) assert.match(text, /ждёт: .+ Напишем примерно .*\d\d:\d\d/)
  assert.ok(told.some(({ text }) => text.includes('дневной предел')))

  const starts: number[] = []
  for (let step = 0; step < 45; step++) {
    const [next] = await rowsOf<{ at: Date }>(
      desk.db,
      `select planned_at as at from telegram_dialogs where started_at is null order by planned_at limit 1`,
    )
    await clock.pass(desk, Math.max(0, next!.at.getTime() - clock.now().getTime()) + 1000)
    if (step % 20 === 10) {
      await office.closeDesk(desk)
      desk = await office.openDesk({ variables: paced, app })
    }
    while (await deliverOnce(desk));
  }
  const rows = await rowsOf<{ at: Date }>(
    desk.db,
    'select started_at as at from telegram_dialogs where started_at is not null order by 1',
  )
  starts.push(...rows.map(({ at }) => at.getTime()))
  const texts = await begun(office)
  assert.equal(texts.length, starts.length)
  assert.equal(new Set(texts).size, texts.length)
  assert.ok(starts.length >= 44, `${starts.length} were begun`)
  for (const [n, at] of starts.entries()) {
    if (n > 0) assert.ok(at - starts[n - 1]! >= 90_000)
    assert.ok(starts.filter((other) => other > at - day && other <= at).length <= 20)
  }
  // Once per message, however often it was asked again.
  assert.equal((await notes(desk)).length, told.length)
})

test('a new account begins slower', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ variables: paced })
  await addPeople(office, desk, 12)
  while (await deliverOnce(desk));
  const rows = await rowsOf<{ at: Date }>(desk.db, 'select planned_at as at from telegram_dialogs order by 1')
  const first = rows[0]!.at.getTime()
  assert.equal(rows.filter(({ at }) => at.getTime() < first + day).length, 10)
})

test('PEER_FLOOD: nobody new for a day, answers go on, the card and the log say so', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ variables: paced })
  await addPeople(office, desk, 1)
  const person = await office.world.addPerson({ username: 'known' })
  await addLead(desk.db, 50, { telegram_username: 'known' })
  await desk.db.query(
    `insert into conversations (lead_id, channel, account_id, peer_id) values (50, 'telegram', 'main', $1)`,
    [person.id],
  )
  await desk.db.query(
    `insert into messages (conversation_id, lead_id, direction, author, text, channel_message_id, account_id, peer_id)
     select id, 50, 'in', 'lead', 'Hi', 1, 'main', $1 from conversations where lead_id = 50`,
    [person.id],
  )
  await office.world.control(`people/${person.id}/say`, { text: 'Hi' })
  await until(
    'the account knows the person',
    async () => (await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)).length === 1,
  )

  await office.world.fault({ method: 'messages.sendMessage' }, { error: 'PEER_FLOOD' })
  while (await deliverOnce(desk));
  const status = await desk.telegram.status()
  assert.equal(status.state, 'limited')
  assert.ok(status.until!.getTime() > Date.now() + day - minute)
  assert.ok(desk.logged.some((line) => line.includes('may write to nobody new')))

  await say(desk, 50, 'Good day')
  await desk.db.query(`update outbox set run_at = now()`)
  while (await deliverOnce(desk));
  assert.deepEqual(await begun(office), ['Hi', 'Good day'])
  assert.match((await notes(desk))[0]!.text, /временно не разрешает/)
  assert.deepEqual(
    (await outboxOf(desk)).map((row) => [row.state, row.attempts]),
    [
      ['pending', 0],
      ['done', 1],
    ],
  )
  assert.equal(
    (await office.world.journal('rpc')).filter((entry) => entry['error'] === 'PEER_FLOOD').length,
    1,
  )
})

test('with two accounts a flooded one hands its new leads to the other; a lead keeps its account', async (t) => {
  const office = await openOffice(t)
  const { phone, id } = await office.world.control<{ phone: string; id: number }>('accounts', {})
  const desk = await office.openDesk({ variables: paced })
  await desk.telegram.login!.phone(phone, 'second').catch(() => {})
  if ((await desk.telegram.status('second')).state !== 'online')
    await desk.telegram.login!.code('12345', 'second').catch(() => {})
  await until('both are online', () => desk.telegram.ready().length === 2)
  await addPeople(office, desk, 2)
  await office.world.fault(
    { method: 'messages.sendMessage', accountId: office.world.server.accounts[0]!.id },
    { error: 'PEER_FLOOD' },
  )
  await until('both leads were written to', async () => {
    await desk.db.query(
      `update outbox set run_at = now() where state = 'pending' and run_at < now() + interval '5 seconds'`,
    )
    await deliverOnce(desk)
    return (await begun(office)).length >= 1
  })
  const sent = await office.world.journal('message')
  assert.ok(sent.every((entry) => entry['accountId'] === id))
  const kept = await rowsOf(
    desk.db,
    `select account_id from conversations c where exists (
    select from messages m where m.conversation_id = c.id and m.channel_message_id is not null)`,
  )
  assert.ok(kept.every((row) => row['account_id'] === 'second'))
})

test('FLOOD_WAIT pauses the account as long as it says, over a restart; nothing is sent twice', async (t) => {
  const office = await openOffice(t)
  const clock = createClock(office)
  const options = { variables: paced, app: { now: clock.now } }
  let desk = await office.openDesk(options)
  await addPeople(office, desk, 1)
  await office.world.fault({ method: 'messages.sendMessage' }, { error: 'FLOOD_WAIT_300' })
  await deliverOnce(desk)
  await office.closeDesk(desk)
  desk = await office.openDesk(options)
  await desk.db.query('update outbox set run_at = now()')
  await deliverOnce(desk)
  assert.deepEqual(await begun(office), [])
  await clock.pass(desk, 310_000)
  await deliverOnce(desk)
  assert.deepEqual(await begun(office), ['Hello 1'])
})

test('lookups: some seconds apart, a day’s budget; FLOOD_WAIT on one pauses lookups only', async (t) => {
  const office = await openOffice(t)
  const clock = createClock(office)
  const telegram = {
    ...exampleBusiness.telegram,
    newDialogs: { ...exampleBusiness.telegram.newDialogs, gapSec: [0, 0] as [number, number] },
    lookups: { perDay: 2, gapSec: 10 },
  }
  const desk = await office.openDesk({
    variables: paced,
    app: { now: clock.now, business: { ...exampleBusiness, telegram } },
  })
  await addPeople(office, desk, 3)
  for (let times = 0; times < 3; times++) {
    while (await deliverOnce(desk));
    await clock.pass(desk, 15_000)
  }
  const lookups = (await office.world.journal('rpc')).filter(
    (entry) => entry['method'] === 'contacts.resolveUsername',
  )
  assert.equal(lookups.length, 2)
  assert.equal((await begun(office)).length, 2)
  assert.match((await notes(desk)).at(-1)!.text, /предел поиска людей/)
})

test('people stop all sending, and let it go on', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  await addPeople(office, desk, 1)
  await setHalted(desk.db, true, { by: 'human', reason: 'test' })
  await deliverOnce(desk)
  assert.deepEqual(await begun(office), [])
  const [row] = await outboxOf(desk)
  assert.deepEqual([row!.state, row!.attempts], ['pending', 0])
  await setHalted(desk.db, false, { by: 'human', reason: null })
  await desk.db.query('update outbox set run_at = now()')
  await deliverOnce(desk)
  assert.deepEqual(await begun(office), ['Hello 1'])
})

test('answers: one a second per chat, so many a minute per account', async (t) => {
  const office = await openOffice(t)
  const telegram = {
    ...exampleBusiness.telegram,
    answersPerMinute: 2,
    newDialogs: { ...exampleBusiness.telegram.newDialogs, gapSec: [0, 0] as [number, number] },
    lookups: { perDay: 99, gapSec: 0 },
  }
  const clock = createClock(office)
  const desk = await office.openDesk({
    variables: paced,
    app: { now: clock.now, business: { ...exampleBusiness, telegram } },
  })
  await addPeople(office, desk, 3)
  while (await deliverOnce(desk));
  assert.equal((await begun(office)).length, 2)
  await clock.pass(desk, 61_000)
  while (await deliverOnce(desk));
  assert.equal((await begun(office)).length, 3)
})
