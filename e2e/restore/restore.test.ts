import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startWork } from '../../api/src/process/work.ts'
import { offerIn, rowsOf } from '../../api/src/testing/seed.ts'
import { say } from '../telegram/open-office.ts'
import { openCompany, type Someone, until } from './company.ts'

const greeting = 'Здравствуйте, это Ольга из компании «Маяк». Расскажите о вашей задаче?'

for (const isOldLost of [false, true])
  test(`a dump from before ten minutes of talk is restored${isOldLost ? ', and the old database is lost' : ''}: nothing is said twice, nobody falls silent`, async (t) => {
    const company = await openCompany(t)
    const { think, says, hears, newLead, chat } = company
    const anna = await newLead('Анна')
    await think(anna.leadId, { reply: greeting })
    await says(anna, 'Хочу настроить продажи')
    await hears('Хочу настроить продажи')
    const boris = await newLead('Борис')
    const vera = await newLead('Вера')
    await think(vera.leadId, { reply: greeting })
    await says(vera, 'Давайте созвонимся')
    await hears('Давайте созвонимся')
    const [booked, moved, own] = [offerIn(30), offerIn(40), offerIn(50)]
    await think(vera.leadId, { reply: 'Записала: [MEETING]', action: 'book', offerId: own.id }, [own])
    const dmitry = await newLead('Дмитрий')
    await think(dmitry.leadId, { reply: greeting })
    const elena = await newLead('Елена')
    await think(elena.leadId, { reply: greeting })
    await company.readCalendars()
    await company.writeNotes()
    await company.backUp()

    // What the dump does not know.
    await think(anna.leadId, { reply: 'Понимаю. Сколько у вас менеджеров?' })
    await says(anna, 'Пятеро. Давайте встретимся')
    await hears('Пятеро. Давайте встретимся')
    await think(anna.leadId, { reply: 'Записала вас: [MEETING]', action: 'book', offerId: booked.id }, [
      booked,
    ])
    await says(anna, 'А сколько это займёт?')
    await hears('А сколько это займёт?')
    await think(boris.leadId, { reply: greeting })
    await says(vera, 'Можно позже?')
    await hears('Можно позже?')
    await think(vera.leadId, { reply: 'Перенесла: [MEETING]', action: 'move', offerId: moved.id }, [moved])
    const galina = await newLead('Галина')
    await think(galina.leadId, { reply: greeting })
    await company.sellerSays(dmitry, 'Дмитрий, это Пётр, я вам сейчас позвоню')
    await hears('Дмитрий, это Пётр, я вам сейчас позвоню')
    await says(dmitry, 'Жду')
    await hears('Жду')
    // The answer to a send was lost, and that of its repeat has no number: what was said is known, which message it was is not.
    const { rowCount } = await company.desk.db.query(
      `update messages set channel_message_id = null where text like 'Понимаю. Сколько%'`,
    )
    assert.equal(rowCount, 1)
    await company.writeNotes()
    const people = [anna, boris, vera, galina, dmitry, elena]
    const look = async () => ({
      chats: await Promise.all(people.map(chat)),
      notes: await Promise.all(people.map(company.notes)),
      tasks: await Promise.all(people.map(company.tasks)),
      events: await company.events(),
    })
    const before = await look()
    assert.equal(before.events.length, 2)

    const byHand = 'Елена, это Пётр: система сегодня отдыхает'
    before.chats[5]!.push(`seller: ${byHand}`)
    await company.restore({ isOldLost, whileDown: () => company.sellerSays(elena, byHand) })
    await company.settle()
    await company.deliver()
    await company.writeNotes()
    const after = await look()
    assert.deepEqual(after.chats, before.chats, 'nothing is said again')
    assert.ok(after.notes[5]!.some((note) => note.includes(byHand)))
    assert.deepEqual(after.notes.slice(0, 5), before.notes.slice(0, 5), 'no note is written again')
    assert.deepEqual(after.tasks, before.tasks, 'no task is made again')
    assert.deepEqual(after.events, before.events, 'no event is touched')

    // Who is waited for: only Anna's last question is open, and Dmitry's words, which are a human's where that is known.
    const turnsOf = async ({ leadId }: { leadId: number }) =>
      (await company.openTurns(leadId)).map(({ kind }) => kind)
    assert.deepEqual(await turnsOf(anna), ['answer'])
    assert.deepEqual(await turnsOf(boris), ['follow_up'])
    assert.deepEqual(await turnsOf(galina), ['follow_up'])
    assert.deepEqual(await turnsOf(vera), ['reminder'])
    assert.deepEqual(await turnsOf(dmitry), ['answer'])
    for (const someone of [anna, boris, vera, galina])
      assert.equal((await company.lead(someone)).control, 'ai')
    for (const someone of [dmitry, elena])
      assert.equal((await company.lead(someone)).control, isOldLost ? 'ai' : 'human')
    assert.deepEqual(
      (await Promise.all(people.map(company.lead))).map(({ stage }) => stage),
      ['booked', 'contacted', 'booked', 'contacted', 'contacted', 'contacted'],
    )
    assert.deepEqual(
      await rowsOf(company.desk.db, 'select id from leads where locked_stage is not null'),
      [],
      'where we moved the cards ourselves, no human did',
    )
    const meetings = await rowsOf<{ lead_id: number; status: string; starts_at: Date }>(
      company.desk.db,
      'select lead_id, status, starts_at from calendar_events order by lead_id',
    )
    assert.deepEqual(
      meetings.map(({ lead_id, status, starts_at }) => [lead_id, status, starts_at.toISOString()]),
      [
        [anna.leadId, 'booked', booked.start],
        [vera.leadId, 'booked', moved.start],
      ],
    )
    const kinds = (await company.findings()).map(({ kind }) => kind)
    const count = (kind: string) => kinds.filter((one) => one === kind).length
    // Two to Anna, one each to Boris, Vera, Galina; the human's to Dmitry and Elena.
    assert.deepEqual(
      {
        message: count('message'),
        meeting: count('meeting'),
        check: count('check'),
        unknown: count('unknown'),
      },
      isOldLost
        ? { message: 0, meeting: 2, check: 7, unknown: 0 }
        : { message: 5, meeting: 2, check: 0, unknown: 0 },
    )

    // And it goes on: Anna is answered, with an id that Telegram has never seen.
    await think(anna.leadId, { reply: 'Полчаса, не больше.' })
    assert.deepEqual((await chat(anna)).slice(-2), [
      'person: А сколько это займёт?',
      'seller: Полчаса, не больше.',
    ])
  })

