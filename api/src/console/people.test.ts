import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { createServer } from '../http/server.ts'
import { createBrowser, password, signIn } from '../testing/console-client.ts'
import { createClient, isProblem } from '../testing/http-client.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'
import { hashPassword, isPassword } from './hash-password.ts'

const app = await startTestApp()
const { db, config } = app
const server = await createServer(app)
after(() => server.close())
beforeEach(() => app.wipe())
const { post } = createClient(server, config.apiToken)

const ownerLink = async () => {
  const answer = await post('/console/owner-link', {})
  assert.equal(answer.status, 201, answer.text)
  return { hasOwner: answer.body['hasOwner'], token: String(answer.body['path']).split('#')[1]! }
}

test('a password is kept as a hash of its own salt, and only it opens', async () => {
  const [one, two] = await Promise.all([hashPassword('пароль, длинный'), hashPassword('пароль, длинный')])
  assert.notEqual(one, two)
  assert.equal(await isPassword('пароль, длинный', one), true)
  assert.equal(await isPassword('пароль, длинный ', one), false)
  assert.equal(await isPassword('anything', null), false)
})

test('the owner comes in by a one-time link, once; the next link says that there is an owner', async () => {
  const { token } = await ownerLink()
  const browser = createBrowser(server)
  const person = { token, email: 'Anna@beacon.example', name: 'Anna', password }
  const joined = await browser.post('/console/join', person)
  assert.equal(joined.status, 200, joined.text)
  assert.equal((await browser.get('/console/me')).body['role'], 'owner')
  isProblem(
    await createBrowser(server).post('/console/join', { ...person, email: 'b@beacon.example' }),
    'unknown-link',
    404,
  )
  assert.equal((await ownerLink()).hasOwner, true)
  const stored = JSON.stringify(await rowsOf(db, 'select * from console_users, console_sessions'))
  assert.ok(!stored.includes(password) && !stored.includes(browser.cookie()!.split('=')[1]!))
})

test('a new owner link ends the one before; a link that ran out opens nothing', async () => {
  const first = await ownerLink()
  const second = await ownerLink()
  const join = (token: string) =>
    createBrowser(server).post('/console/join', { token, email: 'a@beacon.example', name: 'A', password })
  isProblem(await join(first.token), 'unknown-link', 404)
  await db.query(`update console_invitations set expires_at = now() - interval '1 s'`)
  isProblem(await join(second.token), 'unknown-link', 404)
})

test('an e-mail belongs to one person, whatever its letters; the link stays good for another one', async () => {
  await signIn(app, server, 'owner')
  const taken = (await rowsOf<{ email: string }>(db, 'select email from console_users'))[0]!.email
  const { token } = await ownerLink()
  const browser = createBrowser(server)
  const person = { token, name: 'B', password }
  isProblem(
    await browser.post('/console/join', { ...person, email: taken.toUpperCase() }),
    'conflict',
    409,
    'email',
  )
  assert.equal((await browser.post('/console/join', { ...person, email: 'b@beacon.example' })).status, 200)
})

test('short passwords are not taken', async () => {
  const { token } = await ownerLink()
  const person = { token, email: 'a@beacon.example', name: 'A', password: 'short' }
  isProblem(await createBrowser(server).post('/console/join', person), 'invalid-request', 400, 'password')
})

test('signing in sets a cookie that no script reads and no other site sends; with TLS it is Secure and of this host', async () => {
  const { email } = await signIn(app, server, 'manager')
  const browser = createBrowser(server)
  const plain = await browser.post('/console/login', { email: email.toUpperCase(), password })
  assert.equal(plain.status, 200, plain.text)
  assert.match(
    String(plain.headers['set-cookie']),
    /^lead_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
  )
  const tls = await createBrowser(server).post(
    '/console/login',
    { email, password },
    { 'x-forwarded-proto': 'https' },
  )
  assert.match(String(tls.headers['set-cookie']), /^__Host-lead_session=.*; Secure$/)
})

test('a session dies with logout, also the copy that somebody stole', async () => {
  const person = await signIn(app, server, 'viewer')
  const thief = createBrowser(server)
  thief.setCookie(person.cookie())
  assert.equal((await thief.get('/console/me')).status, 200)
  assert.equal((await person.post('/console/logout')).status, 200)
  isProblem(await thief.get('/console/me'), 'signed-out', 401)
})

test('a session ends a week after it was used last', async () => {
  const person = await signIn(app, server, 'viewer')
  await db.query(
    `update console_sessions set seen_at = now() - interval '2 min', expires_at = now() + interval '1 min'`,
  )
  assert.equal((await person.get('/console/me')).status, 200)
  const [row] = await rowsOf<{ left: boolean }>(
    db,
    `select expires_at > now() + interval '6 days' as left from console_sessions`,
  )
  assert.equal(row?.left, true, 'using it makes it last')
  await db.query(`update console_sessions set expires_at = now() - interval '1 s'`)
  isProblem(await person.get('/console/me'), 'signed-out', 401)
})

