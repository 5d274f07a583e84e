import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Long, type Message, MtPeerNotFoundError, tl } from '@mtcute/node'
import { inbox, openTestWorld, until } from './test-world.ts'

const isError = (text: string) => (error: unknown) => error instanceof tl.RpcError && error.text === text

type ChatView = {
  messages: { id: number; from: string; text: string; readByPerson?: boolean; edited?: boolean }[]
  typing: boolean
  online: boolean
}

test('people are found by username and by phone, unless they hide it', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k', phone: '+7 900 111-22-33' })
  await world.addPerson({ firstName: 'Hidden', phone: '+79001112244', phoneHidden: true })
  const client = await world.loggedIn()

  assert.equal((await client.getUser('Anna_K')).id, anna.id)
  await assert.rejects(client.resolvePeer('nobody_here'), MtPeerNotFoundError)
  const found = await client.resolvePhoneNumber('+79001112233')
  assert.ok(found._ === 'inputPeerUser' && found.userId === anna.id)
  await assert.rejects(
    client.call({ _: 'contacts.resolvePhone', phone: '79001112244' }),
    isError('PHONE_NOT_OCCUPIED'),
  )

  const { imported, users } = await client.importContacts([
    { phone: '+79001112233', firstName: 'A', lastName: '' },
    { phone: '+79001112244', firstName: 'H', lastName: '' },
  ])
  assert.deepEqual(
    imported.map(({ userId }) => userId),
    [anna.id],
  )
  assert.ok(users.some((user) => user._ === 'user' && user.id === anna.id && user.contact))
})

test('an access hash of another account opens no chat', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const peer = { _: 'inputPeerUser', userId: anna.id, accessHash: Long.ONE } as const
  await assert.rejects(client.sendText(peer, 'hello'), isError('PEER_ID_INVALID'))
})

test('the same random id twice makes one message', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  const randomId = Long.fromString('1234567890123456789')

  const message = await client.sendText('anna_k', 'Hello, Anna', { randomId })
  assert.equal(message.text, 'Hello, Anna')
  await assert.rejects(client.sendText('anna_k', 'Hello, Anna', { randomId }), (error) => {
    return isError('RANDOM_ID_DUPLICATE')(error) && (error as tl.RpcError).code === 500
  })
  const chat = await world.control<ChatView>(`people/${anna.id}/chat`)
  assert.deepEqual(
    chat.messages.map(({ id, text }) => ({ id, text })),
    [{ id: message.id, text: 'Hello, Anna' }],
  )
  const [entry, ...more] = await world.journal('message')
  assert.deepEqual(more, [])
  assert.equal(entry?.['randomId'], '1234567890123456789')
})

test('what a person writes, edits and deletes reaches the client', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ firstName: 'Anna' })
  const client = await world.loggedIn()
  const received: Message[] = []
  const edited: string[] = []
  const deleted: number[] = []
  client.onNewMessage.add((message) => void received.push(message))
  client.onEditMessage.add((message) => void edited.push(message.text))
  client.onDeleteMessage.add((update) => void deleted.push(...update.messageIds))

  const { messageId } = await world.control<{ messageId: number }>(`people/${anna.id}/say`, {
    text: 'Good day',
  })
  const message = await until(() => received[0], 'the message')
  assert.equal(message.text, 'Good day')
  assert.equal(message.isOutgoing, false)
  assert.equal(message.sender.displayName, 'Anna')
  assert.equal(message.chat.id, anna.id)

  await world.control(`people/${anna.id}/edit`, { messageId, text: 'Good evening' })
  await until(() => edited[0] === 'Good evening', 'the edit')
  await world.control(`people/${anna.id}/messages/${messageId}`, undefined, 'DELETE')
  await until(() => deleted[0] === messageId, 'the deletion')

  await client.sendText(message.chat.inputPeer, 'An answer to somebody whom nobody looked up')
})

test('a message typed on the phone of the seller arrives as outgoing', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const received: Message[] = []
  client.onNewMessage.add((message) => void received.push(message))
  await world.control(`people/${anna.id}/seller-says`, { text: 'I take over' })
  const message = await until(() => received[0], 'the message')
  assert.equal(message.isOutgoing, true)
  assert.equal(message.chat.id, anna.id)
})

test('what one client of an account sends and reads, its other client sees', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const [first, second] = [await world.loggedIn(), await world.loggedIn()]
  const seen: string[] = []
  const echoed: string[] = []
  second.onNewMessage.add((message) => void seen.push(`${message.isOutgoing ? 'out' : 'in'} ${message.text}`))
  first.onNewMessage.add((message) => void echoed.push(message.text))
  let readUpTo = 0
  second.onHistoryRead.add((update) => (readUpTo = update.maxReadId))

  await first.sendText('anna_k', 'Hello')
  const { messageId } = await world.control<{ messageId: number }>(`people/${anna.id}/say`, { text: 'Hi' })
  await first.readHistory('anna_k')
  await until(() => readUpTo === messageId, 'the read mark')
  assert.deepEqual(seen, ['out Hello', 'in Hi'])
  assert.deepEqual(echoed, ['Hi'])
})

