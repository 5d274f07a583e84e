import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgetAccountMap } from '../../api/src/amocrm/account-map.ts'
import { type AmocrmPayload, enqueue } from '../../api/src/outbox/enqueue.ts'
import { rowsOf } from '../../api/src/testing/seed.ts'
import { startAmocrmAccount } from './account.ts'

const booked = 3005
const meetingAt = '2026-12-01T09:00:00.000Z'

describe('an optional extra never keeps the core from the card', async () => {
  const amo = await startAmocrmAccount()
  const { app } = amo
  let count = 0
  async function newLead(): Promise<number> {
    count += 1
    const id = await amo.newLead({ telegram: `extra_${count}`, phone: `+7999100${1000 + count}` })
    await amo.leadIs('the lead is known', id, () => true)
    return id
  }
  /** What is written, and what the card and the outbox say then. */
  async function write(payload: AmocrmPayload, leadId?: number) {
    const id = leadId ?? (await newLead())
    await enqueue(app.db, {
      leadId: id,
      turnId: null,
      channel: 'amocrm',
      key: `test:${id}:${count++}`,
      payload,
    })
    app.wake.up('amocrm')
    await amo.quiet()
    const card = (await (await fetch(`${amo.url}/_sim/leads/${id}`)).json()) as {
      lead: { tags: string[]; status_id: number }
      fields: Record<string, unknown>
      notes: { params: { text: string } }[]
      tasks: { text: string }[]
    }
    return {
      id,
      card,
      notes: card.notes.map((one) => one.params.text),
      tasks: card.tasks.map((one) => one.text),
    }
  }
  const setType = async (fieldId: number, type: string, choices?: string[]) => {
    await amo.control('/fields/type', { fieldId, type, ...(choices ? { choices } : {}) })
    forgetAccountMap(app)
  }
  const dead = () => rowsOf(app.db, `select payload, last_error from outbox where state = 'dead'`)

  test('fields of other types than text take what they can', async () => {
    await setType(804, 'numeric')
    await setType(806, 'select', ['Сам решаю', 'Вместе с партнёром'])
    await setType(807, 'radiobutton', ['Русский', 'Английский'])
    const { card, notes } = await write({
      kind: 'lead',
      stage: 'booked',
      fields: {
        meetingAt,
        budget: 'до 500 тысяч рублей',
        authority: 'вместе с партнером',
        language: 'ru',
        need: 'CRM '.repeat(200),
      },
    })
    assert.equal(card.lead.status_id, booked)
    assert.deepEqual(
      [card.fields['BUDGET'], card.fields['AUTHORITY'], card.fields['LANGUAGE'], card.fields['MEETING_AT']],
      ['500000', 'Вместе с партнёром', 'Русский', Date.parse(meetingAt) / 1000],
    )
    assert.equal(String(card.fields['NEED']).length, 255)
    assert.deepEqual(notes, [])
  })

  test('a value that the field cannot take is a note, once, and the rest is written', async () => {
    const { id, card, notes } = await write({
      kind: 'lead',
      stage: 'booked',
      fields: { meetingAt, budget: 'пока не решили', authority: 'жена' },
    })
    assert.equal(card.lead.status_id, booked)
    assert.equal(card.fields['MEETING_AT'], Date.parse(meetingAt) / 1000)
    assert.equal(notes.length, 2, notes.join('\n'))
    assert.ok(notes.some((text) => text.includes('пока не решили') && text.includes('Бюджет')))
    assert.ok(notes.some((text) => text.includes('жена')))
    const again = await write({ kind: 'lead', stage: 'booked', fields: { budget: 'пока не решили' } }, id)
    assert.equal(again.notes.length, 2)
  })

  test('a field that became another one meanwhile is read anew', async () => {
    await amo.control('/fields/type', { fieldId: 802, type: 'numeric' })
    const fields = { meetingAt, meetingLink: 'https://meet.example/abc' }
    const { card, notes, tasks } = await write({ kind: 'lead', stage: 'booked', fields })
    assert.equal(card.lead.status_id, booked)
    assert.equal(card.fields['MEETING_AT'], Date.parse(meetingAt) / 1000)
    assert.ok(
      notes.some((text) => text.includes('https://meet.example/abc')),
      notes.join('\n'),
    )
    assert.deepEqual(tasks, [])
    await setType(802, 'url')
  })

  test('what amoCRM refuses by name is left out: a note on the card, a task once for the account', async () => {
    await setType(805, 'computed')
    await setType(803, 'hologram')
    const { id, card, tasks } = await write({
      kind: 'lead',
      stage: 'booked',
      fields: { meetingAt, timeline: 'к весне', need: 'CRM' },
    })
    assert.equal(card.lead.status_id, booked)
    assert.equal(card.fields['NEED'], 'CRM')
    assert.equal(tasks.filter((text) => text.includes('Сроки')).length, 1)
    const second = await write({ kind: 'lead', stage: 'booked', fields: { timeline: 'к лету' } })
    assert.notEqual(second.id, id)
    assert.ok(second.notes.some((text) => text.includes('к лету')))
    assert.deepEqual(second.tasks, [], 'the task is one for the account')
  })

  test('a field, a reason and a status that are gone: the rest is written, people are told', async () => {
    await amo.control('/fields/delete', { fieldId: 808 })
    const { card } = await write({ kind: 'lead', stage: 'booked', fields: { meetingAt, source: 'AI' } })
    assert.equal(card.lead.status_id, booked)
    const lost = await write({ kind: 'lead', stage: 'lost', lossReason: 'notInterested' })
    assert.equal(lost.card.lead.status_id, 143)
    await amo.control('/account', { isLossReasonEnabled: false })
    const without = await write({
      kind: 'lead',
      stage: 'lost',
      lossReason: 'notInterested',
      fields: { source: 'x' },
    })
    assert.equal(without.card.lead.status_id, 143)
    await amo.control('/account', { isLossReasonEnabled: true })
  })

  test('a stage that asks for a field: the fields are written, and the move is a task', async () => {
    await amo.control('/fields/required', {
      fieldId: 806,
      statuses: [{ statusId: booked, pipelineId: 3000 }],
    })
    const { card, tasks } = await write({ kind: 'lead', stage: 'booked', fields: { meetingAt } })
    assert.equal(card.fields['MEETING_AT'], Date.parse(meetingAt) / 1000)
    assert.notEqual(card.lead.status_id, booked)
    assert.ok(
      tasks.some((text) => text.includes('Встреча назначена')),
      tasks.join('\n'),
    )
    await amo.control('/fields/required', { fieldId: 806, statuses: [] })
  })

  test('an answer that names nothing: what it is about is found', async () => {
    const id = await newLead()
    const refusing = {
      status: 400,
      body: { title: 'Bad Request', status: 400, detail: 'b5a1c0de-0000-4000-8000-000000000000' },
    }
    await amo.control('/faults', [
      { match: { method: 'PATCH', path: `/api/v4/leads/${id}` }, fault: refusing, times: 2 },
    ])
    const { card } = await write(
      { kind: 'lead', stage: 'booked', fields: { meetingAt, need: 'CRM' }, tags: ['AI'] },
      id,
    )
    assert.equal(card.lead.status_id, booked)
    assert.equal(card.fields['MEETING_AT'], Date.parse(meetingAt) / 1000)
    assert.deepEqual(card.lead.tags, ['AI'])
  })

  test('a task for a user who has left is made all the same', async () => {
    const id = await newLead()
    await app.db.query('update leads set responsible_user_id = 9009999 where id = $1', [id])
    const { tasks } = await write({ kind: 'task', text: 'Позвонить' }, id)
    assert.deepEqual(tasks, ['Позвонить'])
  })

  test('no dead letter came of all this', async () => assert.deepEqual(await dead(), []))
})
