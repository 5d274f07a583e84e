import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { createKeyring } from '../../api/src/secrets/keyring.ts'
import { createOauthAccess } from '../../api/src/amocrm/oauth/oauth-access.ts'
import type { OauthSettings } from '../../api/src/amocrm/oauth/request-tokens.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { startAmocrmAccount } from './account.ts'
import { runAmocrmUsers } from './run-users.ts'

describe('OAuth with amoCRM', async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  const client = { clientId: 'our-client', redirectUri: 'https://us.example/oauth' }
  let clock = 0
  beforeEach(async () => {
    clock = 0
    await app.wipe()
    await amo.control('/clock', { aheadSeconds: 0 })
  })

  async function codeSettings(): Promise<OauthSettings> {
    const { code } = (await amo.control('/tokens/code', client)) as { code: string }
    return { ...client, clientSecret: 'our-client-secret', seed: { kind: 'authorization_code', value: code } }
  }
  const ports = (settings: OauthSettings) => ({
    db: app.db,
    keyring: createKeyring(app.config.appKey, null),
    baseUrl: amo.url,
    settings,
    now: () => new Date(Date.now() + clock),
  })
  const makeClient = (settings: OauthSettings) =>
    createAmocrm({
      baseUrl: amo.url,
      access: createOauthAccess(ports(settings)),
      gate: createDatabaseGate(app.db, 500),
    })
  const exchanges = async (since: number) =>
    (await amo.journal('token')).filter((entry) => entry.n > since).map(({ grant, ok }) => `${grant} ${ok}`)
  const now = async () => (await amo.journal('token')).at(-1)?.n ?? 0
  const passDay = async () => {
    clock += 25 * 3600 * 1000
    await amo.control('/clock', { aheadSeconds: clock / 1000 })
  }

  test('the code is exchanged once; a day later the pair is renewed, and the next day again', async () => {
    const since = await now()
    const settings = await codeSettings()
    const amocrm = makeClient(settings)
    for (let day = 0; day < 3; day++) {
      assert.ok((await amocrm.account())?.id)
      assert.ok((await amocrm.account())?.id)
      await passDay()
    }
    assert.deepEqual(await exchanges(since), [
      'authorization_code true',
      'refresh_token true',
      'refresh_token true',
    ])
  })

  test('a restart with the same settings uses the stored pair, not the code', async () => {
    const settings = await codeSettings()
    await makeClient(settings).account()
    const since = await now()
    assert.ok((await makeClient(settings).account())?.id)
    assert.deepEqual(await exchanges(since), [])
  })

  test('eight users in two processes renew an ended token once', async () => {
    const settings = await codeSettings()
    await makeClient(settings).account()
    await amo.control('/tokens/expire')
    const since = await now()
    const answered = await runAmocrmUsers(2, {
      databaseUrl: String(app.db.options.connectionString),
      baseUrl: amo.url,
      perSecond: 500,
      users: 4,
      oauth: { settings, appKey: app.config.appKey.toString('base64') },
    })
    assert.deepEqual(answered, [4, 4])
    assert.deepEqual(await exchanges(since), ['refresh_token true'])
  })

  test('tokens that amoCRM ends in the middle are renewed once for all that wait', async () => {
    const amocrm = makeClient(await codeSettings())
    await amocrm.account()
    await amo.control('/tokens/expire')
    const since = await now()
    const answers = await Promise.all(Array.from({ length: 8 }, () => amocrm.account()))
    assert.ok(answers.every((answer) => answer?.id))
    assert.deepEqual(await exchanges(since), ['refresh_token true'])
  })

  test('revoked: asked once, cleared, then silence; a new code in the settings begins anew', async () => {
    const amocrm = makeClient(await codeSettings())
    await amocrm.account()
    await amo.control('/tokens/revoke')
    const since = await now()
    await assert.rejects(amocrm.account(), /authorize anew/)
    for (let count = 0; count < 5; count++) await assert.rejects(amocrm.account(), /not asked for now/)
    assert.deepEqual(await exchanges(since), ['refresh_token false'])
    assert.deepEqual(await rowsOf(app.db, 'select sealed from amocrm_tokens'), [{ sealed: null }])
    const state = await amocrm.gate.state()
    assert.ok(!state.open && state.kind === 'unauthorized')
    await amocrm.gate.release()
    assert.ok((await makeClient(await codeSettings()).account())?.id)
  })

  test('a token endpoint that is ill loses nothing: the same refresh token works later', async () => {
    const amocrm = makeClient(await codeSettings())
    await amocrm.account()
    await passDay()
    await amo.control('/faults', {
      match: { path: '/oauth2/access_token' },
      fault: { status: 503 },
      times: 1,
    })
    await assert.rejects(amocrm.account(), /503/)
    assert.ok((await amocrm.account())?.id)
  })

  test('tokens are nowhere in clear text, and not in errors', async () => {
    const settings = await codeSettings()
    const amocrm = makeClient(settings)
    await amocrm.account()
    const rows = JSON.stringify(
      await rowsOf(app.db, `select encode(sealed, 'escape') as text from amocrm_tokens`),
    )
    assert.doesNotMatch(rows, /access|refresh|our-client/)
    const wrong = makeClient({ ...settings, seed: { kind: 'authorization_code', value: 'wrong-code-value' } })
    await assert.rejects(
      wrong.account(),
      (error: Error) => !/wrong-code-value|our-client-secret/.test(error.message),
    )
  })
})
