import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { fitsAddress, readToken } from '../../api/src/amocrm/token-facts.ts'
import { refuseForeignAccount, watchToken } from '../../api/src/amocrm/watch-token.ts'
import { testConfig } from '../../api/src/testing/test-config.ts'
import { ask } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe("the token's own words", async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  const tokenOf = async (body: Record<string, unknown>) =>
    String((await amo.control('/tokens/long-lived', body))['token'])
  async function use(token: string): Promise<void> {
    app.config = { ...app.config, amocrm: { ...app.config.amocrm, token, oauth: null } }
    app.amocrm = createAmocrm({ baseUrl: amo.url, token, gate: createMemoryGate(1000) })
  }
  const tasks = async () =>
    ((await amo.rest('GET', '/tasks?limit=250')) as { _embedded?: { tasks: { text: string }[] } })._embedded
      ?.tasks ?? []
  const ready = async () =>
    ((await ask(`${amo.api}/ready`)).body as { amocrm: { ok: boolean; detail?: string } }).amocrm

  test('a token of another service is refused at the start, with both names', async () => {
    const token = await tokenOf({ days: 100, domain: 'kommo.com', accountId: 77 })
    const variables = { AMOCRM_API_KEY: token, AMOCRM_BASE_URL: 'https://mycompany.amocrm.ru' }
    assert.throws(() => testConfig(variables), /kommo\.com \(account 77\).*mycompany\.amocrm\.ru/)
    const facts = readToken(token)!
    for (const [address, fits] of [
      ['https://a.kommo.com', true],
      ['https://a.amocrm.com', true],
      ['https://kommo.com', true],
      ['https://a.amocrm.ru', false],
      ['https://kommo.com.evil.example', false],
      ['https://notkommo.com', false],
    ] as const)
      assert.equal(fitsAddress(facts, address), fits, address)
  })

  test('what is no such token says nothing, whatever it is', () => {
    for (const token of [
      '',
      'abc',
      'a.b',
      'a.b.c',
      'mock_key',
      `a.${Buffer.from('7').toString('base64url')}.c`,
    ])
      assert.equal(readToken(token)?.endsAt ?? null, null, token)
  })

  test('30, 7 and 1 day before the end people are told, each time once', async () => {
    await use(await tokenOf({ days: 45 }))
    await watchToken(app)
    assert.equal((await tasks()).length, 0)
    const day = 86_400_000
    for (const [daysOn, told] of [
      [16, 1],
      [17, 1],
      [39, 2],
      [40, 2],
      [44.5, 3],
      [44.6, 3],
    ] as const) {
      app.now = () => new Date(Date.now() + daysOn * day)
      await watchToken(app)
      assert.equal((await tasks()).length, told, `after ${daysOn} days`)
    }
    assert.match((await tasks())[0]!.text, /токен amoCRM действует до \d{4}-\d\d-\d\d/)
    assert.match((await ready()).detail!, /token ends on/)
    app.now = () => new Date()
    assert.equal((await ready()).detail, undefined)
  })

  test('a token that has ended says when', async () => {
    await use(await tokenOf({ days: -2 }))
    await assert.rejects(app.amocrm.account(), /ended on \d{4}-\d\d-\d\d; make a new one/)
  })

  test('the token of another account than the leads: nothing is sent, and both are named', async () => {
    await use(await tokenOf({ days: 100 }))
    assert.equal(await meetAccount(app), true)
    assert.equal(await refuseForeignAccount(app, null), false)
    await use(await tokenOf({ days: 100, accountId: 555 }))
    const before = (await amo.journal('request')).length
    assert.equal(await refuseForeignAccount(app, null), true)
    await assert.rejects(app.amocrm.account(), /account 555.*account 31000001 \(demo\)/)
    assert.equal((await amo.journal('request')).length, before)
    const said = await ready()
    assert.deepEqual([said.ok, /555.*31000001/.test(said.detail!)], [false, true])
    app.amocrm.refuse(null)
    assert.equal(await meetAccount(app), true)
    await assert.rejects(app.amocrm.account(), /token says it is of the account 555.*31000001 \(demo\)/)
  })
})