test('typing, read marks and presence show on both sides', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  const view = () => world.control<ChatView>(`people/${anna.id}/chat`)
  const readUpTo: number[] = []
  client.onHistoryRead.add((update) => void readUpTo.push(update.maxReadId))

  await client.sendTyping('anna_k')
  assert.equal((await view()).typing, true)
  const message = await client.sendText('anna_k', 'Hello')
  assert.equal((await view()).typing, false)
  assert.equal((await world.journal('typing')).length, 1)

  assert.equal((await view()).messages[0]?.readByPerson, false)
  await world.control(`people/${anna.id}/read`, {})
  assert.equal((await view()).messages[0]?.readByPerson, true)
  await until(() => readUpTo.includes(message.id), 'the read mark')

  const { messageId } = await world.control<{ messageId: number }>(`people/${anna.id}/say`, { text: 'Hi' })
  await client.readHistory('anna_k', { maxId: messageId })
  const read = await world.journal('read')
  assert.deepEqual(
    read.map(({ by, maxId }) => ({ by, maxId })),
    [
      { by: 'person', maxId: message.id },
      { by: 'seller', maxId: messageId },
    ],
  )
  await client.setOnline(true)
  assert.equal((await view()).online, true)
})

test('history is paged from the newest, and from the oldest', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  for (const text of ['1', '2', '3', '4', '5']) await world.control(`people/${anna.id}/say`, { text })

  const newest = await client.getHistory('anna_k', { limit: 2 })
  assert.deepEqual(
    newest.map(({ text }) => text),
    ['5', '4'],
  )
  const next = await client.getHistory('anna_k', { limit: 2, offset: newest.next! })
  assert.deepEqual(
    next.map(({ text }) => text),
    ['3', '2'],
  )
  const oldest = await client.getHistory('anna_k', { limit: 2, reverse: true })
  assert.deepEqual(
    oldest.map(({ text }) => text),
    ['1', '2'],
  )
  const since = await client.getHistory('anna_k', { minId: newest[1]!.id })
  assert.deepEqual(
    since.map(({ text }) => text),
    ['5'],
  )
  const [dialog] = await client.getPeerDialogs('anna_k')
  assert.equal(dialog?.unreadCount, 5)
  const lastTexts: (string | undefined)[] = []
  for await (const { lastMessage } of client.iterDialogs()) lastTexts.push(lastMessage?.text)
  assert.deepEqual(lastTexts, ['5'])
})

test('files go both ways', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const client = await world.loggedIn()
  const received: Message[] = []
  client.onNewMessage.add((message) => void received.push(message))

  await world.control(`people/${anna.id}/say`, { media: 'voice' })
  const { media } = await until(() => received[0], 'the voice message')
  assert.equal(media?.type, 'voice')
  assert.ok(media.type === 'voice')
  assert.equal(Buffer.from(await client.downloadAsBuffer(media)).toString(), 'a voice')

  const file = new TextEncoder().encode('prices')
  const sent = await client.sendMedia('anna_k', {
    type: 'document',
    file,
    fileName: 'prices.txt',
    caption: 'Prices',
  })
  assert.equal(sent.text, 'Prices')
  assert.ok(sent.media?.type === 'document')
  assert.equal(Buffer.from(await client.downloadAsBuffer(sent.media)).toString(), 'prices')
})

test('people who blocked us, or want Premium, cannot be written to', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_k' })
  const boris = await world.addPerson({ firstName: 'Boris', username: 'boris', requirePremium: true })
  const client = await world.loggedIn()
  await world.control(`people/${anna.id}/block`, {})
  await assert.rejects(client.sendText('anna_k', 'Hello'), isError('USER_IS_BLOCKED'))

  const peer = await client.resolveUser('boris')
  const [requirement] = await client.call({ _: 'users.getRequirementsToContact', id: [peer] })
  assert.equal(requirement?._, 'requirementToContactPremium')
  await assert.rejects(client.sendText('boris', 'Hello'), isError('PRIVACY_PREMIUM_REQUIRED'))
  await world.control(`people/${boris.id}/say`, { text: 'I wrote first' })
  await client.sendText('boris', 'Hello')
})

test('a burst of messages arrives whole and in order', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({})
  const client = await world.loggedIn()
  const texts = inbox(client)
  const expected = Array.from({ length: 50 }, (_, index) => `line ${index}`)
  for (const text of expected) await world.control(`people/${anna.id}/say`, { text })
  await until(() => texts.length >= expected.length, 'all messages')
  assert.deepEqual(texts, expected)
})

test('long messages, which the client packs, arrive one after another', async (t) => {
  const world = await openTestWorld(t)
  const anna = await world.addPerson({ username: 'anna_long' })
  const client = await world.loggedIn()
  const texts = ['первое ', 'второе ', 'третье '].map((word) => word.repeat(100).trim())
  const peer = await client.resolvePeer('anna_long')
  for (const text of texts) await client.sendText(peer, text)
  const chat = await world.control<ChatView>(`people/${anna.id}/chat`)
  assert.deepEqual(
    chat.messages.map((message) => message.text),
    texts,
  )
})
