import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tl } from '@mtcute/node'
import type { JournalEntry } from '../shared/journal.ts'
import { inbox, openTestWorld, until } from './test-world.ts'

const isError = (text: string) => (error: unknown) => error instanceof tl.RpcError && error.text === text

test('a client logs in by code, and out again', async (t) => {
  const world = await openTestWorld(t)
  const client = await world.loggedIn()
  const me = await client.getMe()
  assert.equal(me.id, world.server.accounts[0]!.id)
  assert.equal(me.displayName, 'Sales')

  await client.logOut()
  await assert.rejects(client.getMe(), isError('AUTH_KEY_UNREGISTERED'))
  assert.deepEqual(
    (await world.journal('login')).map(({ step }) => step),
    ['code sent', 'logged in', 'logged out'],
  )
})

test('a wrong code, a wrong phone', async (t) => {
  const world = await openTestWorld(t)
  const client = world.client()
  const { phone } = world.server.accounts[0]!
  await assert.rejects(client.sendCode({ phone: '+79991111111' }), isError('PHONE_NUMBER_INVALID'))

  const sent = await client.sendCode({ phone })
  assert.ok('phoneCodeHash' in sent)
  const { phoneCodeHash } = sent
  await assert.rejects(
    client.signIn({ phone, phoneCodeHash, phoneCode: '00000' }),
    isError('PHONE_CODE_INVALID'),
  )
  await assert.rejects(
    client.signIn({ phone, phoneCodeHash: 'other', phoneCode: '12345' }),
    isError('PHONE_CODE_EXPIRED'),
  )
  assert.equal(
    (await client.signIn({ phone, phoneCodeHash, phoneCode: '12345' })).phoneNumber,
    phone.slice(1),
  )
})

test('two-step verification asks for the password', async (t) => {
  const account = { firstName: 'Sales', phone: '+79990000001', loginCode: '54321', password: 'correct horse' }
  const world = await openTestWorld(t, { account })
  const client = world.client()
  const { phone } = account
  const sent = await client.sendCode({ phone })
  assert.ok('phoneCodeHash' in sent)
  await assert.rejects(
    client.signIn({ phone, phoneCodeHash: sent.phoneCodeHash, phoneCode: '54321' }),
    isError('SESSION_PASSWORD_NEEDED'),
  )
  await assert.rejects(client.getMe(), isError('AUTH_KEY_UNREGISTERED'))
  await assert.rejects(client.checkPassword('battery staple'), isError('PASSWORD_HASH_INVALID'))
  assert.equal((await client.checkPassword('correct horse')).displayName, 'Sales')
  assert.equal((await client.getMe()).displayName, 'Sales')
})

test('login by QR code, accepted on the phone', async (t) => {
  const world = await openTestWorld(t)
  const client = world.client()
  await client.connect()
  const me = await client.signInQr({
    onUrlUpdated: (url) => void world.control('qr', { url }),
  })
  assert.equal(me.id, world.server.accounts[0]!.id)
  assert.equal((await world.journal('login')).at(-1)?.['by'], 'qr')
})

const elsewhere = { firstName: 'Sales', phone: '+79990000001', loginCode: '12345', dcId: 4 }
const centersOf = (entries: JournalEntry[]) => [...new Set(entries.map(({ dcId }) => dcId))]

test('a login by code is sent to the data centre of the account', async (t) => {
  const world = await openTestWorld(t, { dcIds: [2, 4], account: elsewhere })
  const client = await world.loggedIn()
  assert.equal((await client.getMe()).displayName, 'Sales')
  assert.deepEqual(centersOf(await world.journal('connection')), [2, 4])
  const refused = (await world.journal('rpc')).filter(
    ({ method, error }) => error && method === 'auth.sendCode',
  )
  assert.deepEqual(
    refused.map(({ error }) => error),
    ['PHONE_MIGRATE_4'],
  )
  const texts = inbox(client)
  const { id } = await world.addPerson({ firstName: 'Vera' })
  await world.control(`people/${id}/say`, { text: 'hello' })
  await until(() => texts.includes('hello'), 'the message')
})

test('a login by QR code is sent there too', async (t) => {
  const world = await openTestWorld(t, { dcIds: [2, 4], account: elsewhere })
  const client = world.client()
  await client.connect()
  const me = await client.signInQr({ onUrlUpdated: (url) => void world.control('qr', { url }) })
  assert.equal(me.id, world.server.accounts[0]!.id)
  assert.equal(
    (await world.journal('rpc')).some(({ method }) => method === 'auth.importLoginToken'),
    true,
  )
})

test('sessions ended on the phone log the client out', async (t) => {
  const world = await openTestWorld(t)
  const client = await world.loggedIn()
  await world.control(`accounts/${world.server.accounts[0]!.id}/sessions`, undefined, 'DELETE')
  await assert.rejects(client.getMe(), isError('AUTH_KEY_UNREGISTERED'))
})

test('an unknown method is refused and journaled', async (t) => {
  const world = await openTestWorld(t)
  const client = await world.loggedIn()
  await assert.rejects(client.call({ _: 'help.getSupport' }), isError('METHOD_INVALID'))
  assert.deepEqual(
    (await world.journal('unexpected')).map(({ method }) => method),
    ['help.getSupport'],
  )
})
