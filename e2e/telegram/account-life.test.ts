import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { rowsOf } from '../../api/src/testing/seed.ts'
import type { JournalEntry } from '../../simulators/shared/journal.ts'
import { type Desk, openOffice, quick, stateOf, until } from './open-office.ts'

const isState = (desk: Desk, state: string, account?: string) =>
  until(`the account is ${state}`, async () => (await stateOf(desk, account)) === state)
/** After a start or a logout a busy machine may take longer to connect than anybody waits for. */
const onceConnected = (act: () => Promise<unknown>) =>
  until('the account is connected', () =>
    act().then(
      () => true,
      (error: Error) => {
        if (/not yet by this one/.test(error.message)) return false
        throw error
      },
    ),
  )
// After a logout nobody logs in by themselves, not even to the simulator: the steps are a person's.
const login = (desk: Desk) => desk.telegram.login!
const withPassword = {
  firstName: 'Sales',
  phone: '+79990000001',
  loginCode: '54321',
  password: 'correct horse',
}

test('log in by code and password, log out, and in again; no secret is kept', async (t) => {
  const office = await openOffice(t, { account: withPassword })
  const desk = await office.openDesk({ start: false })
  assert.equal(await stateOf(desk), 'disabled')
  await desk.telegram.start()
  await isState(desk, 'online')
  await login(desk).logout()
  await isState(desk, 'logged_out')

  await onceConnected(() => login(desk).phone(withPassword.phone))
  await isState(desk, 'code_sent')
  await assert.rejects(login(desk).code('00000'), /PHONE_CODE_INVALID/)
  await login(desk).code('54321')
  await isState(desk, 'need_password')
  await assert.rejects(login(desk).password('battery staple'), /PASSWORD_HASH_INVALID/)
  await login(desk).password('correct horse')
  await isState(desk, 'online')
  await assert.rejects(login(desk).phone(null), /logged in already/)
  const [row] = await rowsOf(desk.db, 'select login from telegram_accounts')
  assert.equal(row!['login'], null)
  for (const secret of ['54321', 'correct horse', 'battery staple'])
    assert.equal(desk.logged.join('\n').includes(secret), false)
})

test('a restart between code and login loses nothing', async (t) => {
  const office = await openOffice(t)
  const first = await office.openDesk()
  await login(first).logout()
  await onceConnected(() => login(first).phone('+79990000001'))
  await office.closeDesk(first)
  const second = await office.openDesk()
  await isState(second, 'code_sent')
  await login(second).code('12345')
  await isState(second, 'online')
})

test('codes are asked for three times a day, no more', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk()
  await login(desk).logout()
  for (let times = 0; times < 3; times++) await onceConnected(() => login(desk).phone('+79990000001'))
  await assert.rejects(login(desk).phone('+79990000001'), /3 codes/)
})

test('log in by QR code: shown by status, changed in time, then the password', async (t) => {
  const office = await openOffice(t, { account: withPassword })
  const desk = await office.openDesk()
  await login(desk).logout()
  await onceConnected(() => login(desk).qr())
  const shown = await desk.telegram.status()
  assert.equal(shown.state, 'qr_pending')
  assert.match(shown.qr!.url, /^tg:\/\/login\?token=/)
  assert.ok(shown.qr!.expiresAt.getTime() > Date.now())
  await office.world.control('qr', { url: shown.qr!.url })
  await isState(desk, 'need_password')
  assert.equal((await desk.telegram.status()).qr, null)
  await login(desk).password('correct horse')
  await isState(desk, 'online')
  const token = shown.qr!.url.split('=')[1]!
  assert.equal(desk.logged.join('\n').includes(token), false)
  assert.equal(
    JSON.stringify(await rowsOf(desk.db, 'select * from telegram_accounts')).includes(token),
    false,
  )
})

test('a QR login that nobody scans is over after three codes, and can begin anew', async (t) => {
  const office = await openOffice(t, { qrLifetimeMs: 1500 })
  const desk = await office.openDesk()
  await login(desk).logout()
  await onceConnected(() => login(desk).qr())
  const shown = new Set<string>()
  await until('the login is over', async () => {
    const { state, qr } = await desk.telegram.status()
    if (qr) shown.add(qr.url)
    return state === 'need_login'
  })
  const { detail, qr } = await desk.telegram.status()
  assert.match(detail!, /nobody scanned the 3 QR codes: begin anew with npm run telegram -- login$/)
  assert.equal(qr, null)
  assert.equal(shown.size, 3)
  const tokens = async () =>
    (await office.world.journal('rpc')).filter(({ method }) => method === 'auth.exportLoginToken').length
  assert.equal(await tokens(), 3)

  await onceConnected(() => login(desk).qr())
  await office.world.control('qr', { url: (await desk.telegram.status()).qr!.url })
  await isState(desk, 'online')
})

