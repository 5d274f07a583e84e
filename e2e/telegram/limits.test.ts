import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchNextFile } from '../../api/src/telegram/fetch-files.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import {
  createClock,
  type Desk,
  deliverOnce,
  type Office,
  openOffice,
  outboxOf,
  quick,
  readInbox,
  say,
  until,
} from './open-office.ts'

const hour = 3_600_000
const calls = async (office: Office, method: string) =>
  (await office.world.journal('rpc')).filter((entry) => entry['method'] === method)
const said = async (office: Office) =>
  (await office.world.journal('message')).filter(({ from }) => from === 'seller').map(({ text }) => text)
const notes = (desk: Desk) =>
  rowsOf<{ lead_id: number; text: string }>(
    desk.db,
    `select lead_id, payload ->> 'text' as text from outbox where channel = 'amocrm' and payload ->> 'kind' = 'note' order by id`,
  )

async function addPerson(office: Office, desk: Desk, leadId: number) {
  const username = `lead_${leadId}`
  const person = await office.world.addPerson({ firstName: `Lead ${leadId}`, username })
  await addLead(desk.db, leadId, { telegram_username: username })
  return person.id
}
/** Delivers what is due now, and lets what waits for a second or two come due. */
async function deliverAll(desk: Desk) {
  for (let times = 0; times < 5; times++) {
    while (await deliverOnce(desk));
    await desk.db.query(
      `update outbox set run_at = now() where state = 'pending' and run_at < now() + interval '5 seconds'`,
    )
  }
}

for (const pace of ['on', 'off'] as const)
  test(`PEER_FLOOD in an old dialog, pace ${pace}: one try, a pause with its end on the card; meanwhile only who wrote first, and contacts`, async (t) => {
    const office = await openOffice(t)
    const clock = createClock(office)
    const options = { ...quick, variables: { TELEGRAM_PACE: pace }, app: { ...quick.app, now: clock.now } }
    let desk = await office.openDesk(options)
    const silent = await addPerson(office, desk, 1)
    const writer = await addPerson(office, desk, 2)
    const contact = await addPerson(office, desk, 3)
    for (const leadId of [1, 2, 3]) await say(desk, leadId, `Hello ${leadId}`)
    await deliverAll(desk)
    assert.equal((await said(office)).length, 3)
    await office.world.control(`people/${writer}/say`, { text: 'Hi' })
    await until('it is heard', async () => {
      await readInbox(desk)
      return (await rowsOf(desk.db, `select from messages where direction = 'in'`)).length === 1
    })
    const [account] = office.world.server.accounts
    const limitedUntil = new Date(clock.now().getTime() + 24 * hour).toISOString()
    await office.world.control('accounts', { id: account!.id, limitedUntil, contacts: [contact] })
    // The address book is heard of with the next answer that names the person.
    await desk.telegram.fetchHistory({ accountId: 'main', peerId: contact }, 0)

    await say(desk, 1, 'Are you there?')
    const tries = async () =>
      (await calls(office, 'messages.sendMessage')).filter(({ error }) => error === 'PEER_FLOOD').length
    // With the pace on, an account says nothing within a second of its last words.
    await until('it is tried', async () => {
      await deliverAll(desk)
      return (await tries()) > 0
    })
    const signs = async () =>
      (await calls(office, 'messages.setTyping')).length +
      (await calls(office, 'messages.readHistory')).length
    assert.equal(await tries(), 1)
    const before = await signs()
    // Asked again and again, in another process as well.
    await desk.db.query(`update outbox set run_at = now() where channel = 'telegram' and state = 'pending'`)
    await deliverAll(desk)
    await office.closeDesk(desk)
    desk = await office.openDesk(options)
    await desk.db.query(`update outbox set run_at = now() where channel = 'telegram' and state = 'pending'`)
    await deliverAll(desk)
    assert.equal(await tries(), 1)
    assert.equal(await signs(), before)
    const told = (await notes(desk)).filter(({ lead_id: id }) => Number(id) === 1)
    assert.equal(told.length, 1)
    assert.match(told[0]!.text, /ждёт: Telegram временно не разрешает .+ Напишем примерно .*\d\d:\d\d/)
    const status = await desk.telegram.status()
    assert.equal(status.state, 'limited')

    await say(desk, 2, 'Good day')
    await say(desk, 3, 'Good evening')
    await deliverAll(desk)
    assert.deepEqual((await said(office)).slice(3).toSorted(), ['Good day', 'Good evening'])
    await clock.pass(desk, 25 * hour)
    await deliverAll(desk)
    assert.equal((await said(office)).at(-1), 'Are you there?')
    assert.ok(silent)
  })

