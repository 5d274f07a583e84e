import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { saveSellers } from '../../api/src/leads/save-sellers.ts'
import { addLead, addMeeting, offerIn, rowsOf } from '../../api/src/testing/seed.ts'
import { type Desk, deliverOnce, openOffice, outboxOf, readInbox, say, until } from './open-office.ts'

/** The rows of docs/identity.md, where the seller's own account writes. */
const tasksOf = (desk: Desk) =>
  rowsOf<{ leadId: number; kind: string; text: string }>(
    desk.db,
    `select lead_id as "leadId", payload ->> 'kind' as kind, payload ->> 'text' as text from outbox
     where channel = 'amocrm' order by id`,
  )
const words = (desk: Desk) =>
  rowsOf<{ text: string }>(desk.db, `select text from messages where direction = 'in'`)
const leads = (desk: Desk) =>
  rowsOf<{ id: number; telegram: number | null; by: string | null; out: boolean; continues: number | null }>(
    desk.db,
    `select id, telegram_user_id as telegram, bound_by as by, opted_out_at is not null as out, continues_lead_id as continues
     from leads order by id`,
  )

async function openWorld(t: TestContext) {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  await saveSellers(desk)
  const { world } = office
  let heard = 0
  return {
    desk,
    addPerson: (person: object) => world.addPerson(person),
    change: (personId: number, fields: object) => world.control(`people/${personId}`, fields, 'PATCH'),
    hears: async (personId: number, text: string) => {
      await world.control(`people/${personId}/say`, { text })
      heard += 1
      await until('the message is stored', async () => {
        const stored = await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)
        return stored.length >= heard
      })
      await readInbox(desk)
    },
    write: async (leadId: number, text: string, author: 'ai' | 'human' = 'ai') => {
      await say(desk, leadId, text, author)
      await desk.db.query(`update outbox set run_at = now() where state = 'pending'`)
      while (await deliverOnce(desk));
      return (await outboxOf(desk)).at(-1)
    },
    chat: async (personId: number) =>
      (await world.control<{ messages: { text: string }[] }>(`people/${personId}/chat`)).messages.map(
        // Our first words end with who writes.
        ({ text }) => text.split('\n')[0],
      ),
  }
}

test('another account that takes over the username cannot cancel the meeting: it is a stranger, and a human is told', async (t) => {
  const { desk, addPerson, change, hears, write } = await openWorld(t)
  const anna = await addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await write(1, 'Здравствуйте')
  await hears(anna.id, 'Давайте')
  const meeting = await addMeeting(desk.db, 1, offerIn(30))
  await desk.db.query('delete from turns')

  await change(anna.id, { username: 'anna_new' })
  const mallory = await addPerson({ firstName: 'Mallory', username: 'anna_k' })
  await hears(mallory.id, 'Отмените встречу')
  await hears(mallory.id, 'стоп')

  assert.deepEqual(await rowsOf(desk.db, 'select status from calendar_events where id = $1', [meeting.id]), [
    { status: 'booked' },
  ])
  assert.deepEqual(
    (await words(desk)).map(({ text }) => text),
    ['Давайте'],
  )
  assert.deepEqual(await leads(desk), [
    { id: 1, telegram: anna.id, by: 'username', out: false, continues: null },
  ])
  assert.deepEqual(await rowsOf(desk.db, `select from turns where state = 'pending'`), [])
  const told = (await tasksOf(desk)).filter(({ kind }) => kind === 'task')
  assert.equal(told.length, 1)
  assert.match(told[0]!.text, /@anna_k.*Отмените встречу/)

  // The lead herself is heard as before, whatever her username is.
  await hears(anna.id, 'До встречи')
  assert.deepEqual(
    (await words(desk)).map(({ text }) => text),
    ['Давайте', 'До встречи'],
  )
  // And is written to, not the one who has her name now.
  await write(1, 'Ждём вас')
  assert.deepEqual(await outboxOf(desk).then((rows) => rows.map(({ state }) => state)), ['done', 'done'])
})

