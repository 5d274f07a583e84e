import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccountCheck } from '../../api/src/telegram/account-check.ts'
import { createBot } from '../../api/src/telegram/bot/bot.ts'
import { setHalted } from '../../api/src/telegram/halt.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { startBotWorld } from './bot-world.ts'
import { type Desk, openOffice, quick, readInbox, until } from './open-office.ts'

const world = await startBotWorld('secretary')
await world.app.telegram.start()

const only = (checks: AccountCheck[]): AccountCheck => {
  assert.equal(checks.length, 1)
  return checks[0]!
}
const problemsOf = ({ problems }: AccountCheck) => problems.map(({ what, fix }) => `${what} -> ${fix}`)
const mayOf = ({ may }: AccountCheck) => may.map(({ what, ok }) => `${ok ? 'yes' : 'no'}: ${what}`)

describe('a userbot', () => {
  test('who it is, since when, who else is logged in, and what it may do, tried without a trace', async (t) => {
    const office = await openOffice(t)
    const id = office.world.server.accounts[0]!.id
    await office.world.control('accounts', { id, premium: true })
    await office.world.loggedIn()
    const desk = await office.openDesk(quick)
    const check = only(await desk.telegram.check())
    assert.deepEqual([check.account, check.state, check.premium, check.proxy], ['main', 'online', true, null])
    assert.equal(check.phone, '+79990000001')
    assert.equal(check.username, 'northlight_sales')
    assert.ok(check.knownSince instanceof Date)
    assert.deepEqual(
      check.sessions!.map(({ isOurs }) => isOurs),
      [true, false],
    )
    assert.match(check.sessions![0]!.device, /^Lead Processing, 1\.0$/)
    assert.deepEqual(check.limits, [])
    assert.deepEqual(check.problems, [])
    assert.deepEqual(mayOf(check), [
      'yes: send (tried in Saved Messages)',
      'yes: delete (tried in Saved Messages)',
      'yes: write to people who never wrote to it',
      'yes: look people up by phone and username',
      'yes: read histories',
    ])
    assert.equal((await office.world.journal('note')).length, 1)
    assert.equal((await office.world.journal('delete')).length, 1)
    await readInbox(desk)
    const heard = await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)
    assert.equal(heard.length, 0)
  })

  test('a message that comes while the check runs is not passed over', async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk(quick)
    const { id } = await office.world.addPerson({ firstName: 'Boris' })
    const words = Array.from({ length: 20 }, (_, index) => `word ${index}`)
    const checks = Promise.all([1, 2, 3].map(() => desk.telegram.check()))
    for (const text of words) await office.world.control(`people/${id}/say`, { text })
    await checks
    await until('every word is heard', async () => {
      const rows = await rowsOf(desk.db, `select from inbox_events where source = 'telegram'`)
      return rows.length === words.length
    })
    assert.deepEqual(await office.world.journal('unexpected'), [])
  })

  test('limits in force: said with their end, and not tried against', async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk(quick)
    await desk.db.query(
      `insert into telegram_limits (account_id, kind, peer_id, until, reason) values
         ('main', 'stranger', 0, now() + interval '3 hours', 'PEER_FLOOD'),
         ('main', 'send', 0, now() + interval '1 hour', 'FLOOD_WAIT_3600'),
         ('main', 'files', 7000000001, now() + interval '1 hour', 'FLOOD_WAIT_3600'),
         ('main', 'history', 0, now() - interval '1 hour', 'FLOOD_WAIT_30')`,
    )
    const check = only(await desk.telegram.check())
    assert.deepEqual(
      check.limits.map(({ kind, peerId }) => [kind, peerId]),
      [
        ['send', null],
        ['stranger', null],
        ['files', 7_000_000_001],
      ],
    )
    assert.deepEqual(mayOf(check), [
      'no: send (tried in Saved Messages)',
      'no: write to people who never wrote to it',
      'yes: look people up by phone and username',
      'yes: read histories',
    ])
    assert.equal(problemsOf(check).length, 2)
    for (const problem of problemsOf(check))
      assert.match(problem, /limits the account .* until 20.* -> wait.*@SpamBot/)
    assert.deepEqual(await office.world.journal('note'), [])
  })

  test('a limit that the check itself meets is kept, and is the problem', async (t) => {
    const office = await openOffice(t)
    const desk = await office.openDesk(quick)
    await office.world.fault({ method: 'messages.sendMessage' }, { error: 'FLOOD_WAIT_300' })
    const check = only(await desk.telegram.check())
    assert.match(problemsOf(check).join(), /could not send .* FLOOD_WAIT_300 -> open the account/)
    const again = only(await desk.telegram.check())
    assert.match(problemsOf(again).join(), /limits the account \(send\)/)
  })

  for (const [what, spoil, said] of [
    [
      'frozen',
      (_desk: Desk, control: (body: object) => Promise<unknown>) => control({ frozen: true }),
      /could not send .*FROZEN_METHOD_INVALID/,
    ],
    [
      'halted by hand',
      (desk: Desk) => setHalted(desk.db, true, { by: 'human', reason: null }),
      /stopped by hand -> .*resume/,
    ],
    ['stopped', (desk: Desk) => desk.telegram.stop(), /^disabled: stopped -> .*"start"/],
    [
      'logged out',
      (desk: Desk) => desk.telegram.login!.logout(),
      /^logged_out.* -> npm run telegram -- login$/,
    ],
  ] as const)
    test(`an account that is ${what}: the problem comes with its mend`, async (t) => {
      const office = await openOffice(t)
      const desk = await office.openDesk(quick)
      const { id } = office.world.server.accounts[0]!
      await spoil(desk, (body) => office.world.control('accounts', { id, ...body }))
      const check = only(await desk.telegram.check())
      assert.match(problemsOf(check).join('\n'), said)
    })
})