test('a QR code that is scanned at the last moment is not given up', async (t) => {
  const office = await openOffice(t, { account: withPassword, qrLifetimeMs: 1500 })
  const desk = await office.openDesk()
  await login(desk).logout()
  await onceConnected(() => login(desk).qr())
  const shown = new Set<string>()
  await until('the third code is shown', async () => {
    const { qr } = await desk.telegram.status()
    if (qr) shown.add(qr.url)
    return shown.size === 3
  })
  await office.world.control('qr', { url: [...shown].at(-1) })
  await isState(desk, 'need_password')
  await login(desk).password(withPassword.password)
  await isState(desk, 'online')
})

test('an account of another data centre: logged in there, and found there after a restart', async (t) => {
  const account = { firstName: 'Sales', phone: '+79990000001', loginCode: '12345', dcId: 4 }
  const office = await openOffice(t, { dcIds: [2, 4], account })
  const first = await office.openDesk(quick)
  await isState(first, 'online')
  const { id } = await office.world.addPerson({ firstName: 'Vera', username: 'vera' })
  await office.world.control(`people/${id}/say`, { text: 'hello' })
  const heard = (desk: Desk, count: number) =>
    until('the message is heard', async () => {
      const rows = await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)
      return rows.length === count
    })
  await heard(first, 1)
  await office.closeDesk(first)
  await office.world.control(`people/${id}/say`, { text: 'are you there?' })
  const before = (await office.world.journal('rpc')).length
  const second = await office.openDesk(quick)
  await isState(second, 'online')
  await heard(second, 2)
  await second.telegram.sendText({ accountId: 'main', peerId: id }, 'I am', 'test:dc')
  const methods = (await office.world.journal('rpc')).slice(before).map(({ method }) => method)
  assert.equal(methods.includes('auth.sendCode'), false)
})

test('stop and start hold over a restart', async (t) => {
  const office = await openOffice(t)
  const first = await office.openDesk()
  await first.telegram.stop()
  assert.equal(await stateOf(first), 'disabled')
  await office.closeDesk(first)
  const second = await office.openDesk()
  assert.deepEqual(second.telegram.ready(), [])
  await second.telegram.start('main')
  await isState(second, 'online')
  await assert.rejects(second.telegram.start('nobody'), /no account nobody/)
})

test('several accounts, each with its own login', async (t) => {
  const office = await openOffice(t)
  const { phone } = await office.world.control<{ phone: string }>('accounts', { loginCode: '22222' })
  const desk = await office.openDesk()
  await login(desk)
    .phone(phone, 'second')
    .catch(() => {})
  if ((await stateOf(desk, 'second')) !== 'online') await login(desk).code('22222', 'second')
  await isState(desk, 'online', 'second')
  assert.deepEqual(desk.telegram.ready().toSorted(), ['main', 'second'])
  assert.deepEqual(
    (await desk.telegram.accounts()).map(({ account, state }) => [account, state]),
    [
      ['main', 'online'],
      ['second', 'online'],
    ],
  )
})

test('a login that was ended on the phone is noticed, also when nothing is sent', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ probeMs: 100 })
  await office.world.control(`accounts/${office.world.server.accounts[0]!.id}/sessions`, undefined, 'DELETE')
  await isState(desk, 'logged_out')
  assert.deepEqual(desk.telegram.ready(), [])
  await until('the keys are gone', async () => {
    const rows = await rowsOf(
      desk.db,
      `select from telegram_sessions where kind = 'kv' and key = 'current_user'`,
    )
    return rows.length === 0
  })
})

const ends: [error: string, state: string][] = [
  ['AUTH_KEY_UNREGISTERED', 'logged_out'],
  ['SESSION_REVOKED', 'logged_out'],
  ['SESSION_EXPIRED', 'logged_out'],
  ['AUTH_KEY_DUPLICATED', 'logged_out'],
  ['USER_DEACTIVATED', 'banned'],
  ['USER_DEACTIVATED_BAN', 'banned'],
  ['FROZEN_METHOD_INVALID', 'frozen'],
]
for (const [error, state] of ends) {
  test(`${error}: the account is ${state}, and a human is told`, async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk({ probeMs: 50 })
    await office.world.fault({ method: 'users.getUsers' }, { error })
    await isState(desk, state)
    const noted = await rowsOf(desk.db, 'select action from audit_log where action = $1', [
      `telegram.${state}`,
    ])
    assert.equal(noted.length, 1)
    assert.ok(desk.logged.some((line) => line.includes('needs a human')))
    assert.deepEqual(desk.telegram.ready(), [])
  })
}

