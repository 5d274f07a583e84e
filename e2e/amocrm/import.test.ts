import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { requestsPerSecond } from '../../api/src/amocrm/client.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { enqueue } from '../../api/src/outbox/enqueue.ts'
import { startAmocrmAccount } from './account.ts'
import { until } from '../system.ts'

/** How many leads are imported at once. `IMPORT_LEADS=500 npm test -- e2e/amocrm/import.test.ts` for the large one. */
const leads = Number(process.env['IMPORT_LEADS'] ?? 60)

describe(`${leads} leads imported at once, 5 % of the hooks lost and 5 % doubled`, async () => {
  const amo = await startAmocrmAccount({ perSecond: requestsPerSecond })
  const { app } = amo
  const count = async (sql: string) => (await rowsOf<{ n: number }>(app.db, sql))[0]!.n
  const requests = async () =>
    (await amo.journal('request')).filter((entry) => String(entry['path']).startsWith('/api/'))

  test('each is worked once, no faster than amoCRM allows', { timeout: 600_000 }, async () => {
    const began = Date.now()
    await findMissedLeads(app)
    const some = Math.ceil(leads * 0.05)
    const ids: number[] = []
    for (let number = 0; number < leads; number++) {
      const fault = number % 20 === 3 ? { drop: true } : number % 20 === 11 ? { duplicate: true } : null
      if (fault) await amo.control('/faults', { match: { kind: 'hook', event: 'add_lead' }, fault })
      ids.push(await amo.newLead({ phone: `+7911${String(1_000_000 + number)}` }))
    }
    const hooks = (await amo.journal('hook')).filter((entry) => entry['event'] === 'add_lead')
    assert.equal(hooks.filter((entry) => entry['fault'] === 'drop').length, some)
    await until(
      'all leads whose hook came',
      async () => (await count('select count(*)::int as n from leads')) >= leads - some || null,
      300,
    )
    await findMissedLeads(app)
    assert.equal(await count('select count(*)::int as n from leads'), leads)
    assert.equal(await count(`select count(*)::int as n from turns where kind = 'first_touch'`), leads)
    assert.equal(await count('select count(distinct lead_id)::int as n from turns'), leads)

    const before = (await requests()).length
    for (const id of ids) {
      const to = { leadId: id, turnId: null, channel: 'amocrm' } as const
      await enqueue(app.db, {
        ...to,
        key: `l${id}`,
        payload: { kind: 'lead', stage: 'contacted', fields: { need: 'CRM' } },
      })
      await enqueue(app.db, { ...to, key: `n${id}`, payload: { kind: 'note', text: `Заметка ${id}` } })
    }
    app.wake.up('amocrm')
    await until(
      'all is written',
      async () => (await count(`select count(*)::int as n from outbox where state <> 'done'`)) === 0 || null,
      300,
    )
    const made = await requests()
    const notes = (await amo.journal('note')).map((entry) => entry['leadId'])
    assert.deepEqual(notes.toSorted(), ids.toSorted(), 'one note on each card')
    // A loaded machine makes requests late, and late ones come together: what holds is that none goes early.
    const allowed = ((Date.now() - began) / 1000) * requestsPerSecond + 1
    assert.ok(made.length <= allowed, `${made.length} requests where ${allowed} are allowed`)
    assert.ok(made.length < leads * 2, `${made.length} requests`)
    console.log(
      `${leads} leads: ${before} requests to know them, ${made.length - before} to write to each card twice`,
    )
  })
})
