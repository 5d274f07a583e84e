import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { readProxyAddress, type TunnelProxy } from '../../api/src/outgoing/proxy-address.ts'
import { createBotApi } from '../../api/src/telegram/bot/bot-api.ts'
import { downloadFile } from '../../api/src/telegram/bot/download-file.ts'
import { createBot } from '../../api/src/telegram/bot/bot.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { startBotWorld } from '../telegram/bot-world.ts'
import { leaks, login, loginInUrl } from './login.ts'
import { startHttpProxy, startSocks5 } from './proxies.ts'

const world = await startBotWorld('bot')
const { controlPort } = world.simulator
/** A name that only the proxies know: what is answered has gone through one. */
const host = 'telegram'
const hosts = { [host]: controlPort }

let heard = 0
type Line = { text: string; file?: { id: string } }

function address(url: string): TunnelProxy {
  const read = readProxyAddress(url)
  return typeof read === 'string' || read.kind === 'mtproxy' ? assert.fail() : read
}

function through(t: TestContext, TELEGRAM_PROXY: string) {
  const bot = createBot({
    ...world.app,
    config: testConfig({
      TELEGRAM_MODE: 'bot',
      TELEGRAM_BOT_TOKEN: 'mock_bot',
      SIM_HOST: host,
      SIM_TELEGRAM_CONTROL_PORT: String(controlPort),
      TELEGRAM_PROXY,
    }),
  })
  t.after(() => bot.close())
  return bot
}

for (const [kind, start] of [
  ['socks5', startSocks5],
  ['http', startHttpProxy],
] as const)
  test(`a bot begins, hears, sends and fetches files through a proxy: ${kind}`, async (t) => {
    const proxy = await start(t, { login, hosts })
    const url = `${kind}://${loginInUrl}@127.0.0.1:${proxy.port}`
    const bot = through(t, url)
    world.app.telegram = bot
    await bot.start()
    assert.equal((await bot.status()).state, 'online')
    const [{ id: botId } = assert.fail()] = await world.control<{ id: number }[]>('bots')
    const { id } = await world.addPerson({ firstName: 'Vera' })
    await world.control(`people/${id}/start`, {})
    const said = {
      accountId: botId,
      text: 'look',
      media: 'document',
      file: { mimeType: 'text/plain', content: 'aGk=' },
    }
    await world.control(`people/${id}/say`, said)
    heard += 2
    await world.hear(heard)
    const peer = { accountId: 'bot', peerId: id }
    await bot.sendText(peer, 'Good day', `test:${kind}`)
    const { messages } = await world.control<{ messages: Line[] }>(`people/${id}/chat?accountId=${botId}`)
    assert.ok(messages.some(({ text }) => text === 'Good day'))
    const file = messages.find(({ text }) => text === 'look')?.file ?? assert.fail()
    const place = createBotApi(
      { token: 'mock_bot', root: `http://${host}:${controlPort}`, proxy: address(url) },
      5,
    )
    const content = await downloadFile(place.api, {
      ...place,
      root: `http://${host}:${controlPort}`,
      token: 'mock_bot',
      fileId: `file-${file.id}`,
      maxBytes: 1000,
    })
    assert.equal(String(content), 'hi')
    await bot.close()
    assert.deepEqual([...new Set(proxy.carried)], [`${host}:${controlPort}`])
    assert.equal(proxy.refused, 0)
  })

test('a proxy that cannot be used: the error names the variable and the mend, and nothing is in doubt', async (t) => {
  const http = await startHttpProxy(t, { login, hosts })
  const socks = await startSocks5(t, { login, hosts })
  const gone = await startSocks5(t)
  await gone.close()
  for (const [url, said] of [
    [`socks5://127.0.0.1:${gone.port}`, /nothing listens there/],
    [`http://127.0.0.1:${gone.port}`, /nothing listens there/],
    [`http://anna:p%3Ass%2Fw-wrong@127.0.0.1:${http.port}`, /refuses user and password/],
    [`socks5://anna:p%3Ass%2Fw-wrong@127.0.0.1:${socks.port}`, /refuses user and password/],
  ] as const) {
    const bot = through(t, url)
    await assert.rejects(bot.start(), { code: 'trouble', message: said })
    const { state, detail } = await bot.status()
    assert.equal(state, 'error')
    assert.match(detail ?? '', /^TELEGRAM_PROXY: /)
    const [check] = await bot.check()
    assert.match(check?.problems[0]?.what ?? '', /TELEGRAM_PROXY: /)
    await bot.close()
  }
  assert.deepEqual(leaks(world.app.logged), [])
})

test('a message whose answer got lost behind the proxy is in doubt, not the proxy', async (t) => {
  const proxy = await startSocks5(t, { login, hosts })
  const bot = through(t, `socks5://${loginInUrl}@127.0.0.1:${proxy.port}`)
  await bot.start()
  const { id } = await world.addPerson({ firstName: 'Vera' })
  await world.control(`people/${id}/start`, {})
  await world.control('faults', {
    match: { kind: 'botMethod', method: 'sendMessage' },
    fault: { close: true },
    times: 1,
  })
  await assert.rejects(bot.sendText({ accountId: 'bot', peerId: id }, 'once', 'test:lost'), {
    code: 'unknown',
  })
  await bot.close()
})
