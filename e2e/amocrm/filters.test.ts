import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAmocrm } from '../../api/src/amocrm/client.ts'
import { createMemoryGate } from '../../api/src/amocrm/memory-gate.ts'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { enqueue } from '../../api/src/outbox/enqueue.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { ask } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe("the server's filters are not trusted", async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  await meetAccount(app)
  // 1,500 old leads: six pages.
  for (let batch = 0; batch < 6; batch++)
    await amo.rest(
      'POST',
      '/leads',
      Array.from({ length: 250 }, (_, n) => ({
        name: `Old ${batch} ${n}`,
        created_at: 1_700_000_000,
        updated_at: 1_700_000_000,
      })),
    )
  const requests = async () => (await amo.journal('request')).length
  const fresh = () => {
    app.amocrm = createAmocrm({ baseUrl: amo.url, token: 'any', gate: createMemoryGate(1000) })
  }
  const ready = async () =>
    ((await ask(`${amo.api}/ready`)).body as { amocrm: { ok: boolean; detail?: string } }).amocrm

  for (const filters of ['ignored', 'refused 400', 'refused 402', 'refused 403'] as const) {
    test(`filters ${filters}: new leads are found, with few requests, and /ready says so`, async () => {
      fresh()
      await amo.control('/account', { filters })
      const id = await amo.newLead({ phone: '+79994000001', name: filters })
      const before = await requests()
      await findMissedLeads(app)
      await findMissedLeads(app)
      assert.ok(await amo.lead(id))
      const asked = (await requests()) - before
      assert.ok(asked <= 24, `${asked} requests in two looks`)
      const said = await ready()
      assert.equal(said.ok, true)
      assert.match(said.detail!, /filters/)
      assert.deepEqual(await rowsOf(app.db, `select id from leads where name like 'Old %'`), [])
    })

    test(`filters ${filters}: many cards are read by their ids, tasks are not made twice`, async () => {
      fresh()
      const ids = [await amo.newLead({ phone: '+79994000002' }), await amo.newLead({ phone: '+79994000003' })]
      const { found } = await app.amocrm.leads(ids)
      assert.deepEqual([...found.keys()].toSorted(), ids.toSorted())
      const before = await requests()
      assert.equal((await app.amocrm.leads(ids)).found.size, 2)
      assert.equal((await requests()) - before, 2, 'known by now: one request each')
      await findMissedLeads(app)
      const [leadId] = ids as [number, number]
      for (const key of ['one', 'two']) {
        const payload = { kind: 'task', text: 'Позвонить' } as const
        await enqueue(app.db, { leadId, turnId: null, channel: 'amocrm', key: `${filters}:${key}`, payload })
      }
      app.wake.up('amocrm')
      await amo.quiet()
      const { tasks } = (await ask(`${amo.url}/_sim/leads/${leadId}`)).body as { tasks: object[] }
      assert.equal(tasks.length, 1)
    })
  }

  test('neither filter nor order: the pages are bounded, and people are told', async () => {
    fresh()
    await amo.control('/account', { filters: 'ignored', order: 'ignored' })
    const before = await requests()
    await findMissedLeads(app)
    assert.ok((await requests()) - before <= 14)
    assert.equal((await ready()).ok, true)
    await amo.control('/account', { filters: 'work', order: 'work' })
    fresh()
    await findMissedLeads(app)
    assert.equal((await ready()).detail, undefined)
  })

  test('optional calls are optional: no loss reasons, no events, no contacts, and the leads go on', async () => {
    fresh()
    for (const path of ['/api/v4/leads/loss_reasons', '/api/v4/events', '/api/v4/contacts'])
      await amo.control('/faults', { match: { method: 'GET', path }, fault: { status: 403 }, times: 1000 })
    const id = await amo.newLead({ phone: '+79994000009' })
    await findMissedLeads(app)
    assert.ok(await amo.lead(id))
    assert.equal((await app.amocrm.gate.state()).open, true)
    const said = await ready()
    assert.equal(said.ok, true)
    assert.match(said.detail!, /events: .*403.*contacts: .*403/)
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
  })

  test('402 for one option does not close the gate; 402 for the account does', async () => {
    fresh()
    await amo.control('/account', { webhooks: 'refused 402' })
    await assert.rejects(app.amocrm.subscribe('https://a.example/hook', ['add_lead']), /402/)
    assert.equal((await app.amocrm.gate.state()).open, true)
    assert.ok(await app.amocrm.account())
    await amo.control('/faults', { match: { path: '/api/v4/*' }, fault: { status: 402 }, times: 2 })
    await assert.rejects(app.amocrm.pipelines())
    const gate = await app.amocrm.gate.state()
    assert.ok(!gate.open && gate.kind === 'unpaid')
    await amo.control('/account', { webhooks: 'allowed' })
  })
})
