import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { hooksReadiness, keepSubscription } from '../../api/src/amocrm/keep-subscription.ts'
import { ask, until } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe('a webhook that amoCRM switched off', async () => {
  const amo = await startAmocrmAccount()
  const { app } = amo
  let leadId: number
  beforeEach(async () => {
    leadId = await amo.newLead({ phone: `+7920${String(Date.now()).slice(-7)}` })
    await amo.leadIs('it is known', leadId, () => true)
    await app.db.query(`delete from cursors where name = 'amocrm.hooks'`)
  })
  const tasks = async () => {
    await amo.quiet()
    const { tasks: all } = (await ask(`${amo.url}/_sim/leads/${leadId}`)).body as {
      tasks: { text: string }[]
    }
    return all.map(({ text }) => text).filter((text) => text.includes('вебхук'))
  }

  test('ours is renewed at the next look, and hooks come again', async () => {
    await amo.control('/hooks/disable', {})
    await keepSubscription(app)
    const ready = await hooksReadiness(app)
    assert.equal(ready.ok, true)
    assert.match(ready.detail ?? '', /hooks\/amocrm\/\[secret\] was switched off by amoCRM and renewed at 20/)
    const next = await amo.newLead({ phone: '+79205550000' })
    await until('its hook came', async () => (await amo.lead(next)) !== undefined)
    assert.match((await tasks()).join('\n'), /включена снова/)
    await keepSubscription(app)
    assert.equal((await tasks()).length, 1, 'one task, however often it is looked')
  })

  test('one with another secret leads to us and is not ours: told, never renewed', async () => {
    const strange = 'https://n8n.example.com/webhook/lead-intake/amocrm/somebody-elses-secret'
    await amo.rest('POST', '/webhooks', { destination: strange, settings: ['add_lead'] })
    await amo.rest('POST', '/webhooks', {
      destination: 'https://other.example.com/hook',
      settings: ['add_lead'],
    })
    await amo.control('/hooks/disable', { destination: strange })
    await amo.control('/hooks/disable', { destination: 'https://other.example.com/hook' })
    await keepSubscription(app)
    const ready = await hooksReadiness(app)
    assert.equal(ready.ok, false)
    assert.doesNotMatch(ready.detail ?? '', /other\.example|somebody/)
    const list = (await app.amocrm.webhooks()).find(({ destination }) => destination === strange)
    assert.equal(list?.disabled, true)
    await amo.rest('DELETE', '/webhooks', { destination: strange })
  })

  test('one that amoCRM does not give back is told, in /ready and as one task, without the secret', async () => {
    await amo.control('/hooks/disable', { forGood: true })
    await keepSubscription(app)
    await keepSubscription(app)
    const ready = await hooksReadiness(app)
    assert.equal(ready.ok, false)
    assert.match(ready.detail ?? '', /\[secret\] is off since 20/)
    const told = await tasks()
    assert.equal(told.length, 1)
    assert.match(told[0]!, /включить его снова не получилось/)
    assert.ok(!JSON.stringify([told, ready, app.logged]).includes(app.config.amocrm.webhookSecret))
    const answer = (await (await fetch(`${amo.api}/ready`)).json()) as { hooks: { ok: boolean } }
    assert.equal(answer.hooks.ok, false)
  })
})
