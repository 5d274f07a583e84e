import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { type AccountReport, checkAccount } from '../../api/src/amocrm/check-account.ts'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { repository } from '../../local/settings/config.ts'
import { startAmocrmAccount } from './account.ts'

describe('npm run amocrm', async () => {
  const amo = await startAmocrmAccount({ subscribe: false })
  const { app } = amo

  function run(...args: string[]): Promise<{ code: number; out: string }> {
    const command = [
      join(repository, 'local/commands/amocrm.ts'),
      ...args,
      '--api',
      amo.api,
      '--token',
      app.config.apiToken,
    ]
    const env = { ...process.env, AMOCRM_WEBHOOK_SECRET: app.config.amocrm.webhookSecret, API_URL: amo.api }
    return new Promise((resolve) =>
      execFile(process.execPath, command, { env }, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
      ),
    )
  }
  const check = async () => JSON.parse((await run('check', '--json')).out) as AccountReport

  test('subscribe, status, check and unsubscribe, with the secret never shown', async () => {
    assert.equal(await meetAccount(app), true)
    assert.match((await run('check')).out, /no webhook points to us/)
    const subscribed = await run('subscribe', '--direct')
    assert.match(subscribed.out, /webhook .*\/hooks\/amocrm\/\[secret\] {2}on$/m)
    assert.match((await run('status')).out, /amoCRM takes our requests/)
    const agreed = await run('check')
    assert.deepEqual([agreed.code, agreed.out.split('\n')[1]], [0, 'everything agrees'], agreed.out)
    assert.match((await run('unsubscribe', '--direct')).out, /no webhook points to us/)
    await run('subscribe', '--direct')
    assert.ok(!agreed.out.includes(app.config.amocrm.webhookSecret))
    const byN8n = await run('subscribe', '--to', 'https://n8n.example.com')
    assert.match(byN8n.out, /n8n's door takes about 20 hooks a second.*subscribe --direct/)
    await run('unsubscribe', '--to', 'https://n8n.example.com')
    assert.equal((await run('nonsense')).code, 2)
    assert.match((await run('--help')).out, /npm run amocrm -- check/)
  })

  test('of planted differences exactly these are told; the next look of the system mends what it may', async () => {
    const newLead = async (phone: string) => {
      const id = await amo.newLead({ phone })
      await amo.leadIs('it is known', id, () => true)
      return id
    }
    const [fine, moved, deleted, drifted] = [
      await newLead('+79200000001'),
      await newLead('+79200000002'),
      await newLead('+79200000003'),
      await newLead('+79200000004'),
    ]
    assert.ok(fine)
    await amo.control('/faults', { match: { kind: 'hook' }, fault: { drop: true }, times: 50 })
    const missed = await amo.newLead({ phone: '+79200000005' })
    await amo.control(`/leads/${moved}/move`, { statusId: 3003 })
    await amo.control(`/leads/${moved}/responsible`, { userId: 9000003 })
    await amo.control(`/leads/${deleted}/delete`)
    await app.db.query(`update leads set stage = 'qualified' where id = $1`, [drifted])
    const report = await check()
    assert.deepEqual(report.missing, [])
    assert.deepEqual(report.missedLeads, [missed])
    assert.deepEqual(
      report.changedLeads.map(({ leadId, what }) => `${leadId} ${what}`).toSorted(),
      [`${deleted} card`, `${moved} responsible`, `${moved} status`].toSorted(),
    )
    assert.deepEqual(
      report.drift.map(({ leadId, ours }) => [leadId, ours]),
      [[drifted, 'qualified']],
    )
    assert.equal((await run('check')).code, 1)

    await findMissedLeads(app)
    const after = await check()
    assert.deepEqual(after.missedLeads, [])
    assert.deepEqual(after.changedLeads, [])
    assert.equal((await amo.lead(deleted))!.control, 'human')
  })

  test('what config/business.yaml names and the account does not have is told', async () => {
    const { business } = app
    app.business = {
      ...business,
      amocrm: {
        ...business.amocrm,
        pipelines: ['Продажи', 'Опт'],
        statuses: { ...business.amocrm.statuses, qualified: 'Нет такого' },
        fields: { ...business.amocrm.fields, need: 'NO_SUCH_FIELD' },
      },
    }
    try {
      const { missing } = await checkAccount(app)
      assert.equal(missing.length, 3, missing.join())
      for (const part of ['"Опт"', 'amocrm.statuses.qualified', 'NO_SUCH_FIELD'])
        assert.ok(
          missing.some((line) => line.includes(part)),
          missing.join(),
        )
    } finally {
      app.business = business
    }
  })
})
