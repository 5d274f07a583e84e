import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { followCard } from '../../api/src/leads/follow-card.ts'
import { noteContacted } from '../../api/src/leads/note-contacted.ts'
import { sendTurnMessage, updateCrmForTurn } from '../../api/src/turns/turn-effects.ts'
import { journalDecision } from '../../api/src/turns/journal-decision.ts'
import { addInbound, proposal, rowsOf, runningTurn } from '../../api/src/testing/seed.ts'
import { type AmocrmPayload, enqueue } from '../../api/src/outbox/enqueue.ts'
import { ask, until } from '../system.ts'
import { startAmocrmAccount } from './account.ts'

const status = { new: 3002, inWork: 3003, qualified: 3004, booked: 3005, held: 3006, won: 142, lost: 143 }

describe('what people do on the card', async () => {
  const amo = await startAmocrmAccount()
  const { app } = amo
  let count = 0
  async function workedLead(): Promise<number> {
    count += 1
    const id = await amo.newLead({ telegram: `person_${count}`, phone: `+7999000${1000 + count}` })
    await amo.leadIs('the lead is known', id, () => true)
    return id
  }
  const pending = (id: number) =>
    rowsOf(app.db, `select kind from turns where lead_id = $1 and state = 'pending'`, [id])
  const audit = async (id: number, action: string) =>
    (await rowsOf(app.db, 'select from audit_log where lead_id = $1 and action = $2', [id, action])).length
  /** One turn of the assistant, as n8n drives it, and its words have reached the lead. */
  async function think(id: number, need: string | null = null): Promise<void> {
    await app.db.query(`delete from turns where lead_id = $1 and state = 'pending'`, [id])
    // What nobody said is no fact.
    if (need) await addInbound(app.db, id, `Нам нужно: ${need}`)
    const lease = await runningTurn(app.db, id)
    const classification = {
      ...proposal().classification!,
      facts: { ...proposal().classification!.facts, need },
    }
    const answer = await journalDecision(app, lease, proposal({}, { classification }))
    assert.deepEqual(answer, { outcome: 'accepted' })
    await sendTurnMessage(app, lease)
    await updateCrmForTurn(app, lease)
    const [said] = await rowsOf<{ id: number }>(
      app.db,
      `update messages set sent_at = now() where turn_id = $1 returning id`,
      [lease.turnId],
    )
    await noteContacted(app, said!.id)
    await app.db.query(`update turns set state = 'done', finished_at = now() where id = $1`, [lease.turnId])
    app.wake.up('amocrm')
    await amo.quiet()
  }
  const write = (leadId: number, payload: AmocrmPayload) =>
    enqueue(app.db, { leadId, turnId: null, channel: 'amocrm', key: `test:${leadId}`, payload })
  const card = async (id: number) =>
    ((await amo.rest('GET', `/leads/${id}?with=contacts`)) ?? {}) as {
      status_id: number
      _embedded: { tags: { name: string }[] }
    }

  test('our own writes come back as hooks and change nothing', async () => {
    const id = await workedLead()
    await think(id, 'CRM')
    assert.equal((await card(id)).status_id, status.qualified)
    const lead = (await amo.lead(id))!
    assert.deepEqual(
      [lead.control, lead.stage, lead.status_id, lead.locked_stage],
      ['ai', 'qualified', 3004, null],
    )
    assert.equal(await audit(id, 'lead.status_followed'), 0)
    assert.deepEqual(
      (await card(id))._embedded.tags.map(({ name }) => name),
      ['AI'],
    )
  })

  for (const [stage, statusId] of [
    ['won', status.won],
    ['lost', status.lost],
  ] as const) {
    test(`a human closes the lead as ${stage}: the assistant stops, for good`, async () => {
      const id = await workedLead()
      await think(id)
      await addInbound(app.db, id, 'Ещё думаю')
      await app.db.query(
        `insert into turns (lead_id, kind, run_at) values ($1, 'follow_up', now() + interval '1 day')`,
        [id],
      )
      await amo.control(`/leads/${id}/move`, { statusId })
      const lead = await amo.leadIs('it is closed', id, (one) => one.stage === stage)
      assert.deepEqual([lead.control, lead.control_by], ['human', 'amocrm'])
      assert.match(lead.control_reason!, new RegExp(stage))
      assert.deepEqual(await pending(id), [])
      await amo.quiet()
      assert.equal((await card(id)).status_id, statusId)
    })
  }

  test("a card that was read before our own write and is followed after it is no human's move", async () => {
    const id = await workedLead()
    const before = (await app.amocrm.leadAmongOthers(id))!
    // amoCRM counts in whole seconds.
    await until('the next second', async () => Date.now() / 1000 >= before.updated_at + 1)
    // A hook would have the card read again before.
    await amo.control('/faults', { match: { kind: 'hook' }, fault: { drop: true }, times: 100 })
    await write(id, { kind: 'lead', stage: 'contacted' })
    app.wake.up('amocrm')
    await amo.quiet()
    await ask(`${amo.url}/_sim/faults`, { method: 'DELETE' })
    assert.equal(await followCard(app, { lead: before, contact: undefined }, { announced: false }), 'older')
    const lead = (await amo.lead(id))!
    assert.deepEqual([lead.status_id, lead.locked_stage], [status.inWork, null])
    assert.equal(await audit(id, 'lead.status_followed'), 0)
  })

  test('a human moves the lead on: ours follows and never moves it back', async () => {
    const id = await workedLead()
    await think(id)
    await amo.control(`/leads/${id}/move`, { statusId: status.booked })
    await amo.leadIs('ours follows', id, (one) => one.stage === 'booked')
    assert.equal(await audit(id, 'lead.status_followed'), 1)
    await think(id, 'CRM')
    assert.equal((await card(id)).status_id, status.booked)
    assert.equal((await amo.lead(id))!.control, 'ai')
  })

  test('a status of theirs that we have no stage for stays, too', async () => {
    const id = await workedLead()
    await think(id)
    await amo.control(`/leads/${id}/move`, { statusId: status.held })
    await amo.leadIs('ours knows', id, (one) => one.status_id === status.held)
    await think(id, 'CRM')
    assert.equal((await card(id)).status_id, status.held)
  })

  test('a human moves the lead back: what we had reached is not written again', async () => {
    const id = await workedLead()
    await think(id, 'CRM')
    await amo.control(`/leads/${id}/move`, { statusId: status.inWork })
    await amo.leadIs('ours follows', id, (one) => one.stage === 'contacted')
    await think(id, 'Ещё CRM')
    assert.equal((await card(id)).status_id, status.inWork)
  })

  test('a move that we have not heard of is seen before we write', async () => {
    const id = await workedLead()
    await think(id)
    await amo.control('/faults', { match: { kind: 'hook', leadId: id }, fault: { drop: true }, times: 10 })
    await amo.control(`/leads/${id}/move`, { statusId: status.won })
    await think(id, 'CRM')
    assert.equal((await card(id)).status_id, status.won)
    assert.equal((await amo.lead(id))!.stage, 'won')
  })

  test('another responsible person gets our tasks from then on', async () => {
    const id = await workedLead()
    await amo.control(`/leads/${id}/responsible`, { userId: 9000003 })
    await amo.leadIs('ours follows', id, (one) => one.responsible_user_id === 9000003)
    assert.equal(await audit(id, 'lead.responsible_followed'), 1)
    await write(id, { kind: 'task', text: 'Перезвонить' })
    await amo.quiet()
    const [task] = (await amo.journal('task')).filter((entry) => entry['leadId'] === id)
    const tasks = (await amo.rest('GET', `/tasks?filter[entity_id][]=${id}&filter[entity_type]=leads`)) as {
      _embedded: { tasks: { responsible_user_id: number }[] }
    }
    assert.ok(task)
    assert.equal(tasks._embedded.tasks[0]!.responsible_user_id, 9000003)
  })

  test('deleted: nothing is written any more; restored: a human decides', async () => {
    const id = await workedLead()
    await think(id)
    await amo.control(`/leads/${id}/delete`)
    const lead = await amo.leadIs('it is gone', id, (one) => one.card_gone_at !== null)
    assert.equal(lead.control, 'human')
    assert.deepEqual(await pending(id), [])
    const writes = (await amo.journal('note')).length
    await write(id, { kind: 'note', text: 'Слишком поздно' })
    await amo.quiet()
    assert.equal((await amo.journal('note')).length, writes)
    await amo.control(`/leads/${id}/restore`)
    const back = await amo.leadIs('it is back', id, (one) => one.card_gone_at === null)
    assert.equal(back.control, 'human')
    assert.match(back.control_reason!, /restored/)
  })

  test('a tag switches the assistant off, without it the assistant goes on', async () => {
    const id = await workedLead()
    await addInbound(app.db, id, 'Вы тут?')
    await amo.rest('PATCH', `/leads/${id}`, { tags_to_add: [{ name: 'ai:off' }] })
    await amo.leadIs('it is off', id, (one) => one.control === 'paused')
    assert.deepEqual(await pending(id), [])
    await amo.rest('PATCH', `/leads/${id}`, { tags_to_delete: [{ name: 'ai:off' }] })
    await amo.leadIs('it is on', id, (one) => one.control === 'ai')
    assert.deepEqual(await pending(id), [{ kind: 'answer' }])
  })

  test('the opt-out tag ends the writing', async () => {
    const id = await workedLead()
    await amo.rest('PATCH', `/leads/${id}`, { tags_to_add: [{ name: 'ai:optout' }] })
    await amo.leadIs('it is opted out', id, (one) => one.opted_out_at !== null)
    assert.deepEqual(await pending(id), [])
  })

  test('a note of a human takes over when the business wants it; notes of ours never', async () => {
    const { business } = app
    app.business = { ...business, amocrm: { ...business.amocrm, humanNoteTakesOver: true } }
    try {
      const id = await workedLead()
      await think(id)
      await write(id, { kind: 'note', text: 'Заметка ассистента' })
      await amo.quiet()
      assert.ok((await amo.journal('note')).some((entry) => entry['leadId'] === id))
      assert.equal((await amo.lead(id))!.control, 'ai')
      await amo.control(`/leads/${id}/note`, { text: 'Беру сама' })
      const lead = await amo.leadIs('it is taken', id, (one) => one.control === 'human')
      assert.match(lead.control_reason!, /note of user 9000002/)
    } finally {
      app.business = business
    }
  })

  test('with the switch off a note of a human changes nothing', async () => {
    const id = await workedLead()
    await amo.control(`/leads/${id}/note`, { text: 'Просто пометка' })
    await amo.control(`/leads/${id}/responsible`, { userId: 9000003 })
    await amo.leadIs('the hook behind it was heard', id, (one) => one.responsible_user_id === 9000003)
    assert.equal((await amo.lead(id))!.control, 'ai')
  })

  test('a contact that is corrected on the card is corrected here', async () => {
    const id = await workedLead()
    const { contact_id: contactId } = (await amo.lead(id))!
    await amo.rest('PATCH', `/contacts/${contactId}`, {
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '8 (912) 345-67-89', enum_code: 'MOB' }] },
      ],
    })
    await amo.leadIs('the phone is new', id, (one) => one.phone === '+79123456789')
  })

  test('the same person again: the conversation goes on in the first lead, both cards say so', async () => {
    const first = await amo.newLead({ phone: '+7 912 000-11-22' })
    await amo.leadIs('the first', first, () => true)
    const second = await amo.newLead({ phone: '8(912)0001122' })
    const lead = await amo.leadIs('the second', second, () => true)
    assert.equal(lead.continues_lead_id, first)
    assert.deepEqual(await pending(second), [])
    assert.equal((await pending(first)).length, 1)
    await amo.quiet()
    const noted = (await amo.journal('note')).filter((entry) =>
      [first, second].includes(Number(entry['leadId'])),
    )
    assert.deepEqual(noted.map((entry) => entry['leadId']).sort(), [first, second].sort())
    assert.equal(await audit(second, 'lead.same_person'), 1)
  })

  test('who opted out before is not written to because of a new request; a human is asked', async () => {
    const first = await amo.newLead({ telegram: 'quiet_one' })
    await amo.leadIs('the first', first, () => true)
    await app.db.query('update leads set opted_out_at = now() where id = $1', [first])
    const second = await amo.newLead({ telegram: 'https://t.me/Quiet_One' })
    await amo.leadIs('the second', second, (one) => one.opted_out_at !== null)
    assert.deepEqual(await pending(second), [])
    await amo.quiet()
    assert.ok((await amo.journal('task')).some((entry) => entry['leadId'] === second))
  })

  test('an e-mail alone is reported and holds nobody back: a company may share it', async () => {
    const first = await amo.newLead({ email: 'info@firm.example', phone: '+79130000001' })
    await amo.leadIs('the first', first, () => true)
    const second = await amo.newLead({ email: 'INFO@firm.example', phone: '+79130000002' })
    const lead = await amo.leadIs('the second', second, () => true)
    assert.equal(lead.continues_lead_id, null)
    assert.deepEqual(await pending(second), [{ kind: 'first_touch' }])
    assert.equal(await audit(second, 'lead.same_person'), 1)
  })
})
