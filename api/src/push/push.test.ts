import assert from 'node:assert/strict'
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, beforeEach, test } from 'node:test'
import { acknowledgeAlert, raiseAlert } from '../alerts/raise-alert.ts'
import { inTransaction } from '../database/pool.ts'
import { createServer } from '../http/server.ts'
import { exampleBusiness } from '../testing/business.ts'
import { signIn } from '../testing/console-client.ts'
import { addLead, rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { pushKeys } from './push-keys.ts'
import { sendPushes } from './push-notices.ts'

/** A push service of a browser: keeps what it is given. */
const got: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = []
let status = 201
const service = createHttp(async (request, response) => {
  const parts: Buffer[] = []
  for await (const chunk of request) parts.push(chunk as Buffer)
  got.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) })
  response.writeHead(status).end()
}).listen(0, '127.0.0.1')
await once(service, 'listening')
const root = `http://127.0.0.1:${(service.address() as AddressInfo).port}`

const app = await startTestApp({
  business: {
    ...exampleBusiness,
    sellers: exampleBusiness.sellers.map((seller) =>
      seller.id === 'olga' ? { ...seller, amocrmUserId: 501 } : seller,
    ),
  },
})
const server = await createServer(app)
after(async () => {
  await server.close()
  service.close()
})
beforeEach(async () => {
  await app.wipe()
  got.length = 0
  status = 201
})

/** A device as a browser makes it: its keys never leave it. */
function device(name: string) {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const auth = randomBytes(16)
  return {
    body: {
      endpoint: `${root}/${name}`,
      p256dh: ecdh.getPublicKey('base64url'),
      auth: auth.toString('base64url'),
      language: 'ru',
    },
    /** RFC 8291 and 8188, by hand. */
    read(body: Buffer): { title: string; url: string } {
      const salt = body.subarray(0, 16)
      const sender = body.subarray(21, 21 + body.readUInt8(20))
      const cipher = body.subarray(21 + sender.length)
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender])
      const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32))
      const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16))
      const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12))
      const open = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(cipher.subarray(-16))
      const plain = Buffer.concat([open.update(cipher.subarray(0, -16)), open.final()])
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString()) as { title: string; url: string }
    },
  }
}

const handOff = (leadId: number) =>
  inTransaction(app.db, (tx) =>
    raiseAlert(app, tx, { cause: `hand-off:${leadId}`, kind: 'hand_off', subject: `Лид ${leadId}`, leadId }),
  )
const paths = () => got.map(({ path }) => path).toSorted()

test('a device gets a first message, then every hand-over, readable by it alone and signed with our key', async () => {
  const manager = await signIn(app, server, 'manager')
  const phone = device('phone')
  const answer = await manager.post('/console/push', phone.body)
  assert.equal(answer.status, 200, answer.text)
  assert.match(phone.read(got[0]!.body).title, /Маяк/)
  await addLead(app.db, 7)
  await handOff(7)
  got.length = 0
  assert.equal(await sendPushes(app), 1)
  const { title, url } = phone.read(got[0]!.body)
  assert.match(title, /Лид 7/)
  assert.equal(url, '/app/inbox/attention?lead=7')
  assert.throws(() => device('another').read(got[0]!.body))

  const { publicKey } = pushKeys(app)
  assert.equal((await manager.get('/console/push')).body['publicKey'], publicKey)
  const [, jwt = ''] = /t=([\w.-]+)/.exec(got[0]!.headers.authorization ?? '') ?? []
  const [head, claims, signature] = jwt.split('.')
  const point = Buffer.from(publicKey, 'base64url')
  const key = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  })
  assert.ok(
    verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature ?? '', 'base64url'),
    ),
  )
  assert.equal(await sendPushes(app), 0)
})

test('a seller hears of own leads only; what somebody has seen meanwhile is told to nobody', async () => {
  const seller = await signIn(app, server, 'seller', 'olga')
  const owner = await signIn(app, server, 'owner')
  await seller.post('/console/push', device('seller').body)
  await owner.post('/console/push', device('owner').body)
  await addLead(app.db, 7, { responsible_user_id: 501 })
  await addLead(app.db, 8, { responsible_user_id: 999 })
  await handOff(7)
  await handOff(8)
  got.length = 0
  await sendPushes(app)
  assert.deepEqual(paths(), ['/owner', '/owner', '/seller'])

  got.length = 0
  await addLead(app.db, 9)
  const { id } = await handOff(9)
  await inTransaction(app.db, (tx) => acknowledgeAlert(tx, id, 'Ирина'))
  await sendPushes(app)
  assert.deepEqual(paths(), [])
})

test('a device that is gone is forgotten; a service that is away is tried again', async () => {
  const owner = await signIn(app, server, 'owner')
  await owner.post('/console/push', device('laptop').body)
  await addLead(app.db, 7)
  await handOff(7)
  status = 503
  await sendPushes(app)
  const [notice] = await rowsOf(app.db, 'select state, attempts, last_error from push_notices')
  assert.deepEqual(notice, { state: 'pending', attempts: 1, last_error: 'the push service answered 503' })
  await app.db.query('update push_notices set run_at = now()')
  status = 410
  await sendPushes(app)
  assert.deepEqual(await rowsOf(app.db, 'select from push_subscriptions'), [])
})

test('no other address is asked, a viewer has no devices, and what does not work is not kept', async () => {
  const owner = await signIn(app, server, 'owner')
  const { body } = device('x')
  for (const endpoint of [
    'https://evil.example/1',
    'https://fcm.googleapis.com.evil.example/1',
    'http://10.0.0.1/',
  ])
    assert.equal((await owner.post('/console/push', { ...body, endpoint })).status, 400)
  assert.equal((await owner.post('/console/push', { ...body, p256dh: 'AAAA' })).status, 400)
  assert.deepEqual(paths(), [])
  status = 500
  assert.equal((await owner.post('/console/push', body)).status, 503)
  assert.deepEqual(await rowsOf(app.db, 'select from push_subscriptions'), [])
  const viewer = await signIn(app, server, 'viewer')
  assert.equal((await viewer.post('/console/push', body)).status, 403)
})
