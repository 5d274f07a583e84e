import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Message, type TelegramClient, tl } from '@mtcute/node'
import { openTestWorld, type TestWorld, until } from './test-world.ts'

const dcIds: [2, 4] = [2, 4]
const isError = (text: string) => (error: unknown) => error instanceof tl.RpcError && error.text === text
const content = Buffer.from('the price list of last year')
const file = { mimeType: 'text/plain', content: content.toString('base64') }

/** The file as the client was told of it. */
async function sendFile(world: TestWorld, client: TelegramClient, more: object = {}) {
  const { id } = await world.addPerson({ firstName: 'Vera' })
  const got: Message[] = []
  client.onNewMessage.add((message) => got.push(message))
  await world.control(`people/${id}/say`, { media: 'document', file, ...more })
  const { media } = await until(() => got[0], 'the file')
  assert.ok(media?.type === 'document')
  const { messages } = await world.control<{ messages: { file: { id: string } }[] }>(`people/${id}/chat`)
  return { document: media, fileId: messages[0]!.file.id }
}
const centersAsked = async (world: TestWorld, method: string) => {
  const centers = new Map(
    (await world.journal('connection')).map(({ connection, dcId }) => [connection, dcId]),
  )
  return (await world.journal('rpc'))
    .filter((entry) => entry['method'] === method)
    .map(({ connection, error }) => [centers.get(connection), ...(error ? [error] : [])])
}

test('a file of another data centre: the login is exported there, once, and is no session of its own', async (t) => {
  const world = await openTestWorld(t, { dcIds })
  const client = await world.loggedIn()
  const { document } = await sendFile(world, client, { dcId: 4 })
  assert.equal(document.raw.dcId, 4)
  assert.deepEqual(Buffer.from(await client.downloadAsBuffer(document)), content)
  assert.deepEqual(Buffer.from(await client.downloadAsBuffer(document)), content)
  assert.deepEqual(
    (await centersAsked(world, 'upload.getFile')).map(([dcId]) => dcId),
    [4, 4, 4],
  )
  assert.deepEqual(await centersAsked(world, 'auth.exportAuthorization'), [[2]])
  assert.deepEqual(await centersAsked(world, 'auth.importAuthorization'), [[4]])
  const { authorizations } = await client.call({ _: 'account.getAuthorizations' })
  assert.equal(authorizations.length, 1)
})

test('a file that has moved: FILE_MIGRATE, and it is read where it is now', async (t) => {
  const world = await openTestWorld(t, { dcIds })
  const client = await world.loggedIn()
  const { document, fileId } = await sendFile(world, client)
  await world.control(`files/${fileId}`, { dcId: 4 })
  assert.equal(document.raw.dcId, 2)
  assert.deepEqual(Buffer.from(await client.downloadAsBuffer(document)), content)
  assert.deepEqual((await centersAsked(world, 'upload.getFile'))[0], [2, 'FILE_MIGRATE_4'])
})

test('an account that has moved: USER_MIGRATE to whoever asks at the old place, and a new login at the new one', async (t) => {
  const world = await openTestWorld(t, { dcIds })
  const [account] = world.server.accounts
  const client = await world.loggedIn()
  await world.control('accounts', { id: account!.id, dcId: 4 })
  // The client goes where it is sent; its key is unknown there.
  await assert.rejects(
    client.call({ _: 'help.getConfig' }).then(() => client.getMe()),
    isError('AUTH_KEY_UNREGISTERED'),
  )
  assert.deepEqual(await centersAsked(world, 'users.getUsers'), [
    [2, 'USER_MIGRATE_4'],
    [4, 'AUTH_KEY_UNREGISTERED'],
  ])
  assert.equal(await client.getPrimaryDcId(), 4)
  const sent = await client.sendCode({ phone: account!.phone })
  assert.ok('phoneCodeHash' in sent)
  const me = await client.signIn({
    phone: account!.phone,
    phoneCodeHash: sent.phoneCodeHash,
    phoneCode: '12345',
  })
  assert.equal(me.id, account!.id)
})

test('NETWORK_MIGRATE before the login: the client goes there', async (t) => {
  const account = { firstName: 'Sales', phone: '+79990000001', loginCode: '12345', dcId: 4 }
  const world = await openTestWorld(t, { dcIds, account })
  await world.fault({ method: 'auth.sendCode' }, { error: 'NETWORK_MIGRATE_4' })
  const client = await world.loggedIn()
  assert.deepEqual(await centersAsked(world, 'auth.sendCode'), [[2, 'NETWORK_MIGRATE_4'], [4]])
  assert.equal((await client.getMe()).displayName, 'Sales')
})

test('what was exported works once, there alone, and only where there is something', async (t) => {
  const world = await openTestWorld(t, { dcIds })
  const client = await world.loggedIn()
  const exportTo = (dcId: number) => client.call({ _: 'auth.exportAuthorization', dcId })
  for (const dcId of [2, 3]) await assert.rejects(exportTo(dcId), isError('DC_ID_INVALID'))
  const { id, bytes } = await exportTo(4)
  const bring = (dcId: number) => client.call({ _: 'auth.importAuthorization', id, bytes }, { dcId })
  await assert.rejects(bring(2), isError('AUTH_BYTES_INVALID'))
  await bring(4)
  await assert.rejects(bring(4), isError('AUTH_BYTES_INVALID'))
  await assert.rejects(world.control('files/1', { dcId: 4 }), /No such file/)
})
