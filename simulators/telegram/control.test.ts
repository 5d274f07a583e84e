import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { startTelegram } from './start.ts'
import { openTestWorld } from './test-world.ts'

type Problem = { status: number; errors?: { field: string }[] }

test('bad control input is answered with a problem that names the field', async (t) => {
  const { simulator, addPerson } = await openTestWorld(t)
  const anna = await addPerson({ username: 'anna_k', phone: '+79001112233' })
  const send = async (path: string, body: object) => {
    const response = await fetch(`${simulator.url}/_sim/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
    const { status, errors } = (await response.json()) as Problem
    assert.equal(status, response.status)
    return [status, errors?.[0]?.field]
  }
  assert.deepEqual(await send('people', { firstName: 'B', username: '@ANNA_K' }), [409, 'username'])
  assert.deepEqual(await send('people', { firstName: 'B', phone: '7 (900) 111 22 33' }), [409, 'phone'])
  assert.deepEqual(await send('people', { firstName: '' }), [400, 'firstName'])
  assert.deepEqual(await send('people', { firstName: 'B', phone: 'call me' }), [400, 'phone'])
  assert.deepEqual(await send(`people/${anna.id}/say`, { text: ' ' }), [400, 'text'])
  assert.deepEqual(await send('people/1/say', { text: 'Hello' }), [404, 'id'])
  assert.deepEqual(await send(`people/${anna.id}/say`, { text: 'Hello', accountId: 1 }), [404, 'accountId'])
  assert.deepEqual(await send('accounts', { loginCode: 'abc' }), [400, 'loginCode'])
  assert.deepEqual(await send('qr', { url: 'https://example.com' }), [400, 'url'])
  assert.deepEqual(await send('limits', { limits: 'few' }), [400, 'limits'])
})

test('accounts are added and altered; reset keeps the login and forgets the people', async (t) => {
  const world = await openTestWorld(t)
  const client = await world.loggedIn()
  const added = await world.control<{ id: number }>('accounts', { phone: '+79990000002', password: 'secret' })
  await world.control('accounts', { id: added.id, loginCode: '777777', password: null })
  const { accounts } = await world.control<{ accounts: object[] }>('server')
  assert.deepEqual(accounts[1], {
    id: added.id,
    firstName: 'Sales',
    phone: '+79990000002',
    loginCode: '777777',
  })

  const anna = await world.addPerson({ username: 'anna_k' })
  const sent = await client.sendText('anna_k', 'Hello')
  await world.control('reset', {})
  assert.deepEqual(await world.control('people'), [])
  const again = await world.addPerson({ username: 'anna_k2' })
  assert.ok(again.id > anna.id)
  assert.ok((await client.sendText('anna_k2', 'Hello')).id > sent.id)
})

test('a taken port is refused', async (t) => {
  const { simulator } = await openTestWorld(t)
  await assert.rejects(startTelegram({ port: simulator.port, controlPort: 0 }), { code: 'EADDRINUSE' })
  await assert.rejects(startTelegram({ port: 0, controlPort: simulator.controlPort }), { code: 'EADDRINUSE' })
})

test('what is not MTProto is cut off, and nothing breaks', async (t) => {
  const world = await openTestWorld(t)
  const tagAndFrame = (frame: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(frame.length)
    return Buffer.concat([Buffer.alloc(4, 0xee), length, frame])
  }
  const noise = [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    tagAndFrame(Buffer.alloc(60, 0)),
    tagAndFrame(Buffer.alloc(2)),
  ]
  for (const bytes of noise) {
    const socket = connect(world.simulator.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.end(bytes)
    socket.resume()
    await once(socket, 'close')
  }
  const client = await world.loggedIn()
  assert.equal((await client.getMe()).displayName, 'Sales')
})

test('the page and its files are served', async (t) => {
  const { simulator } = await openTestWorld(t)
  const html = await (await fetch(simulator.url)).text()
  const files = [...html.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map(([, path]) => path!)
  assert.ok(files.length >= 3)
  for (const path of files) assert.equal((await fetch(simulator.url + path)).status, 200, path)
})