/** How many connections of the account were open at the same time, by the simulator's journal. */
function mostAtOnce(entries: JournalEntry[]): number {
  const used = new Set(
    entries.filter((one) => one.kind === 'rpc' && one['accountId']).map((one) => one['connection']),
  )
  let [open, most] = [0, 0]
  for (const one of entries.filter(({ kind, connection }) => kind === 'connection' && used.has(connection))) {
    open += one['what'] === 'open' ? 1 : -1
    most = Math.max(most, open)
  }
  return most
}

test('two processes: one is connected, the other takes over when it is killed, never both', async (t) => {
  const office = await openOffice(t)
  const start = () => {
    const child = fork(join(import.meta.dirname, 'desk-process.ts'), {
      env: {
        ...process.env,
        DATABASE_URL: office.databaseUrl,
        SIM_TELEGRAM_CONTROL_PORT: String(office.world.simulator.controlPort),
      },
    })
    t.after(() => child.kill('SIGKILL'))
    let ready = false
    child.on('message', (message) => (ready = (message as { ready: string[] }).ready.length > 0))
    return { child, isReady: () => ready }
  }
  const first = start()
  await until('the first is online', first.isReady)
  const second = start()
  await until('the second waits for the lock', async () => {
    const desk = await office.openDesk({ start: false })
    const rows = await rowsOf(desk.db, `select from pg_locks where locktype = 'advisory' and not granted`)
    await office.closeDesk(desk)
    return rows.length === 1
  })
  assert.equal(second.isReady(), false)
  first.child.kill('SIGKILL')
  await until('the second is online', second.isReady)
  const { entries } = await office.world.control<{ entries: JournalEntry[] }>('journal')
  assert.equal(mostAtOnce(entries), 1)
})

test('a process that loses its lock lets go of Telegram before another begins', async (t) => {
  const office = await openOffice(t)
  const [first, second] = [await office.openDesk(), await office.openDesk()]
  assert.deepEqual([first.telegram.ready(), second.telegram.ready()], [['main'], []])
  await second.db.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and pid <> pg_backend_pid()`,
  )
  await until(
    'the second is online',
    () => second.telegram.ready().length === 1 || first.telegram.ready().length === 0,
  )
  await until(
    'one of them is online',
    () => first.telegram.ready().length + second.telegram.ready().length === 1,
  )
  const { entries } = await office.world.control<{ entries: JournalEntry[] }>('journal')
  assert.equal(mostAtOnce(entries), 1)
})

test('a new APP_KEY: the old one opens, rotate-key seals anew, then the old one is not needed', async (t) => {
  const office = await openOffice(t)
  const [oldKey, newKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')]
  const withKeys = async (APP_KEY: string, APP_KEY_OLD?: string) =>
    office.openDesk({ variables: { APP_KEY, ...(APP_KEY_OLD ? { APP_KEY_OLD } : {}) } })
  const keyIds = async (desk: Desk) =>
    new Set(
      (await rowsOf(desk.db, `select key_id from telegram_sessions where kind = 'auth_key'`)).map(
        (row) => row['key_id'],
      ),
    )
  const logins = async () =>
    (await office.world.journal('login')).filter((entry) => entry['step'] === 'logged in').length

  const before = await withKeys(oldKey)
  const [oldId] = await keyIds(before)
  await office.closeDesk(before)

  const both = await withKeys(newKey, oldKey)
  await isState(both, 'online')
  assert.ok((await login(both).rotateKey()) >= 0)
  const ids = await keyIds(both)
  assert.equal(ids.size, 1)
  assert.equal(ids.has(oldId), false)
  await office.closeDesk(both)

  const after = await withKeys(newKey)
  await isState(after, 'online')
  await office.closeDesk(after)
  assert.equal(await logins(), 1)

  const wrong = await withKeys(randomBytes(32).toString('base64'))
  const status = await wrong.telegram.status()
  assert.equal(status.state, 'error')
  assert.match(status.detail!, /APP_KEY/)
})