test('what was under way when the dump was made is done once, whatever became of it since', async (t) => {
  const company = await openCompany(t)
  const { newLead, think, says, hears, chat, desk } = company
  const people = []
  for (const name of ['Егор', 'Жанна', 'Иван', 'Кира']) {
    const someone = await newLead(name)
    await think(someone.leadId, { reply: greeting })
    people.push(someone)
  }
  const [egor, zhanna, ivan, kira] = people as [Someone, Someone, Someone, Someone]
  await says(zhanna, 'Давайте встретимся')
  await hears('Давайте встретимся')
  await company.readCalendars()
  const offer = offerIn(30)
  const lease = await company.decide(
    zhanna.leadId,
    { reply: 'Записала: [MEETING]', action: 'book', offerId: offer.id },
    [offer],
  )
  await say(desk, egor.leadId, 'Высылаю подробности отдельным сообщением.', 'ai')
  await company.backUp()
  await company.carryOut(lease)
  await company.deliver()
  await says(kira, 'Стоп, больше мне не пишите')
  await until('she opted out', async () => {
    await company.deliver()
    return (await company.lead(kira)).opted_out_at
  })
  await company.deliver()
  const before = await Promise.all(people.map(chat))
  assert.match(before[0]!.at(-1)!, /Высылаю/)
  assert.match(before[1]!.at(-1)!, /Записала/)
  const notes = await company.notes(kira)

  await company.restore({ isOldLost: true })
  // In the dump it waits to be sent, and it was not.
  await say(company.desk, ivan.leadId, 'Иван, это новое сообщение.', 'ai')
  await company.settle()
  await company.desk.db.query(`update turns set lease_until = now() where state = 'running'`)
  await company.deliver()
  const after = await Promise.all(people.map(chat))
  assert.deepEqual([after[0], after[1], after[3]], [before[0], before[1], before[3]])
  assert.deepEqual(after[2], [...before[2]!, 'seller: Иван, это новое сообщение.'])
  assert.deepEqual(await company.notes(kira), notes)
  assert.ok((await company.lead(kira)).opted_out_at)
  assert.deepEqual(
    (await company.openTurns(zhanna.leadId)).map(({ kind, state }) => [kind, state]),
    [['reminder', 'pending']],
  )
  const meetings = await rowsOf<{ status: string }>(company.desk.db, 'select status from calendar_events')
  assert.deepEqual(meetings, [{ status: 'booked' }])
  assert.equal((await company.events()).length, 1)
  assert.equal((await company.lead(zhanna)).stage, 'booked')
})

test('the loops of a real process say and think nothing before all was read, and go on then', async (t) => {
  const company = await openCompany(t)
  const lidia = await company.newLead('Лидия')
  await company.think(lidia.leadId, { reply: greeting })
  const max = await company.newLead('Максим')
  await company.readCalendars()
  await company.backUp()
  await company.think(max.leadId, { reply: greeting })
  const before = await Promise.all([company.chat(lidia), company.chat(max)])

  await company.restore({ isOldLost: true })
  await say(company.desk, lidia.leadId, 'Лидия, ещё одно слово.', 'ai')
  const work = startWork(company.desk)
  t.after(() => work.stop())
  const settledAt = async () =>
    (await rowsOf<{ settled_at: Date | null }>(company.desk.db, 'select settled_at from restores'))[0]!
      .settled_at
  await until('chats and cards are read', async () => {
    const rows = await rowsOf(company.desk.db, 'select from restore_findings')
    assert.deepEqual(
      [await company.chat(lidia), await company.chat(max)],
      before,
      'nothing is said meanwhile',
    )
    return rows.length > 0
  })
  // The calendars are not read yet: n8n brings them.
  assert.equal(await settledAt(), null)
  await until('it is settled', async () => {
    await company.readCalendars()
    return settledAt()
  })
  await until('what was waiting is said', async () => (await company.chat(lidia)).length > before[0]!.length)
  assert.deepEqual(await company.chat(max), before[1])
  await work.stop()
})
