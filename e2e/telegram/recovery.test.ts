import assert from 'node:assert/strict'
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { findMissedMessages } from '../../api/src/telegram/find-missed-messages.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import {
  type Desk,
  deliverOnce,
  type Office,
  openOffice,
  outboxOf,
  readInbox,
  say,
  stateOf,
  until,
} from './open-office.ts'

const heard = async (desk: Desk) => {
  await readInbox(desk)
  const rows = await rowsOf<{ text: string }>(
    desk.db,
    `select text from messages where direction = 'in' order by channel_message_id`,
  )
  return rows.map(({ text }) => text)
}
const sent = async (office: Office) =>
  (await office.world.journal('message'))
    .filter((entry) => entry['from'] === 'seller')
    .map(({ text }) => text)
const lines = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`)

async function withLead(office: Office, desk: Desk) {
  const person = await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  return { person, tell: (text: string) => office.world.control(`people/${person.id}/say`, { text }) }
}

/** A process of its own that sends and receives, for tests that kill it. It dies at `faultPoint`, as by kill -9. */
function startProcess(t: TestContext, office: Office, faultPoint?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-recovery-'))
  const armFile = join(folder, 'fault-point')
  if (faultPoint) writeFileSync(armFile, faultPoint)
  const child: ChildProcess = fork(join(import.meta.dirname, 'desk-process.ts'), {
    env: {
      ...process.env,
      DATABASE_URL: office.databaseUrl,
      SIM_TELEGRAM_CONTROL_PORT: String(office.world.simulator.controlPort),
      FAULT_POINT_FILE: armFile,
      DELIVER: 'yes',
    },
  })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true })
  })
  const died = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, died }
}

test('a process killed between receiving and storing: each message is kept, once, in order', async (t) => {
  const office = await openOffice(t)
  const first = await office.openDesk()
  const { tell } = await withLead(office, first)
  await tell('before')
  await until('the first is kept', async () => (await heard(first)).length === 1)
  await office.closeDesk(first)
  const { died } = startProcess(t, office, 'telegram.received')
  await until(
    'it is online',
    async () =>
      (await office.world.journal('rpc')).filter((entry) => entry['method'] === 'updates.getDifference')
        .length >= 2,
  )
  for (const text of lines(3)) await tell(text)
  await died
  const second = await office.openDesk()
  await until('all are kept', async () => (await heard(second)).length === 4)
  assert.deepEqual(await heard(second), ['before', ...lines(3)])
})

test('a process killed right after a send: the message is there once, and known as sent', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  await withLead(office, desk)
  await desk.telegram.stop()
  await desk.telegram.close()
  await say(desk, 1, 'Only once')
  await desk.db.query('update telegram_accounts set enabled = true')
  const { died } = startProcess(t, office, 'telegram.sent')
  await died
  assert.deepEqual(await sent(office), ['Only once'])
  const after = await office.openDesk()
  await desk.db.query(`update outbox set lease_until = now()`)
  await until('it is noted', async () => {
    await deliverOnce(after)
    return (await outboxOf(after))[0]!.state === 'done'
  })
  assert.deepEqual(await sent(office), ['Only once'])
})

test('the socket is cut in the middle of a send: once', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  await withLead(office, desk)
  await say(desk, 1, 'Only once')
  await office.world.fault({ method: 'messages.sendMessage' }, { close: true })
  await until('it is noted', async () => {
    await deliverOnce(desk)
    return (await outboxOf(desk))[0]!.state === 'done'
  })
  assert.deepEqual(await sent(office), ['Only once'])
})

test('200 messages while the process is down: all of them, once, in order', async (t) => {
  const office = await openOffice(t)
  const first = await office.openDesk()
  const { tell } = await withLead(office, first)
  await tell('before')
  await until('the first is kept', async () => (await heard(first)).length === 1)
  await office.closeDesk(first)
  for (const text of lines(200)) await tell(text)
  const second = await office.openDesk()
  await until('all are kept', async () => (await heard(second)).length === 201)
  assert.deepEqual(await heard(second), ['before', ...lines(200)])
})

test('the first words of a lead, said while the process was down, with no conversation to look into', async (t) => {
  const office = await openOffice(t)
  const first = await office.openDesk()
  const { tell } = await withLead(office, first)
  const position = () =>
    rowsOf(first.db, `select from telegram_sessions where kind = 'kv' and key = 'updates_pts'`)
  await until('the position is kept', async () => (await position()).length === 1)
  await office.closeDesk(first)
  await tell('Hello')
  const second = await office.openDesk()
  await until('it is kept', async () => (await heard(second)).length === 1)
})

test('so long away that Telegram tells no updates any more: the history has them', async (t) => {
  const office = await openOffice(t, { keepUpdates: 20 })
  const first = await office.openDesk()
  const { tell } = await withLead(office, first)
  await tell('before')
  await until('the first is kept', async () => (await heard(first)).length === 1)
  await office.closeDesk(first)
  for (const text of lines(120)) await tell(text)
  const second = await office.openDesk()
  await until('all are kept', async () => (await heard(second)).length === 121)
  assert.deepEqual(await heard(second), ['before', ...lines(120)])
})

test('messages while the socket is down come at the reconnect, not at the next message', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  const { tell } = await withLead(office, desk)
  await office.world.control('disconnect', {})
  await tell('while you were away')
  await until('it is kept', async () => (await heard(desk)).length === 1)
})

test('a lost update is found in the history', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  const { tell } = await withLead(office, desk)
  await tell('one')
  await until('the first is kept', async () => (await heard(desk)).length === 1)
  await office.world.fault({ kind: 'update' }, { drop: true })
  await tell('two')
  await findMissedMessages(desk)
  assert.deepEqual(await heard(desk), ['one', 'two'])
})

test('a message that is on its way while a chat without news is marked as read is heard', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  const { person, tell } = await withLead(office, desk)
  await tell('one')
  await until('the first is kept', async () => (await heard(desk)).length === 1)
  const peer = { accountId: 'main', peerId: person.id }
  await desk.telegram.markRead(peer)
  const other = await office.world.addPerson({ username: 'boris_k' })
  await addLead(desk.db, 2, { telegram_username: 'boris_k' })
  await office.world.fault({ kind: 'update', personId: other.id }, { delayMs: 200 })
  await office.world.control(`people/${other.id}/say`, { text: 'two' })
  await desk.telegram.markRead(peer)
  await until('the second is kept', async () => (await heard(desk)).length === 2)
})

const logOutByPhone = async (office: Office, desk: Desk) => {
  await office.world.control(`accounts/${office.world.server.accounts[0]!.id}/sessions`, undefined, 'DELETE')
  await until('it is noticed', async () => (await stateOf(desk)) === 'logged_out')
}
const logInByQr = async (office: Office, desk: Desk) => {
  await desk.telegram.login!.qr()
  const { qr } = await desk.telegram.status()
  await office.world.control('qr', { url: qr!.url })
  await until('it is online', async () => (await stateOf(desk)) === 'online')
}

test('logged out for ten minutes, five leads write, a new login by QR: nothing is lost, whoever writes first afterwards', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ probeMs: 50 })
  const people: number[] = []
  for (let leadId = 1; leadId <= 5; leadId++) {
    const person = await office.world.addPerson({ firstName: `Lead ${leadId}`, username: `lead_${leadId}` })
    await addLead(desk.db, leadId, { telegram_username: `lead_${leadId}` })
    people.push(person.id)
    // The last one has not been talked with yet.
    if (leadId < 5) await office.world.control(`people/${person.id}/say`, { text: `before ${leadId}` })
  }
  await until('they are heard', async () => (await heard(desk)).length === 4)
  await logOutByPhone(office, desk)
  for (const [n, id] of people.entries())
    for (const line of ['a', 'b'])
      await office.world.control(`people/${id}/say`, { text: `lost ${n + 1}${line}` })
  await logInByQr(office, desk)
  await office.world.control(`people/${people[0]}/say`, { text: 'after' })
  await until('all are heard', async () => (await heard(desk)).length === 15)
  const texts = await heard(desk)
  assert.deepEqual(
    texts.slice(4, 14),
    people.flatMap((_, n) => [`lost ${n + 1}a`, `lost ${n + 1}b`]),
  )
  assert.equal(texts.at(-1), 'after')
  // The assistant can answer those whom the new login has not met.
  await say(desk, 3, 'We are back')
  await until('it is sent', async () => {
    await deliverOnce(desk)
    return (await sent(office)).includes('We are back')
  })
})

test('one conversation that cannot be read keeps no other one back, and is read when it can be; the mark stays until then', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ probeMs: 50 })
  const people: number[] = []
  for (let leadId = 1; leadId <= 3; leadId++) {
    const person = await office.world.addPerson({ firstName: `Lead ${leadId}`, username: `lead_${leadId}` })
    await addLead(desk.db, leadId, { telegram_username: `lead_${leadId}` })
    people.push(person.id)
    await office.world.control(`people/${person.id}/say`, { text: `before ${leadId}` })
  }
  await until('they are heard', async () => (await heard(desk)).length === 3)
  await logOutByPhone(office, desk)
  for (const id of people) await office.world.control(`people/${id}/say`, { text: 'lost' })
  await office.world.fault(
    { method: 'messages.getHistory', personId: people[1] },
    { error: 'PEER_ID_INVALID' },
    2,
  )
  await logInByQr(office, desk)
  await until('two are heard', async () => (await heard(desk)).length === 5)
  await office.world.control(`people/${people[1]}/say`, { text: 'after' })
  await until('the new words are heard', async () => (await heard(desk)).includes('after'))
  await until('the lost ones are', async () => {
    await findMissedMessages(desk)
    return (await heard(desk)).length === 7
  })
  const gaps = await rowsOf(desk.db, 'select from conversations where gap_from_id is not null')
  assert.equal(gaps.length, 0)
})
