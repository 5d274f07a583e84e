import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Long, MemoryStorage, type TelegramClient, tl } from '@mtcute/node'
import { inbox, openTestWorld, until } from './test-world.ts'

const isError = (text: string) => (error: unknown) => error instanceof tl.RpcError && error.text === text

test('FLOOD_WAIT and PEER_FLOOD as faults, counted', async (t) => {
  const world = await openTestWorld(t)
  await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  await world.fault({ method: 'messages.sendMessage' }, { error: 'FLOOD_WAIT_30' })
  await world.fault({ method: 'messages.sendMessage' }, { error: 'PEER_FLOOD' })

  await assert.rejects(client.sendText('anna_k', 'Hello'), (error) => {
    return tl.RpcError.is(error, 'FLOOD_WAIT_%d') && error.code === 420 && error.seconds === 30
  })
  await assert.rejects(client.sendText('anna_k', 'Hello'), isError('PEER_FLOOD'))
  await client.sendText('anna_k', 'Hello')
  assert.equal((await world.journal('message')).length, 1)
})

test('the answer to a send is lost: sending again with the same random id makes one message', async (t) => {
  const world = await openTestWorld(t)
  await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  await client.resolvePeer('anna_k')
  const randomId = Long.fromNumber(42)
  await world.fault({ method: 'messages.sendMessage' }, { close: true })

  // The library repeats the call by itself once it is connected again.
  await assert.rejects(client.sendText('anna_k', 'Once', { randomId }), isError('RANDOM_ID_DUPLICATE'))
  assert.deepEqual(
    (await world.journal('message')).map(({ text }) => text),
    ['Once'],
  )
  const [message] = await client.getHistory('anna_k', { limit: 1 })
  assert.equal(message?.text, 'Once')
})

test('a dropped call does nothing and is never answered', async (t) => {
  const world = await openTestWorld(t)
  await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  await client.resolvePeer('anna_k')
  await world.fault({ method: 'messages.sendMessage' }, { drop: true })
  await assert.rejects(client.sendText('anna_k', 'Hello', { abortSignal: AbortSignal.timeout(300) }))
  assert.deepEqual(await world.journal('message'), [])
})

test('a dropped update is healed by the gap that the next one shows', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const texts = inbox(client)
  await world.control(`people/${anna.id}/say`, { text: 'zero' })
  await until(() => texts.length === 1, 'the first message')

  await world.fault({ kind: 'update' }, { drop: true })
  await world.control(`people/${anna.id}/say`, { text: 'one' })
  await world.control(`people/${anna.id}/say`, { text: 'two' })
  await until(() => texts.length === 3, 'all messages')
  assert.deepEqual(texts, ['zero', 'one', 'two'])
})

test('a dropped update is healed by updatesTooLong', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const texts = inbox(client)
  await world.fault({ kind: 'update' }, { drop: true })
  await world.control(`people/${anna.id}/say`, { text: 'one' })
  // What was pushed would be here before the answer to a later call.
  await client.getMe()
  await client.getMe()
  assert.deepEqual(texts, [])
  client.handleClientUpdate({ _: 'updatesTooLong' }, false)
  await until(() => texts.length === 1, 'the message')
})

test('an update that comes twice is reported once', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const texts = inbox(client)
  let pushed = 0
  client.onServerUpdate.add((updates) => {
    if (updates._ === 'updates') pushed += updates.updates.length
  })
  await world.fault({ kind: 'update' }, { duplicate: true })
  await world.control(`people/${anna.id}/say`, { text: 'one' })
  await world.control(`people/${anna.id}/say`, { text: 'two' })
  await until(() => texts.includes('two'), 'the second message')
  assert.deepEqual(texts, ['one', 'two'])
  assert.equal(pushed, 3)
})

