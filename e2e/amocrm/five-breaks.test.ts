import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { findMissedLeads } from '../../api/src/amocrm/find-missed-leads.ts'
import { meetAccount } from '../../api/src/amocrm/meet-account.ts'
import { addInbound, offerIn, proposal, rowsOf, runningTurn } from '../../api/src/testing/seed.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { startGoogle } from '../../simulators/google/start.ts'
import { carryOutBooking } from '../calendar/carry-out-booking.ts'
import { ask, until } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

/**
 * Five things that ordinary accounts do and that once broke intake or booking. Hooks come in by HTTP, the first words go to where n8n
 * is, the meeting is booked in the Google simulator, and the card is looked at from outside.
 */
describe('five breaks of real accounts: the lead is worked, and the card is true', async () => {
  const amo = await startAmocrmAccount({ turns: true })
  const { app } = amo
  await meetAccount(app)
  const calendar = 'olga@beacon.example'
  const google = await startGoogle({ port: 0, calendars: [{ id: calendar, timeZone: 'Europe/Moscow' }] })
  after(() => google.close())
  const form =
    'grant_type=refresh_token&refresh_token=mock_refresh&client_id=mock_client_id&client_secret=mock_secret'
  const token = String(
    ((await ask(`${google.url}/token`, { form })).body as { access_token: string }).access_token,
  )
  let hours = 3

  const isWorked = (id: number) =>
    until(
      'the first words are thought up',
      async () => ((await amo.dispatched(id)).length > 0 ? true : null),
      20,
    )

  /** The lead picks a time, and all that follows from it is done. */
  async function book(id: number) {
    hours += 2
    const offer = offerIn(hours, app.business.sellers[0]!.id)
    await amo.holdTurns(true)
    await addInbound(app.db, id, 'Нужна CRM, до 500 тысяч')
    const lease = await runningTurn(app.db, id)
    const said = proposal(
      { reply: 'Готово: [MEETING]', action: 'book', offerId: offer.id },
      { offers: [offer] },
    )
    const facts = { need: 'CRM', budget: 'до 500 тысяч', timeline: null, authority: null, email: null }
    const classification = { ...said.classification!, facts }
    assert.deepEqual(await journalDecision(app, lease, { ...said, classification }), { outcome: 'accepted' })
    await carryOutBooking(app, lease, { url: google.url, token })
    await amo.holdTurns(false)
    await amo.quiet()
    return { at: Date.parse(offer.start) / 1000 }
  }

  async function isTrue(id: number, { at }: { at: number }) {
    const card = (await ask(`${amo.url}/_sim/leads/${id}`)).body as {
      status: string
      fields: Record<string, unknown>
      tasks: { text: string }[]
    }
    const lead = (await amo.lead(id))!
    assert.deepEqual(
      [card.status, card.fields['MEETING_AT'], lead.stage, lead.control],
      ['Встреча назначена', at, 'booked', 'ai'],
    )
    const events = (await ask(`${google.url}/_sim/events`)).body as {
      status: string
      start: { dateTime: string }
      attendees?: unknown[]
    }[]
    const event = events.find((one) => Date.parse(one.start.dateTime) / 1000 === at)
    assert.equal(event?.status, 'confirmed')
    const dead = await rowsOf(
      app.db,
      `select last_error from outbox where state = 'dead' and channel = 'amocrm'`,
    )
    assert.deepEqual(dead, [])
    return { card, event }
  }

  test('BUDGET is a number in this account', async () => {
    await amo.control('/fields/type', { fieldId: 804, type: 'numeric' })
    const id = await amo.newLead({ phone: '+79995000001' })
    await isWorked(id)
    const { card } = await isTrue(id, await book(id))
    assert.equal(card.fields['BUDGET'], '500000')
  })

  test('a neighbour on the page has a list of a catalog, and the hooks are lost', async () => {
    await amo.control('/faults', { match: { kind: 'hook' }, fault: { drop: true }, times: 8 })
    const odd = await amo.newLead({ phone: '+79995000002' })
    await amo.control('/fields/raw', {
      cardId: odd,
      fieldId: 805,
      values: [{ catalog_id: 1, catalog_element_id: 2 }],
    })
    const id = await amo.newLead({ phone: '+79995000003' })
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
    await findMissedLeads(app)
    await isWorked(odd)
    await isWorked(id)
    await isTrue(odd, await book(odd))
    await isTrue(id, await book(id))
  })

  test('the phone comes 20 seconds after the lead', async () => {
    const id = await amo.newLead(null)
    await amo.leadIs('the lead is known', id, () => true)
    await amo.quiet()
    // Twenty seconds: they pass for the lead, not for the test.
    await app.db.query(`update leads set created_at = created_at - interval '20 s' where id = $1`, [id])
    assert.deepEqual(await amo.dispatched(id), [])
    const made = (await amo.rest('POST', '/contacts', [
      { name: 'Пётр', custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+79995000004' }] }] },
    ])) as { _embedded: { contacts: { id: number }[] } }
    const contact = { to_entity_id: made._embedded.contacts[0]!.id, to_entity_type: 'contacts' }
    await amo.rest('POST', `/leads/${id}/link`, [contact])
    await findMissedLeads(app)
    await isWorked(id)
    await isTrue(id, await book(id))
  })

  test('an incoming lead is accepted after 7 minutes, and all that is sent is unsorted[delete] and a change of stage', async () => {
    await amo.control('/account', { incomingHooks: 'add_lead', incomingLead: 'hidden' })
    await amo.control('/hooks/style', { unsortedAddLead: 'never' })
    const { leadId } = await amo.control('/unsorted', { contact: { name: 'Ольга', phone: '+79995000005' } })
    const id = Number(leadId)
    await amo.quiet()
    await findMissedLeads(app)
    await amo.control('/leads/made', { leadId: id, secondsAgo: 7 * 60 })
    assert.deepEqual(await amo.dispatched(id), [])
    await amo.control(`/leads/${id}/accept`)
    await isWorked(id)
    await isTrue(id, await book(id))
  })

  test("Google refuses the guest's e-mail", async () => {
    const id = await amo.newLead({ phone: '+79995000006', email: 'olga@company.example' })
    await isWorked(id)
    const refusal = {
      status: 400,
      body: {
        error: {
          errors: [{ domain: 'global', reason: 'invalid', message: 'Invalid attendee email.' }],
          code: 400,
          message: 'Invalid attendee email.',
        },
      },
    }
    const insert = { method: 'POST', path: '/calendar/v3/calendars/*/events' }
    await ask(`${google.url}/_sim/faults`, { json: { match: insert, fault: refusal, times: 1 } })
    const { card, event } = await isTrue(id, await book(id))
    assert.equal(event?.attendees, undefined)
    assert.ok(
      card.tasks.some(({ text }) => text.includes('Invalid attendee email.')),
      JSON.stringify(card.tasks),
    )
  })
})
