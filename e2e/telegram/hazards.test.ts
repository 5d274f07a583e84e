import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addLead } from '../../api/src/testing/seed.ts'
import { deliverOnce, openOffice, outboxOf, quick, say, stateOf, until } from './open-office.ts'

const send = { method: 'messages.sendMessage' }

test('a send that is never answered ends by itself; what was sent after all is not sent again', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ ...quick, callMs: 2000 })
  await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await say(desk, 1, 'Only once')
  // Nothing is done and no answer comes; then it is done, and its answer never comes.
  await office.world.fault(send, { drop: true })
  await office.world.fault(send, { silent: true })
  await deliverOnce(desk)
  const [first] = await outboxOf(desk)
  assert.equal(first!.state, 'pending')
  assert.ok(first!.last_error)
  await until(
    'it is known as sent',
    async () => {
      await desk.db.query(`update outbox set run_at = now() where state = 'pending'`)
      await deliverOnce(desk)
      return (await outboxOf(desk))[0]!.state === 'done'
    },
    60_000,
  )
  const sent = (await office.world.journal('message')).filter(({ text }) => text === 'Only once')
  assert.equal(sent.length, 1)
})

test('RANDOM_ID_DUPLICATE is an answer: asked once, and taken for sent', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await say(desk, 1, 'Hello')
  await office.world.fault(send, { error: 'RANDOM_ID_DUPLICATE' }, 10)
  await deliverOnce(desk)
  assert.equal((await outboxOf(desk))[0]!.state, 'done')
  const asked = (await office.world.journal('rpc')).filter((entry) => entry['method'] === send.method)
  assert.equal(asked.length, 1)
})

test("the library takes no part in the process's end", async (t) => {
  const signals = ['SIGTERM', 'SIGINT', 'beforeExit', 'exit']
  const count = () => signals.map((name) => process.listenerCount(name))
  const before = count()
  const office = await openOffice(t)
  await office.openDesk()
  assert.deepEqual(count(), before)
})

test('a login that Telegram ended is not logged out by us: nothing more is asked', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk({ probeMs: 50 })
  await office.world.fault({ method: 'users.getUsers' }, { error: 'SESSION_REVOKED' })
  await until('it is noticed', async () => (await stateOf(desk)) === 'logged_out')
  const methods = (await office.world.journal('rpc')).map((entry) => entry['method'])
  assert.ok(!methods.includes('auth.logOut'))
})

test('trouble on the line is logged, and passes', async (t) => {
  const office = await openOffice(t)
  const desk = await office.openDesk(quick)
  await office.world.addPerson({ username: 'anna_k' })
  await addLead(desk.db, 1, { telegram_username: 'anna_k' })
  await office.world.control('disconnect', {})
  await say(desk, 1, 'Hello')
  await until('it is sent', async () => {
    await desk.db.query(`update outbox set run_at = now() where state = 'pending'`)
    await deliverOnce(desk)
    return (await outboxOf(desk))[0]!.state === 'done'
  })
})

const refusals: [step: 'phone' | 'code', error: string, says: RegExp, state: string][] = [
  ['phone', 'PHONE_NUMBER_FLOOD', /login_qr/, 'logged_out'],
  ['phone', 'API_ID_PUBLISHED_FLOOD', /my\.telegram\.org/, 'logged_out'],
  ['phone', 'UPDATE_APP_TO_LOGIN', /newer client/, 'logged_out'],
  ['phone', 'PHONE_NUMBER_BANNED', /another account/, 'banned'],
  ['code', 'PHONE_CODE_EXPIRED', /a new code/, 'code_sent'],
  ['code', 'PHONE_PASSWORD_FLOOD', /wait a day/, 'code_sent'],
]
for (const [step, error, says, state] of refusals) {
  test(`${error} at the login: the caller reads what to do, the account is ${state}`, async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk()
    const login = desk.telegram.login!
    await login.logout()
    if (step === 'code') await login.phone('+79990000001')
    await office.world.fault({ method: step === 'phone' ? 'auth.sendCode' : 'auth.signIn' }, { error })
    const asked = step === 'phone' ? login.phone('+79990000001') : login.code('12345')
    await assert.rejects(
      asked,
      (problem: Error) => says.test(problem.message) && problem.message.includes(error),
    )
    assert.equal(await stateOf(desk), state)
  })
}

test('SRP_ID_INVALID: the challenge had grown old, a new one is taken', async (t) => {
  const account = { firstName: 'Sales', phone: '+79990000001', loginCode: '54321', password: 'correct horse' }
  const office = await openOffice(t, { account })
  const desk = await office.openDesk()
  const login = desk.telegram.login!
  await login.logout()
  await login.phone(account.phone)
  await login.code('54321')
  await office.world.fault({ method: 'auth.checkPassword' }, { error: 'SRP_ID_INVALID' })
  await login.password('correct horse')
  assert.equal(await stateOf(desk), 'online')
})
