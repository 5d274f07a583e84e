import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import type { Messenger } from '../../api/src/telegram/messenger.ts'
import {
  type Desk,
  type Office,
  openOffice,
  quick,
  readInbox,
  stateOf,
  until,
} from '../telegram/open-office.ts'
import { leaks, login, loginInUrl } from './login.ts'
import { startHttpProxy, startMtProxy, startSocks5, type TestProxy } from './proxies.ts'

/** What a person writes arrives, and what we answer reaches them. */
async function talk(office: Office, desk: Desk): Promise<void> {
  const { id } = await office.world.addPerson({ firstName: 'Boris', username: 'boris' })
  await office.world.control(`people/${id}/say`, { text: 'hello through the proxy' })
  await until('the message is heard', async () => {
    await readInbox(desk)
    const { rows } = await desk.db.query(`select from inbox_events where source = 'telegram'`)
    return rows.length > 0
  })
  await desk.telegram.sendText({ accountId: 'main', peerId: id }, 'and back', 'test:1')
  const chat = await office.world.control<{ messages: { text: string }[] }>(`people/${id}/chat`)
  assert.deepEqual(
    chat.messages.map(({ text }) => text),
    ['hello through the proxy', 'and back'],
  )
}

const detailOf = async (telegram: Messenger) => (await telegram.status()).detail ?? ''

describe('a userbot', () => {
  for (const [kind, start] of [
    ['socks5', startSocks5],
    ['http', startHttpProxy],
  ] as const)
    test(`logs in, hears and sends through a proxy: ${kind}, with user and password`, async (t) => {
      const office = await openOffice(t)
      const proxy = await start(t, { login })
      const url = `${kind}://${loginInUrl}@127.0.0.1:${proxy.port}`
      const desk = await office.openDesk({ ...quick, variables: { ...quick.variables, TELEGRAM_PROXY: url } })
      assert.equal(await stateOf(desk), 'online')
      await talk(office, desk)
      assert.ok(proxy.carried.length > 0)
      assert.deepEqual(
        proxy.carried.filter((to) => to !== `127.0.0.1:${office.world.simulator.port}`),
        [],
      )
      assert.equal(proxy.refused, 0)
      await everyConnectionCame(office, proxy)
    })

  test('logs in, hears and sends through an MTProxy, from the link by which it is shared', async (t) => {
    const office = await openOffice(t)
    const secret = randomBytes(16)
    const proxy = await startMtProxy(t, secret, office.world.simulator.port)
    for (const link of [
      `tg://proxy?server=127.0.0.1&port=${proxy.port}&secret=${secret.toString('hex')}`,
      `https://t.me/proxy?server=127.0.0.1&port=${proxy.port}&secret=${secret.toString('base64url')}`,
    ]) {
      const desk = await office.openDesk({
        ...quick,
        variables: { ...quick.variables, TELEGRAM_PROXY: link },
      })
      assert.equal(await stateOf(desk), 'online')
      if (link.startsWith('tg:')) await talk(office, desk)
      await office.closeDesk(desk)
    }
    assert.deepEqual([...new Set(proxy.carried)], ['dc2'])
    await everyConnectionCame(office, proxy)
  })

  test('a proxy that cannot be used: the state names the variable and the mend, never the password', async (t) => {
    const office = await openOffice(t)
    const socks = await startSocks5(t, { login })
    const http = await startHttpProxy(t, { login })
    const gone = await startSocks5(t)
    await gone.close()
    const mt = await startMtProxy(t, randomBytes(16), office.world.simulator.port)
    const cases: [url: string, said: RegExp][] = [
      [`socks5://127.0.0.1:${gone.port}`, /nothing listens there/],
      [`http://127.0.0.1:${gone.port}`, /nothing listens there/],
      [`socks5://anna:p%3Ass%2Fw-wrong@127.0.0.1:${socks.port}`, /refuses user and password/],
      [`http://anna:p%3Ass%2Fw-wrong@127.0.0.1:${http.port}`, /refuses user and password/],
      [`http://127.0.0.1:${socks.port}`, /cannot be used/],
      [
        `tg://proxy?server=127.0.0.1&port=${mt.port}&secret=${randomBytes(16).toString('hex')}`,
        /correct the secret of an MTProxy/,
      ],
    ]
    for (const [url, said] of cases) {
      const desk = await office.openDesk({ variables: { TELEGRAM_PROXY: url }, callMs: 2000 })
      await until(`the state says why: ${said}`, async () => said.test(await detailOf(desk.telegram)))
      assert.match(await detailOf(desk.telegram), /^TELEGRAM_PROXY: /)
      assert.deepEqual(leaks([...desk.logged, await detailOf(desk.telegram)]), [])
      await office.closeDesk(desk)
    }
  })

  test('a proxy that dies is told of, and back it is used again', async (t) => {
    const office = await openOffice(t)
    const proxy = await startSocks5(t)
    const desk = await office.openDesk({
      ...quick,
      variables: { ...quick.variables, TELEGRAM_PROXY: `socks5://127.0.0.1:${proxy.port}` },
    })
    await proxy.close()
    await until('the state says why', async () => /nothing listens/.test(await detailOf(desk.telegram)))
    assert.equal(await stateOf(desk), 'error')
    const again = await startSocks5(t, { port: proxy.port })
    await until('the account is online', async () => (await stateOf(desk)) === 'online', 30_000)
    await talk(office, desk)
    assert.ok(again.carried.length > 0)
  })
})

/** The data centre knows of no connection that the proxy did not carry. */
async function everyConnectionCame(office: Office, proxy: TestProxy): Promise<void> {
  const opened = (await office.world.journal('connection')).filter(({ what }) => what === 'open')
  assert.equal(opened.length, proxy.carried.length)
}
