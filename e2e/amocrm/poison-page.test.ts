import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { ask } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

const shapes: [name: string, values: Record<string, unknown>[]][] = [
  ['a list of a catalog', [{ catalog_id: 7, catalog_element_id: 12 }]],
  ['a file', [{ file_uuid: 'a-b', version_uuid: 'c-d', file_name: 'x.pdf', is_deleted: false }]],
  ['a kind that nobody knows', [{ orbit: { deep: [1, null] } }, { value: null }]],
  ['values with numbers for codes', [{ value: 5, enum_code: 17, enum_id: 'x' }]],
]

describe('one card never poisons a page', async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo
  await meetAccount(app)
  let count = 0
  const plant = async () => {
    count += 1
    return amo.newLead({ phone: `+7999200${1000 + count}` })
  }
  const hook = (body: string) =>
    fetch(amo.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `account[id]=31000001&${body}`,
    })
  const events = () =>
    rowsOf<{ state: string }>(app.db, `select state from inbox_events where state <> 'processed'`)

  for (const [name, values] of shapes) {
    test(`${name}: the poll takes the card and its neighbours`, async () => {
      const [odd, fine] = [await plant(), await plant()]
      await amo.control('/fields/raw', { cardId: odd, fieldId: 805, values })
      await findMissedLeads(app)
      assert.ok(await amo.lead(odd))
      assert.ok(await amo.lead(fine))
    })

    test(`${name}: a hook that names two leads takes both`, async () => {
      const [odd, fine] = [await plant(), await plant()]
      await amo.control('/fields/raw', { cardId: odd, fieldId: 805, values })
      await hook(`leads[add][0][id]=${odd}&leads[add][1][id]=${fine}`)
      await amo.quiet()
      assert.deepEqual([!!(await amo.lead(odd)), !!(await amo.lead(fine))], [true, true])
    })
  }

  test('a deleted model with three keys is a deleted card, for the poll and for a hook', async () => {
    const [polled, told, fine] = [await plant(), await plant(), await plant()]
    await findMissedLeads(app)
    await amo.control('/account', { lists: 'deleted models' })
    await amo.control(`/leads/${polled}/delete`)
    await findMissedLeads(app)
    assert.ok((await amo.lead(polled))!.card_gone_at)
    await amo.control(`/leads/${told}/delete`)
    await hook(`leads[update][0][id]=${told}&leads[update][1][id]=${fine}`)
    await amo.quiet()
    assert.ok((await amo.lead(told))!.card_gone_at)
    assert.equal((await amo.lead(fine))!.card_gone_at, null)
    await amo.control('/account', { lists: 'live' })
  })

  test('a card that cannot be read at all is a dead letter of its own, and the poll goes on', async () => {
    const [broken, fine] = [await plant(), await plant()]
    const path = `/api/v4/leads/${broken}`
    const card = { id: broken, status_id: 'x' }
    const list = { status: 200, body: { _embedded: { leads: [card] } } }
    await amo.control('/faults', [
      { match: { method: 'GET', path }, fault: { status: 200, body: card }, times: 1000 },
      { match: { method: 'GET', path: '/api/v4/leads' }, fault: list, times: 1 },
    ])
    await hook(`leads[add][0][id]=${broken}&leads[add][1][id]=${fine}`)
    await amo.leadIs('the neighbour is known', fine, () => true)
    await findMissedLeads(app)
    assert.ok((await events()).every(({ state }) => state === 'received'))
    assert.ok((await events()).length > 0)
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
  })

  test('/ready says that the poll fails, and that it works again', async () => {
    const ready = async () =>
      ((await ask(`${amo.api}/ready`)).body as { amocrm: { ok: boolean; detail?: string } }).amocrm
    const list = { method: 'GET', path: '/api/v4/leads' }
    await amo.control('/faults', { match: list, fault: { status: 500 }, times: 1 })
    await assert.rejects(findMissedLeads(app))
    const failing = await ready()
    assert.equal(failing.ok, false)
    assert.match(failing.detail!, /500/)
    await findMissedLeads(app)
    assert.equal((await ready()).ok, true)
  })
})