test('another account with the phone of the card is no bound lead either', async (t) => {
  const { desk, addPerson, hears } = await openWorld(t)
  const anna = await addPerson({ username: 'anna_k' })
  const other = await addPerson({ firstName: 'Anna', phone: '+79161112233' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k', phone: '+79161112233' })
  await hears(anna.id, 'Hello')
  await hears(other.id, 'From my other phone')
  assert.equal((await words(desk)).length, 1)
  assert.deepEqual(
    (await tasksOf(desk)).map(({ kind }) => kind),
    ['task'],
  )
})

test('all phones of the card are tried in their order, then the username; the sign that led there is kept', async (t) => {
  const { desk, addPerson, write, chat } = await openWorld(t)
  const byPhone = await addPerson({ phone: '+79161112233' })
  const byName = await addPerson({ username: 'boris_k' })
  const phones = ['+79160000001', '+79161112233']
  await addLead(desk.db, 1, { phone: phones[0]!, phones, telegram_username: 'somebody_else' })
  await addLead(desk.db, 2, { phone: '+79160000002', telegram_username: 'boris_k' })
  await write(1, 'One')
  await write(2, 'Two')
  assert.deepEqual([await chat(byPhone.id), await chat(byName.id)], [['One'], ['Two']])
  assert.deepEqual(await rowsOf(desk.db, 'select bound_by, bound_sign from leads order by id'), [
    { bound_by: 'phone', bound_sign: '+79161112233' },
    { bound_by: 'username', bound_sign: 'boris_k' },
  ])
})

test("a stranger's form with somebody's phone: the stranger's stop does not silence the phone's owner", async (t) => {
  const { desk, addPerson, hears, write, chat } = await openWorld(t)
  const owner = await addPerson({ firstName: 'Olga', phone: '+79161112233' })
  const mallory = await addPerson({ firstName: 'Mallory', username: 'mallory' })
  await addLead(desk.db, 1, { telegram_username: 'mallory', phone: '+79161112233' })
  await hears(mallory.id, 'Hello')
  await hears(mallory.id, 'stop')
  await addLead(desk.db, 2, { phone: '+79161112233' })
  await write(2, 'Good day')
  assert.deepEqual(
    (await leads(desk)).map(({ out, telegram }) => [out, telegram]),
    [
      // Whoever has the username of a card with a phone is not yet the lead: a human is told of what they wrote.
      [false, null],
      [false, owner.id],
    ],
  )
  assert.deepEqual(await chat(owner.id), ['Good day'])
})

test('who said stop is not written to about another request: the opt-out belongs to the Telegram account', async (t) => {
  const { desk, addPerson, hears, write, chat } = await openWorld(t)
  const anna = await addPerson({ username: 'anna_k', phone: '+79161112233' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await hears(anna.id, 'стоп')
  // Another card, which only a look at Telegram shows to be the same person.
  await addLead(desk.db, 2, { phone: '+79161112233' })
  const row = await write(2, 'Hello again')
  assert.match(row!.last_error!, /opted out in lead 1/)
  assert.deepEqual(await chat(anna.id), ['стоп'])
  assert.deepEqual(
    (await leads(desk)).map(({ out }) => out),
    [true, true],
  )
  assert.match((await tasksOf(desk)).at(-1)!.text, /просил больше не писать \(сделка #1\)/)
  // Words that a human writes by hand go all the same.
  await write(2, 'This is Olga herself', 'human')
  assert.deepEqual(await chat(anna.id), ['стоп', 'This is Olga herself'])
})

test('stop in one lead holds for all leads that are bound to the account', async (t) => {
  const { desk, addPerson, hears } = await openWorld(t)
  const anna = await addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_user_id: anna.id, bound_by: 'username', bound_sign: 'anna_k' })
  await addLead(desk.db, 2, { telegram_user_id: anna.id, bound_by: 'username', bound_sign: 'anna_k' })
  await addLead(desk.db, 3, { telegram_username: 'boris_k' })
  await hears(anna.id, 'стоп')
  assert.deepEqual(
    (await leads(desk)).map(({ out }) => out),
    [true, true, false],
  )
})

test('a card that leads to somebody with whom we already talk goes on there', async (t) => {
  const { desk, addPerson, hears, write, chat } = await openWorld(t)
  const anna = await addPerson({ username: 'anna_k', phone: '+79161112233' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await hears(anna.id, 'Hello')
  await addLead(desk.db, 2, { phone: '+79161112233' })
  const row = await write(2, 'Hello, dear stranger')
  assert.match(row!.last_error!, /goes on in lead 1/)
  assert.deepEqual(await chat(anna.id), ['Hello'])
  assert.deepEqual(
    (await leads(desk)).map(({ continues }) => continues),
    [null, 1],
  )
})