describe('a bot and a secretary', () => {
  const botFault = (method: string, error: string) =>
    world.control('faults', { match: { kind: 'botMethod', method }, fault: { error }, times: 1 })
  const connect = (body: object) => world.control('business-connections', body)
  const check = async () => {
    const [bot, ...secretaries] = await world.app.telegram.check()
    return { bot: bot!, secretaries }
  }

  test('nobody has made it their secretary', async () => {
    const { bot, secretaries } = await check()
    assert.deepEqual(secretaries, [])
    assert.deepEqual(problemsOf(bot).length, 1)
    assert.match(problemsOf(bot)[0]!, /no account has made this bot its secretary -> .*@northlight_demo_bot/)
    assert.deepEqual([bot.bot!.webhook, bot.bot!.groupPrivacy, bot.bot!.businessMode], [null, true, true])
  })

  test('all is well; a right is missing; the connection is ended', async () => {
    await connect({})
    await world.hear(1)
    const well = await check()
    assert.deepEqual([...problemsOf(well.bot), ...well.secretaries.flatMap(problemsOf)], [])
    assert.deepEqual(mayOf(well.secretaries[0]!), [
      'yes: answer for 24 hours after a person wrote',
      'yes: mark messages as read',
    ])
    await connect({ rights: { can_reply: false } })
    const less = await check()
    assert.match(less.secretaries.flatMap(problemsOf).join(), /may not answer .* -> .*allow it to reply/)
    await connect({ enabled: false })
    const ended = await check()
    assert.match(
      ended.secretaries.flatMap(problemsOf).join(),
      /has ended the connection -> .*name the bot again/,
    )
    assert.match(problemsOf(ended.bot).join(), /no account has made this bot/)
    await connect({})
  })

  test("somebody else's webhook, one that cannot be reached, and a token that ended", async () => {
    const token = 'mock_bot'
    const call = (method: string, body: object) =>
      fetch(`${world.simulator.url}/bot${token}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await world.app.telegram.close()
    await call('setWebhook', { url: 'https://other.example/secret-path' })
    const { bot } = await check()
    assert.match(problemsOf(bot).join(), /another webhook is set, at other\.example -> restart the API/)
    assert.equal(JSON.stringify(bot).includes('secret-path'), false)
    await call('deleteWebhook', {})

    await botFault('getMe', '401 Unauthorized')
    const ended = await check()
    assert.match(problemsOf(ended.bot).join(), /does not know the bot's token/)
  })

  test('a mode that is not switched on at @BotFather is not asked of a bot in its own chats', async () => {
    const config = testConfig({
      TELEGRAM_MODE: 'bot',
      TELEGRAM_BOT_TOKEN: 'mock_bot',
      SIM_TELEGRAM_CONTROL_PORT: String(world.simulator.controlPort),
    })
    const bot = createBot({ ...world.app, config })
    await bot.start()
    const own = only(await bot.check())
    assert.deepEqual(problemsOf(own), [])
    assert.deepEqual(mayOf(own), ['yes: write to whoever pressed Start'])
    await bot.close()
  })
})
