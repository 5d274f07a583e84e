import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { ask, until } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

describe('a lead waits for somebody to write to', async () => {
  const amo = await startAmocrmAccount({ turns: true })
  const { app } = amo
  await meetAccount(app)
  let count = 0
  const phone = () => `+7999300${1000 + ++count}`
  const waiting = async (id: number) => {
    await amo.leadIs('it is known', id, () => true)
    await until('its first words wait', async () => {
      const [turn] = await rowsOf<{ later: boolean }>(
        app.db,
        `select run_at > now() + interval '10 s' as later from turns where lead_id = $1 and state = 'pending'`,
        [id],
      )
      return turn?.later ? true : null
    })
    assert.deepEqual(await amo.dispatched(id), [])
  }
  const isWritten = (id: number) =>
    until('it is written to', async () => ((await amo.dispatched(id)).length > 0 ? true : null), 15)
  /** Time passes: the turn is due again, and the lead was made so many minutes ago. */
  async function pass(id: number, minutes: number): Promise<void> {
    const back = `interval '${minutes} minutes'`
    await app.db.query(`update leads set created_at = created_at - ${back} where id = $1`, [id])
    await app.db.query(`update outbox set created_at = created_at - ${back} where lead_id = $1`, [id])
    await app.db.query(`update turns set run_at = now() where lead_id = $1 and state = 'pending'`, [id])
    app.wake.up('turns')
  }
  const card = async (id: number) =>
    (await ask(`${amo.url}/_sim/leads/${id}`)).body as {
      notes: { params: { text: string } }[]
      tasks: { text: string }[]
    }

  test('the phone comes to the contact later: the hook of the contact begins it', async () => {
    const id = await amo.newLead({})
    await waiting(id)
    const { contact_id: contactId } = (await amo.lead(id))!
    await amo.control(`/contacts/${contactId}/change`, { fields: { PHONE: phone() } })
    await isWritten(id)
    assert.equal((await card(id)).notes.length, 0, 'nobody is told of some seconds')
  })

  test('a Telegram name comes and its hook is lost: the poll of contacts begins it', async () => {
    const id = await amo.newLead({})
    await waiting(id)
    const { contact_id: contactId } = (await amo.lead(id))!
    const lost = { match: { kind: 'hook', event: 'update_contact' }, fault: { drop: true }, times: 1 }
    await amo.control('/faults', lost)
    await amo.control(`/contacts/${contactId}/change`, { fields: { TELEGRAM: '@late_person' } })
    await findMissedLeads(app)
    await isWritten(id)
  })

  for (const linking of ['silent', 'told'] as const) {
    test(`the contact is linked later, ${linking}`, async () => {
      await amo.control('/account', { linking })
      const id = await amo.newLead(null)
      await waiting(id)
      assert.equal((await amo.lead(id))!.contact_id, null)
      const values = [{ value: phone() }]
      const made = (await amo.rest('POST', '/contacts', [
        { name: 'Пётр', custom_fields_values: [{ field_code: 'PHONE', values }] },
      ])) as { _embedded: { contacts: { id: number }[] } }
      const link = { to_entity_id: made._embedded.contacts[0]!.id, to_entity_type: 'contacts' }
      await amo.rest('POST', `/leads/${id}/link`, [link])
      if (linking === 'silent') await findMissedLeads(app)
      await isWritten(id)
    })
  }

  test('what the number says is learned then: language, zone, an opt-out in another lead', async () => {
    const said = phone()
    const before = await amo.newLead({ phone: said })
    await amo.leadIs('it is known', before, () => true)
    await app.db.query(
      `update leads set opted_out_at = now(), opted_out_source = 'words', bound_by = 'phone', bound_sign = $2 where id = $1`,
      [before, said],
    )
    const again = await amo.newLead({})
    await waiting(again)
    await amo.control(`/contacts/${(await amo.lead(again))!.contact_id}/change`, { fields: { PHONE: said } })
    const lead = await amo.leadIs('the opt-out holds', again, (one) => one.opted_out_at !== null)
    assert.deepEqual(await amo.dispatched(lead.id), [])

    const abroad = await amo.newLead({})
    await waiting(abroad)
    await amo.control(`/contacts/${(await amo.lead(abroad))!.contact_id}/change`, {
      fields: { PHONE: '+14155552671' },
    })
    await isWritten(abroad)
    const known = (await amo.lead(abroad))!
    assert.deepEqual([known.language, known.language_source], ['en', 'phone'])
  })

  test('nobody comes: the card says that we wait, once; a human has it in the end', async () => {
    const id = await amo.newLead({})
    await waiting(id)
    await pass(id, 3)
    const notes = await until('the card is told', async () => {
      const found = (await card(id)).notes
      return found.length > 0 ? found : null
    })
    assert.match(notes[0]!.params.text, /24 ч/)
    await pass(id, 60)
    await amo.quiet()
    assert.equal((await card(id)).notes.length, 1)
    assert.equal((await amo.lead(id))!.control, 'ai')
    await pass(id, 24 * 60)
    const lead = await amo.leadIs('a human has it', id, (one) => one.control === 'human')
    await amo.quiet()
    assert.equal((await card(id)).tasks.length, 1)
    assert.deepEqual(await amo.dispatched(lead.id), [])
  })

  for (const incomingLead of ['readable', 'hidden'] as const) {
    for (const incomingHooks of ['nobody', 'add_lead'] as const) {
      for (const unsortedAddLead of ['accept', 'never', 'create'] as const) {
        const name = `an incoming lead (${incomingLead}, told to ${incomingHooks}, leads[add] ${unsortedAddLead})`
        const incoming = async () => {
          await amo.control('/account', { incomingLead, incomingHooks })
          await amo.control('/hooks/style', { unsortedAddLead })
          const { leadId } = await amo.control('/unsorted', { contact: { name: 'Ольга', phone: phone() } })
          await amo.quiet()
          return Number(leadId)
        }

        test(`${name} is written to when it was accepted, and not before`, async () => {
          const id = await incoming()
          assert.deepEqual(await amo.dispatched(id), [])
          assert.notEqual((await amo.lead(id))?.control, 'human')
          await amo.control(`/leads/${id}/accept`)
          await isWritten(id)
        })

        test(`${name}: all hooks of the acceptance are lost, days later, and the poll finds it`, async () => {
          const id = await incoming()
          await amo.control('/leads/made', { leadId: id, secondsAgo: 5 * 86_400 })
          await amo.control('/faults', { match: { kind: 'hook' }, fault: { drop: true }, times: 20 })
          await amo.control(`/leads/${id}/accept`)
          await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
          await findMissedLeads(app)
          await isWritten(id)
        })
      }
    }
  }

  const hook = (body: string) =>
    fetch(amo.hookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `account[id]=31000001&${body}`,
    })
  const unheard = async (number: string) => {
    await amo.control('/faults', { match: { kind: 'hook' }, fault: { drop: true }, times: 2 })
    const id = await amo.newLead({ phone: number })
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
    return id
  }

  test('any hook of a young lead takes it; an old one is left alone, by hook and by poll', async () => {
    const young = await unheard(phone())
    const old = await unheard(phone())
    await amo.control('/leads/made', { leadId: old, secondsAgo: 30 * 86_400 })
    await hook(`leads[responsible][0][id]=${young}&leads[update][1][id]=${old}`)
    await amo.leadIs('the young one is known', young, () => true)
    await amo.quiet()
    await amo.control(`/leads/${old}/move`, { statusId: 3003 })
    await findMissedLeads(app)
    await amo.quiet()
    assert.equal(await amo.lead(old), undefined)
  })

  test('an old one that says so itself costs no request', async () => {
    const before = (await amo.journal('request')).length
    await hook('leads[update][0][id]=400000&leads[update][0][created_at]=1700000000')
    await amo.quiet()
    assert.equal((await amo.journal('request')).length, before)
  })
})