test('PEER_FLOOD although the person wrote first: one try, and nobody else is held up', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  for (const leadId of [1, 2]) {
    const id = await addPerson(office, desk, leadId)
    await office.world.control(`people/${id}/say`, { text: 'Hi' })
  }
  await until('both are heard', async () => {
    await readInbox(desk)
    return (await rowsOf(desk.db, `select from messages where direction = 'in'`)).length === 2
  })
  await office.world.fault({ method: 'messages.sendMessage' }, { error: 'PEER_FLOOD' })
  await say(desk, 1, 'To the first')
  await deliverAll(desk)
  await desk.db.query(`update outbox set run_at = now() where channel = 'telegram' and state = 'pending'`)
  await say(desk, 2, 'To the second')
  await deliverAll(desk)
  assert.deepEqual(await said(office), ['To the second'])
  assert.equal((await calls(office, 'messages.sendMessage')).length, 2)
})

test('nobody has to ask for it: after so many strangers Telegram says PEER_FLOOD, once', async (t) => {
  const office = await openOffice(t, { limits: { methods: {}, strangersPerDay: 3 } })
  const desk = await office.openDesk(quick)
  for (let leadId = 1; leadId <= 6; leadId++) {
    await addPerson(office, desk, leadId)
    await say(desk, leadId, `Hello ${leadId}`)
  }
  await until('three were written to', async () => {
    await deliverAll(desk)
    return (await said(office)).length === 3
  })
  await deliverAll(desk)
  const refused = (await calls(office, 'messages.sendMessage')).filter(({ error }) => error)
  assert.ok(refused.length <= 3, `${refused.length} tries`)
  const before = refused.length
  await desk.db.query(`update outbox set run_at = now() where channel = 'telegram' and state = 'pending'`)
  await deliverAll(desk)
  assert.equal((await calls(office, 'messages.sendMessage')).filter(({ error }) => error).length, before)
})

test('a FLOOD_WAIT of any path is kept: not asked again before its end; other paths go on', async (t) => {
  const office = await openOffice(t)
  const clock = createClock(office)
  const options = { ...quick, app: { ...quick.app, now: clock.now } }
  const desk = await office.openDesk(options)
  const peerId = await addPerson(office, desk, 1)
  await office.world.control(`people/${peerId}/say`, { media: 'photo' })
  await until('it is heard', async () => {
    await readInbox(desk)
    return (await rowsOf(desk.db, `select from messages where direction = 'in'`)).length === 1
  })
  const peer = { accountId: 'main', peerId }
  let number = 0
  const paths: [method: string, deed: () => Promise<unknown>][] = [
    ['messages.getHistory', () => desk.telegram.fetchHistory(peer, 0).catch(() => {})],
    ['messages.getDialogs', () => desk.telegram.fetchDialogs!('main', null).catch(() => {})],
    ['messages.setTyping', () => desk.telegram.typing(peer)],
    ['messages.readHistory', () => desk.telegram.markRead(peer)],
    ['messages.getMessages', () => fetchFile(desk)],
    ['contacts.resolveUsername', async () => lookUp(office, desk, (number += 1))],
    ['messages.sendMessage', () => sendAnother(desk, (number += 1))],
  ]
  for (const [method, deed] of paths) {
    await office.world.fault({ method }, { error: 'FLOOD_WAIT_90' })
    await deed()
    await deed()
    const asked = await calls(office, method)
    assert.equal(
      asked.findLastIndex(({ error }) => error === 'FLOOD_WAIT_90'),
      asked.length - 1,
      method,
    )
    await clock.pass(desk, 92_000)
    await desk.db.query(`update message_files set run_at = now()`)
    await deed()
    assert.ok((await calls(office, method)).length > asked.length, `${method} goes on`)
  }
})

async function fetchFile(desk: Desk) {
  await fetchNextFile(desk)
}
async function lookUp(office: Office, desk: Desk, number: number) {
  await addPerson(office, desk, 100 + number)
  await say(desk, 100 + number, `Hello ${number}`)
  while (await deliverOnce(desk));
}
async function sendAnother(desk: Desk, number: number) {
  await say(desk, 1, `One more ${number}`)
  while (await deliverOnce(desk));
}

test('a sign that Telegram refuses does not keep the words back', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await addPerson(office, desk, 1)
  await office.world.fault({ method: 'messages.readHistory' }, { error: 'FLOOD_WAIT_300' })
  await office.world.fault({ method: 'messages.setTyping' }, { error: 'FLOOD_WAIT_300' })
  await say(desk, 1, 'Hello')
  await deliverOnce(desk)
  assert.deepEqual(
    (await outboxOf(desk)).map(({ state }) => state),
    ['done'],
  )
})
