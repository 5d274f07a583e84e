/** An account, its people's files and their data centres, as our userbot meets them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchNextFile } from '../../api/src/telegram/fetch-files.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { findTroubles, troubleText } from '../../api/src/telegram/troubles.ts'
import { deliverOnce, openOffice, quick, readInbox, say, stateOf, until } from './open-office.ts'

const dcIds: [2, 4] = [2, 4]
const content = Buffer.from('what we need').toString('base64')

test('a file that is kept, or was put, into another data centre is fetched', async (t) => {
  const office = await openOffice(t, { dcIds })
  const desk = await office.openDesk(quick)
  const { id } = await office.world.addPerson({ firstName: 'Vera' })
  await addLead(desk.db, 1, { telegram_user_id: id })
  const send = (more: object) =>
    office.world.control(`people/${id}/say`, {
      media: 'document',
      file: { mimeType: 'text/plain', content },
      ...more,
    })
  await send({ dcId: 4 })
  await send({})
  await until('both are heard', async () => {
    await readInbox(desk)
    return (await rowsOf(desk.db, 'select from message_files')).length === 2
  })
  const { messages } = await office.world.control<{ messages: { file: { id: string } }[] }>(
    `people/${id}/chat`,
  )
  await office.world.control(`files/${messages.at(-1)!.file.id}`, { dcId: 4 })
  await until('nothing is left to fetch', async () => {
    // A try that failed on a slow connection is made again, here at once.
    await desk.db.query('update message_files set run_at = now()')
    await fetchNextFile(desk)
    return (await rowsOf(desk.db, `select from message_files where state = 'pending'`)).length === 0
  })
  const files = await rowsOf<{ state: string; content: Buffer }>(
    desk.db,
    'select state, content from message_files order by message_id',
  )
  assert.deepEqual(
    files.map(({ state, content: kept }) => [state, kept?.toString()]),
    [
      ['stored', 'what we need'],
      ['stored', 'what we need'],
    ],
  )
})

test('an account that Telegram moves: it is said that a login is needed, nothing is lost, and after it what waited goes out', async (t) => {
  const office = await openOffice(t, { dcIds })
  const desk = await office.openDesk({ ...quick, probeMs: 50 })
  const { id } = await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  const [account] = office.world.server.accounts
  await office.world.control('accounts', { id: account!.id, dcId: 4 })
  await until('it is noticed', async () => (await stateOf(desk)) === 'logged_out')
  await say(desk, 1, 'Hello')
  await deliverOnce(desk)
  assert.match((await findTroubles(desk)).map(troubleText).join(), /^main: logged_out/)
  await until('a login can begin', () =>
    desk.telegram.login!.phone(account!.phone).then(
      () => true,
      () => false,
    ),
  )
  await desk.telegram.login!.code(account!.loginCode)
  assert.equal(await stateOf(desk), 'online')
  assert.deepEqual(await findTroubles(desk), [])
  // It is tried again after half a minute.
  await desk.db.query('update outbox set run_at = now()')
  await until('what waited is out', async () => {
    await deliverOnce(desk)
    return (await office.world.journal('message')).some(({ personId }) => personId === id)
  })
})
