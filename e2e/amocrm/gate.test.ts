import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { AmocrmError } from '../../api/src/amocrm/amocrm-error.ts'
import { createAmocrm, requestsPerSecond } from '../../api/src/amocrm/client.ts'
import { createDatabaseGate } from '../../api/src/amocrm/database-gate.ts'
import { enqueue } from '../../api/src/outbox/enqueue.ts'
import { addLead, rowsOf } from '../../api/src/testing/seed.ts'
import { startAmocrmAccount } from './account.ts'
import { runAmocrmUsers } from './run-users.ts'
import { until } from '../system.ts'

describe("amoCRM's limits, kept by all processes together", async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  beforeEach(() => app.amocrm.gate.release())
  const requests = async (since = 0) =>
    (await amo.journal('request')).filter(
      (entry) => entry.n > since && String(entry['path']).startsWith('/api/'),
    )
  const now = async () => (await amo.journal('request')).at(-1)?.n ?? 0
  /** Instead of waiting for minutes. */
  const endHold = () => app.db.query(`update amocrm_gate set held_until = now() - interval '1 s'`)

  test('three processes that all want at once take turns: no request goes before its place in one common line', async () => {
    const since = await now()
    const began = Date.now()
    const answered = await runAmocrmUsers(3, {
      databaseUrl: String(app.db.options.connectionString),
      baseUrl: amo.url,
      perSecond: requestsPerSecond,
      users: 8,
    })
    assert.deepEqual(answered, [8, 8, 8])
    // A loaded machine makes requests late, never early: so late ones may come together, and this still has to hold.
    const arrivals = (await requests(since)).map(({ at }) => Date.parse(String(at)) - began)
    assert.equal(arrivals.length, 24)
    const early = arrivals.filter((ms, place) => ms + 1 < (place * 1000) / requestsPerSecond)
    assert.deepEqual(early, [])
  })

  test('a 429 in one process stops the others, too, and afterwards the work goes on', async () => {
    await amo.control('/limits', { perSecond: 1, retryAfter: 120 })
    const other = createAmocrm({ baseUrl: amo.url, token: 'any', gate: createDatabaseGate(app.db, 500) })
    await Promise.allSettled([app.amocrm.account(), app.amocrm.account()])
    const since = await now()
    await assert.rejects(other.account(), (error) => error instanceof AmocrmError && error.unsent)
    assert.deepEqual(await requests(since), [])
    await amo.control('/limits', { perSecond: null })
    await endHold()
    assert.ok((await other.account())?.id)
    assert.ok((await app.amocrm.account())?.id)
  })

  test('blocked by somebody else: we stop asking, nothing is lost, and go on when it is lifted', async () => {
    await addLead(app.db, 1)
    const id = await amo.newLead({ phone: '+79400000001' })
    await addLead(app.db, id, { pipeline_id: 3000, status_id: 3002 })
    await amo.control('/limits', { perSecond: 1, blockAfter: 3, format: 'html' })
    for (let count = 0; count < 10; count++) await amo.rest('GET', '/account')
    const since = await now()
    for (let number = 0; number < 20; number++) {
      const payload = { kind: 'note' as const, text: `Заметка ${number}` }
      await enqueue(app.db, { leadId: id, turnId: null, channel: 'amocrm', key: `b${number}`, payload })
    }
    app.wake.up('amocrm')
    await until('the gate is closed', async () => {
      const state = await app.amocrm.gate.state()
      return (!state.open && state.kind === 'forbidden') || null
    })
    for (let count = 0; count < 20; count++) await assert.rejects(app.amocrm.account())
    assert.ok((await requests(since)).length <= 2, 'one that met the block, one try')
    const before = await rowsOf<{ attempts: number; state: string }>(
      app.db,
      `select attempts, state from outbox where state <> 'done'`,
    )
    assert.ok(before.every(({ attempts, state }) => attempts <= 1 && state !== 'dead'))

    await amo.control('/limits', { perSecond: null, blockAfter: null })
    await endHold()
    await app.db.query(`update outbox set run_at = now() where state = 'pending'`)
    await amo.quiet()
    const notes = (await amo.journal('note')).filter((entry) => entry['leadId'] === id)
    assert.equal(notes.length, 20)
  })
})
