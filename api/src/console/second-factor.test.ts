import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { TOTP, URI } from 'otpauth'
import { createServer } from '../http/server.ts'
import { createKeyring } from '../secrets/keyring.ts'
import { rotateKey } from '../secrets/rotate-key.ts'
import { createBrowser, password, signIn } from '../testing/console-client.ts'
import { isProblem } from '../testing/http-client.ts'
import { rowsOf } from '../testing/seed.ts'
import { startTestApp } from '../testing/test-app.ts'

const app = await startTestApp()
const server = await createServer(app)
after(() => server.close())

/** Somebody with a second factor; `code` is what their phone shows so many half minutes after the one that confirmed it. */
async function withSecondFactor() {
  const person = await signIn(app, server, 'manager')
  const begun = await person.post('/console/second-factor/begin', { password })
  const totp = URI.parse(String(begun.body['uri'])) as TOTP
  const confirmedAt = Date.now()
  const code = (steps = 0) => totp.generate({ timestamp: confirmedAt + steps * 30_000 })
  const confirmed = await person.post('/console/second-factor/confirm', { code: code() })
  assert.equal(confirmed.status, 200, confirmed.text)
  const login = (given?: string) =>
    createBrowser(server, `10.0.0.${Math.ceil(Math.random() * 250)}`).post('/console/login', {
      email: person.email,
      password,
      ...(given === undefined ? {} : { code: given }),
    })
  return { person, code, login, recoveryCodes: confirmed.body['recoveryCodes'] as string[] }
}

test('with a second factor the password alone does not let in; a code does, once', async () => {
  const { login, code } = await withSecondFactor()
  isProblem(await login(), 'code-needed', 401)
  isProblem(await login('000000'), 'code-needed', 401)
  // The one that confirmed it was used.
  isProblem(await login(code()), 'code-needed', 401)
  assert.equal((await login(code(1))).status, 200)
  isProblem(await login(code(1)), 'code-needed', 401)
})

test('a recovery code lets in once, however it is typed', async () => {
  const { login, recoveryCodes } = await withSecondFactor()
  assert.equal(new Set(recoveryCodes).size, 10)
  const [first = '', second = ''] = recoveryCodes
  assert.equal((await login(first.toUpperCase().replaceAll('-', ' '))).status, 200)
  isProblem(await login(first), 'code-needed', 401)
  const answers = await Promise.all([login(second), login(second), login(second)])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
})

test('guessing codes is slowed down as guessing passwords is', async () => {
  const { person } = await withSecondFactor()
  const thief = createBrowser(server, '10.9.9.9')
  const guess = (code: string) => thief.post('/console/login', { email: person.email, password, code })
  for (let n = 0; n < 5; n++) isProblem(await guess(`00000${n}`), 'code-needed', 401)
  isProblem(await guess('000009'), 'too-many-requests', 429)
})

test('it begins with the password, counts from the first code, and ends with both', async () => {
  const person = await signIn(app, server, 'viewer')
  isProblem(await person.post('/console/second-factor/begin', { password: 'a wrong one' }), 'conflict', 409)
  assert.equal((await person.post('/console/second-factor/begin', { password })).status, 200)
  const login = () =>
    createBrowser(server, '10.8.0.1').post('/console/login', { email: person.email, password })
  assert.equal((await login()).status, 200)
  const other = await withSecondFactor()
  isProblem(await other.person.post('/console/second-factor/begin', { password }), 'conflict', 409)
  const off = (given: object) => other.person.post('/console/second-factor/off', given)
  isProblem(await off({ password, code: '000000' }), 'conflict', 409)
  isProblem(await off({ password: 'a wrong one', code: other.code(1) }), 'conflict', 409)
  assert.equal((await off({ password, code: other.code(1) })).status, 200)
  assert.equal((await other.login()).status, 200)
})

test('secrets are sealed, codes are hashed, and both outlive another key', async () => {
  const { login, code, recoveryCodes } = await withSecondFactor()
  const stored =
    JSON.stringify(
      await rowsOf(app.db, "select encode(totp_sealed, 'escape') as sealed from console_users"),
    ) +
    JSON.stringify(
      await rowsOf(app.db, "select encode(code_hash, 'escape') as hash from console_recovery_codes"),
    )
  assert.ok(!stored.includes(recoveryCodes[0]!.replaceAll('-', '')))
  const next = Buffer.from('another-app-key-of-32-bytes-long')
  assert.ok((await rotateKey(app.db, createKeyring(next, app.config.appKey))) >= 1)
  app.config.appKey = next
  assert.equal((await login(code(1))).status, 200)
})
