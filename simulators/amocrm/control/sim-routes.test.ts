import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startForTest } from '../testing.ts'

test('a lead of the board is one whole card', async (t) => {
  const { sim, api, journal } = await startForTest(t)
  const added = await sim('POST', '/leads', {
    name: 'From the site',
    price: 5000,
    contact: { name: 'Ivan', phone: '+79990001122', email: 'i@example.test', telegram: 'ivan' },
    fields: { NEED: 'CRM', MEETING_AT: 1_800_000_000 },
    tags: ['site'],
  })
  assert.deepEqual([added.status, added.body], [201, { leadId: 501001, contactId: 601001 }])
  await sim('POST', '/leads/501001/note', { text: 'first' })
  await api('POST', '/tasks', [
    { text: 'Call', complete_till: 1800000000, entity_id: 501001, entity_type: 'leads' },
  ])

  const card = (await sim('GET', '/leads/501001')).body
  assert.deepEqual([card.lead!.price, card.lead!.tags, card.status], [5000, ['site'], 'New lead'])
  assert.deepEqual(card.fields, { MEETING_AT: 1_800_000_000, NEED: 'CRM' })
  assert.deepEqual(card.contacts, [
    {
      id: 601001,
      name: 'Ivan',
      fields: { PHONE: '+79990001122', EMAIL: 'i@example.test', TELEGRAM: 'ivan' },
      is_main: true,
    },
  ])
  assert.deepEqual([card.notes![0]!.params!.text, card.notes![0]!.author], ['first', 'Maria Manager'])
  assert.equal(card.tasks![0]!.text, 'Call')
  assert.equal((await journal('lead.added'))[0]!.by, 9000002)

  const board = (await sim('GET', '/board')).body
  assert.deepEqual([board.leads![0]!.contact, board.statuses!.length], ['Ivan', 8])
  await sim('POST', '/leads/501001/delete')
  assert.deepEqual((await sim('GET', '/board')).body.leads, [])
  assert.equal((await api('GET', '/leads')).status, 204)
  assert.equal((await api('GET', '/leads?with=only_deleted')).status, 200)
})

test('the journal tells what changed', async (t) => {
  const { sim, api, journal } = await startForTest(t)
  await sim('POST', '/leads', { contact: { name: 'Ivan' } })
  await api('PATCH', '/leads/501001', {
    price: 7,
    tags_to_add: [{ name: 'hot' }],
    custom_fields_values: [{ field_code: 'NEED', values: [{ value: 'x' }] }],
  })
  const [entry] = await journal('lead.updated')
  assert.deepEqual([entry!.leadId, entry!.changes], [501001, { price: 7, tags: ['hot'], NEED: 'x' }])
})

test('bad control input names the field, an unknown lead is 404', async (t) => {
  const { sim } = await startForTest(t)
  assert.equal((await sim('POST', '/leads', {})).body.errors![0]!.field, 'contact')
  const wrong = await sim('POST', '/leads', { contact: { name: 'A' }, fields: { NOPE: 'x' } })
  assert.equal(wrong.body['validation-errors']![0]!.errors![0]!.path, 'fields.NOPE')
  assert.equal((await sim('GET', '/board')).body.leads!.length, 0)
  for (const path of ['/leads/7', '/leads/x']) {
    const unknown = await sim('GET', path)
    assert.equal(unknown.status, 404)
    assert.match(unknown.type, /^application\/problem\+json/)
  }
  await sim('POST', '/leads', { contact: { name: 'A' } })
  assert.equal((await sim('POST', '/leads/501001/move', { statusId: 5 })).status, 400)
  assert.equal((await sim('POST', '/leads/501001/note', { text: ' ' })).body.errors![0]!.field, 'text')
})

test('a reset removes people and keeps the hooks and the counting', async (t) => {
  const { sim, api, journal } = await startForTest(t)
  await api('POST', '/webhooks', { destination: 'http://127.0.0.1:9/', settings: ['note_lead'] })
  await sim('POST', '/leads', { contact: { name: 'A' } })
  assert.equal((await sim('POST', '/reset')).status, 204)
  assert.deepEqual(await journal('lead.added'), [])
  assert.equal((await api('GET', '/leads')).status, 204)
  assert.equal((await api('GET', '/contacts')).status, 204)
  assert.equal((await api('GET', '/webhooks')).body['_total_items'], 1)
  assert.equal((await sim('POST', '/leads', { contact: { name: 'B' } })).body.leadId, 501002)
})

test('any user can act, a robot too; a user who does not exist cannot', async (t) => {
  const { sim, api, journal } = await startForTest(t)
  await sim('POST', '/leads', { contact: { name: 'A' }, by: 0 })
  const lead = (await api('GET', '/leads/501001')).body
  assert.deepEqual([lead.created_by, lead.responsible_user_id], [0, 9000001])
  const moved = await sim('POST', '/leads/501001/move', { statusId: 143, lossReasonId: 6003, by: 9000003 })
  assert.deepEqual([moved.body.lossReason, moved.body.lead!.updated_by], ['No need', 9000003])
  assert.equal((await sim('POST', '/leads/501001/note', { text: 'x', by: 5 })).status, 400)
  await sim('POST', '/leads/501001/fields', { price: 100, fields: { NEED: 'x' }, by: 9000003 })
  assert.deepEqual((await journal('lead.updated')).at(-1)!.changes, { price: 100, NEED: 'x' })
  const { taskId } = (await sim('POST', '/leads/501001/task', { text: 'T', completeTill: 1_800_000_000 }))
    .body
  await sim('POST', `/tasks/${String(taskId)}/complete`, { result: 'called' })
  assert.deepEqual((await api('GET', `/tasks/${String(taskId)}`)).body.result, { text: 'called' })
  const board = (await sim('GET', '/board')).body
  assert.deepEqual([board.leads![0]!.tasks, board.leads![0]!.responsibleId], [0, 9000001])
})
