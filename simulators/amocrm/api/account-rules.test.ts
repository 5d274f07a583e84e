import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedded, startForTest } from '../testing.ts'

test('a second pipeline has its own incoming stage and shares 142 and 143', async (t) => {
  const { api } = await startForTest(t)
  const added = await api('POST', '/leads/pipelines', [
    { name: 'Partners', _embedded: { statuses: [{ name: 'Talk' }, { id: 143, name: 'No' }] } },
  ])
  const { id } = embedded(added.body, 'pipelines')[0]!
  const statuses = embedded((await api('GET', `/leads/pipelines/${String(id)}`)).body, 'statuses')
  assert.deepEqual(
    statuses.map((status) => [status.id, status.type, status.name]),
    [
      [31001, 1, 'Incoming leads'],
      [31002, 0, 'Talk'],
      [142, 0, 'Closed - won'],
      [143, 0, 'No'],
    ],
  )
  await api('POST', '/leads', [{ name: 'A' }])
  await api('PATCH', '/leads/501001', { pipeline_id: id, status_id: 143, loss_reason_id: 6002 })
  const lead = (await api('GET', '/leads/501001')).body
  assert.deepEqual([lead.pipeline_id, lead.status_id, lead.loss_reason_id], [id, 143, 6002])
  assert.ok(Number(lead.closed_at) > 0)
  assert.equal((await api('PATCH', '/leads/501001', { pipeline_id: id, status_id: 3003 })).status, 400)
})

test('a stage may ask for a field, loss reasons may be switched off', async (t) => {
  const { api, sim } = await startForTest(t)
  await sim('POST', '/fields/required', { fieldId: 803, statuses: [{ statusId: 3004, pipelineId: 3000 }] })
  await api('POST', '/leads', [{ name: 'A' }])
  const refused = await api('PATCH', '/leads/501001', { status_id: 3004 })
  assert.equal(refused.status, 400)
  assert.deepEqual(refused.body['validation-errors']![0]!.errors![0], {
    code: 'RequiredFilled',
    path: 'custom_fields_values.803',
    detail: 'This value should not be blank.',
  })
  const filled = { custom_fields_values: [{ field_id: 803, values: [{ value: 'CRM' }] }] }
  assert.equal((await api('PATCH', '/leads/501001', { status_id: 3004, ...filled })).status, 200)

  await sim('POST', '/account', { isLossReasonEnabled: false })
  assert.equal((await api('GET', '/account')).body.is_loss_reason_enabled, false)
  assert.equal((await api('GET', '/leads/loss_reasons')).status, 204)
  assert.equal((await api('PATCH', '/leads/501001', { status_id: 143, loss_reason_id: 6001 })).status, 400)
})

test('the audit log tells who did what, and can be asked by type, entity and time', async (t) => {
  const { api, sim } = await startForTest(t)
  await sim('POST', '/leads', { contact: { name: 'A' } })
  await sim('POST', '/leads/501001/move', { statusId: 3003, by: 9000003 })
  await sim('POST', '/leads/501001/note', { text: 'x' })
  await sim('POST', '/leads/501001/responsible', { userId: 9000001 })
  await sim('POST', '/leads/501001/delete')
  const types = async (query: string) =>
    embedded((await api('GET', `/events?${query}`)).body, 'events').map((one) => one.type)
  assert.deepEqual(await types('filter[entity]=lead'), [
    'lead_deleted',
    'entity_responsible_changed',
    'common_note_added',
    'lead_status_changed',
    'lead_added',
  ])
  assert.deepEqual(await types('filter[type][]=lead_added&filter[type][]=contact_added'), [
    'lead_added',
    'contact_added',
  ])
  assert.deepEqual(await types('filter[created_by][]=9000003'), ['lead_status_changed'])
  assert.equal((await api('GET', '/events?filter[created_at][to]=5')).status, 204)
})

test('an error asked for by status alone comes with the body of the service', async (t) => {
  const { api, sim } = await startForTest(t)
  for (const status of [402, 422, 500, 504]) {
    await sim('POST', '/faults', { match: { path: '/api/v4/account' }, fault: { status } })
    const answer = await api('GET', '/account')
    assert.equal(answer.status, status)
    assert.match(answer.type, /^application\/problem\+json/)
    assert.equal(answer.body.status, status)
  }
})