test('a fault can be for one person only, and a late answer is still an answer', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  await world.addPerson({ firstName: 'Boris', username: 'boris' })
  const client = await world.loggedIn()
  await world.fault({ method: 'messages.*', personId: anna.id }, { error: 'USER_PRIVACY_RESTRICTED' })
  await world.fault({ method: 'messages.sendMessage' }, { delayMs: 300 })
  const started = performance.now()
  await client.sendText('boris', 'Hello')
  assert.ok(performance.now() - started >= 290)
  await assert.rejects(client.sendText('anna_k', 'Hello'), (error) => {
    return isError('USER_PRIVACY_RESTRICTED')(error) && (error as tl.RpcError).code === 403
  })
  assert.equal((await world.journal('fault')).length, 2)
})

test('messages said while the connection is down arrive after updatesTooLong', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const texts = inbox(client)
  const reconnected = connectedAgain(client)
  await world.control('disconnect', {})
  await world.control(`people/${anna.id}/say`, { text: 'while you were away' })
  await reconnected
  client.handleClientUpdate({ _: 'updatesTooLong' }, false)
  await until(() => texts.length === 1, 'the message')
})

test('a client that starts again catches up with what it missed', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const storage = new MemoryStorage()
  const first = await world.loggedIn(storage)
  const before = inbox(first)
  await world.control(`people/${anna.id}/say`, { text: 'before' })
  await until(() => before.length === 1, 'the message')
  await first.disconnect()

  for (const text of ['one', 'two']) await world.control(`people/${anna.id}/say`, { text })
  const second = world.client(storage)
  const texts = inbox(second)
  await second.connect()
  await second.startUpdatesLoop()
  await until(() => texts.length === 2, 'the missed messages')
  assert.deepEqual(texts, ['one', 'two'])
})

test('more than a slice is missed: the rest follows; more than is kept: differenceTooLong', async (t) => {
  const world = await openTestWorld(t, { keepUpdates: 250 })
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const { pts } = await client.call({ _: 'updates.getState' })
  const difference = () => client.call({ _: 'updates.getDifference', pts, date: 0, qts: 0 })

  const texts = inbox(client)
  await world.fault({ kind: 'update' }, { drop: true }, 250)
  for (let n = 0; n < 250; n++) await world.control(`people/${anna.id}/say`, { text: `${n}` })
  assert.equal((await difference())._, 'updates.differenceSlice')
  client.handleClientUpdate({ _: 'updatesTooLong' }, false)
  await until(() => texts.length === 250, 'all messages')
  assert.equal(texts.at(-1), '249')

  await world.control(`people/${anna.id}/say`, { text: 'one too many' })
  assert.equal((await difference())._, 'updates.differenceTooLong')
})

test('a simulator that starts again from its file knows its clients', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'telegram-simulator-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const stateFile = join(folder, 'world.json')

  const before = await openTestWorld(t, { stateFile })
  const anna = await before.addPerson({ username: 'anna_k' })
  const client = await before.loggedIn()
  const texts = inbox(client)
  await client.sendText('anna_k', 'Hello')
  const reconnected = connectedAgain(client)
  await before.simulator.close()

  const after = await openTestWorld(t, { stateFile, port: before.simulator.port })
  assert.equal(after.server.publicKey, before.server.publicKey)
  await after.control(`people/${anna.id}/say`, { text: 'Still there?' })
  await reconnected
  client.handleClientUpdate({ _: 'updatesTooLong' }, false)
  await until(() => texts.length === 1, 'the message')
  const answer = await client.sendText('anna_k', 'Yes')
  assert.equal(answer.id, 3)
  assert.deepEqual(
    (await after.journal('message')).map(({ text }) => text),
    ['Hello', 'Still there?', 'Yes'],
  )
})

/** Resolves when the client has lost its connection and has a new one. */
function connectedAgain(client: TelegramClient): Promise<void> {
  return new Promise((resolve) => {
    let lost = false
    client.onConnectionState.add((state) => {
      if (state !== 'connected') lost = true
      else if (lost) resolve()
    })
  })
}
