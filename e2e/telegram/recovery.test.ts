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