test('changes from another site are refused, and those that do not say where they come from', async () => {
  const person = await signIn(app, server, 'owner')
  for (const headers of [{ origin: 'https://evil.example' }, { origin: undefined }, { origin: 'null' }])
    isProblem(await person.post('/console/halt', { halted: true }, headers), 'foreign-origin', 403)
  const login = { email: person.email, password }
  isProblem(
    await createBrowser(server).post('/console/login', login, { origin: 'https://evil.example' }),
    'foreign-origin',
    403,
  )
  assert.equal((await rowsOf(db, 'select from switches')).length, 0)
})

test('guessing is slowed down for the name at this address; the person still comes in from another one', async () => {
  const { email } = await signIn(app, server, 'manager')
  const guesser = createBrowser(server, '203.0.113.7')
  for (let guess = 0; guess < 5; guess++)
    isProblem(
      await guesser.post('/console/login', { email, password: `wrong ${guess}` }),
      'wrong-password',
      401,
    )
  const refused = await guesser.post('/console/login', { email, password })
  isProblem(refused, 'too-many-requests', 429)
  const wait = Number(refused.headers['retry-after'])
  assert.ok(wait > 0 && wait <= 900, String(wait))
  assert.equal(
    (await createBrowser(server, '198.51.100.1').post('/console/login', { email, password })).status,
    200,
  )
  await db.query(`update console_login_failures set at = at - interval '15 min'`)
  assert.equal((await guesser.post('/console/login', { email, password })).status, 200)
})

test('behind the proxy each person has an address of their own; somebody on the internet cannot pick one', async () => {
  const { email } = await signIn(app, server, 'manager')
  const wrong = { email, password: 'wrong password' }
  const proxy = createBrowser(server, '172.18.0.5')
  const through = (address: string, body: object) =>
    proxy.post('/console/login', body, { 'x-forwarded-for': address })
  for (let guess = 0; guess < 5; guess++) await through('203.0.113.20', wrong)
  isProblem(await through('203.0.113.20', wrong), 'too-many-requests', 429)
  assert.equal((await through('203.0.113.21', { email, password })).status, 200)
  const direct = createBrowser(server, '203.0.113.30')
  for (let guess = 0; guess < 5; guess++)
    await direct.post('/console/login', wrong, { 'x-forwarded-for': `198.51.100.${guess}` })
  isProblem(await direct.post('/console/login', wrong), 'too-many-requests', 429)
})

test('one address cannot try many names, whether they exist or not', async () => {
  const guesser = createBrowser(server, '203.0.113.8')
  await db.query(
    `insert into console_login_failures (email, address) select 'name-' || n, '203.0.113.8' from generate_series(1, 30) n`,
  )
  isProblem(
    await guesser.post('/console/login', { email: 'new@beacon.example', password }),
    'too-many-requests',
    429,
  )
})

test('who is shut out is signed out at once; there is always an owner', async () => {
  const owner = await signIn(app, server, 'owner')
  const manager = await signIn(app, server, 'manager')
  assert.equal((await owner.post(`/console/people/${manager.id}`, { disabled: true })).status, 200)
  isProblem(await manager.get('/console/me'), 'signed-out', 401)
  isProblem(await manager.post('/console/login', { email: manager.email, password }), 'wrong-password', 401)
  for (const change of [{ disabled: true }, { place: { role: 'viewer' } }])
    isProblem(await owner.post(`/console/people/${owner.id}`, change), 'conflict', 409)
  const second = await signIn(app, server, 'owner')
  assert.equal((await owner.post(`/console/people/${owner.id}`, { place: { role: 'viewer' } })).status, 200)
  isProblem(await second.post(`/console/people/${second.id}`, { disabled: true }), 'conflict', 409)
})

test('an invitation names a role, and a seller one of the business', async () => {
  const owner = await signIn(app, server, 'owner')
  isProblem(
    await owner.post('/console/invitations', { role: 'seller', sellerId: 'nobody' }),
    'invalid-request',
    400,
    'sellerId',
  )
  const invited = await owner.post('/console/invitations', { role: 'seller', sellerId: 'olga' })
  const token = String(invited.body['path']).split('#')[1]
  const seller = createBrowser(server)
  const person = { token, email: 'olga@beacon.example', name: 'Olga', password }
  assert.equal((await seller.post('/console/join', person)).body['sellerId'], 'olga')
  const { people } = (await owner.get('/console/people')).body as {
    people: { email: string; role: string }[]
  }
  assert.deepEqual(people.map(({ role }) => role).sort(), ['owner', 'seller'])
})
