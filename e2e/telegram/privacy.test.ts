import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Database, inTransaction } from '../../api/src/database/pool.ts'
import { beginWithPerson } from '../../api/src/leads/begin-with-person.ts'
import { createSweep } from '../../api/src/telegram/find-missed-messages.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { startBotWorld } from './bot-world.ts'
import { type Desk, openOffice, quick, readInbox, until } from './open-office.ts'

/** All that a dump of the database holds, with what is behind bytes and base64 read as well. */
async function dumpOf(db: Database): Promise<string> {
  const tables = await rowsOf<{ name: string }>(
    db,
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    for (const row of await rowsOf<Record<string, unknown>>(db, `select * from ${name}`)) {
      for (const value of Object.values(row)) {
        const text = Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value)
        parts.push(text)
        for (const [inside] of text.matchAll(/[A-Za-z0-9+/]{24,}={0,2}/g))
          parts.push(Buffer.from(inside, 'base64').toString('utf8'))
      }
    }
  }
  return parts.join('\n').toLowerCase()
}

const friend = { firstName: 'Zinaida', lastName: 'Quibble', username: 'zina_quibble', phone: '+79165551234' }
const privateWords = ['meet me at the lighthouse', 'kept between us', 'zinaida', 'quibble', '9165551234']
const holdsNothing = async (db: Database) => {
  const dump = await dumpOf(db)
  for (const words of privateWords) assert.ok(!dump.includes(words), words)
}
const understood = (desk: Desk, count: number) =>
  until('all was understood', async () => {
    await readInbox(desk)
    return (await rowsOf(desk.db, `select from inbox_events where state = 'processed'`)).length >= count
  })

test("the private chats of the account leave nothing in the database: words, edits, names, phones; a lead's do", async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  const person = await office.world.addPerson(friend)
  const anna = await office.world.addPerson({ firstName: 'Anna', username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  const { messageId } = await office.world.control<{ messageId: number }>(`people/${person.id}/say`, {
    text: 'Meet me at the lighthouse',
  })
  await office.world.control(`people/${person.id}/edit`, { messageId, text: 'Kept between us' })
  await office.world.control(`people/${person.id}/seller-says`, { text: 'Kept between us too' })
  await office.world.control(`people/${anna.id}/say`, { text: 'Hello from the lead' })
  await understood(desk, 4)
  await holdsNothing(desk.db)
  assert.ok((await dumpOf(desk.db)).includes('hello from the lead'))
  await office.closeDesk(desk)
  const after = await office.openDesk(quick)
  await holdsNothing(after.db)
})

test('a card that comes within the day is recognised, and what was said before it is read from the chat', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  const sweep = createSweep(desk)
  await sweep()
  const person = await office.world.addPerson(friend)
  await office.world.control(`people/${person.id}/say`, { text: 'Meet me at the lighthouse' })
  await until('it is understood', async () => {
    await readInbox(desk)
    return (await rowsOf(desk.db, `select from telegram_strangers`)).length === 2
  })
  await holdsNothing(desk.db)
  await sweep()
  await holdsNothing(desk.db)
  await cardComes(desk)
  await sweep()
  await readInbox(desk)
  assert.deepEqual(await rowsOf(desk.db, 'select lead_id, text from messages'), [
    { lead_id: 1, text: 'Meet me at the lighthouse' },
  ])
  assert.deepEqual(await rowsOf(desk.db, 'select from telegram_strangers'), [])
})

const cardComes = async (desk: Pick<Desk, 'db' | 'business' | 'config'>) => {
  await addLead(desk.db, 1, { telegram_username: friend.username, phone: friend.phone })
  await inTransaction(desk.db, (tx) =>
    beginWithPerson(
      desk,
      tx,
      { id: 1, name: 'Zina', statusId: 10 },
      { name: 'Zina', telegram: friend.username, phones: [friend.phone], email: null },
      null,
    ),
  )
}

for (const mode of ['bot', 'secretary'] as const)
  test(`${mode}: a stranger leaves nothing in the database; a card within the day says that they wrote`, async () => {
    const world = await startBotWorld(mode)
    await world.app.telegram.start()
    const person = await world.addPerson(friend)
    if (mode === 'secretary') await world.control('business-connections', {})
    else await world.control(`people/${person.id}/start`, {})
    const { accounts } = await world.control<{ accounts: { id: number }[] }>('server')
    const bots = await world.control<{ id: number }[]>('bots')
    const accountId = mode === 'bot' ? bots[0]!.id : accounts[0]!.id
    await world.control(`people/${person.id}/say`, { text: 'Meet me at the lighthouse', accountId })
    await world.hear(2)
    await holdsNothing(world.app.db)
    await cardComes(world.app)
    const notes = await world.outbox()
    assert.equal(notes.length, 1)
    assert.match(notes[0]!.text, /писал нам в Telegram ещё до появления карточки/)
  })
