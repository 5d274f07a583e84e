import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedded, startForTest, startReceiver } from '../testing.ts'

const lead = { contact: { name: 'Ivan', phone: '+79990000001' } }

test('without the paid option filters are ignored, or refused', async (t) => {
  const { api, sim } = await startForTest(t)
  await sim('POST', '/leads', lead)
  await sim('POST', '/leads', lead)
  const ask = () => api('GET', '/leads?filter[id][]=501001')
  assert.equal(embedded((await ask()).body, 'leads').length, 1)
  await sim('POST', '/account', { filters: 'ignored' })
  assert.equal(embedded((await ask()).body, 'leads').length, 2)
  assert.equal((await api('GET', '/account?with=is_api_filter_enabled')).body.is_api_filter_enabled, false)
  for (const status of [400, 402, 403]) {
    await sim('POST', '/account', { filters: `refused ${status}` })
    assert.equal((await ask()).status, status)
    assert.equal((await api('GET', '/leads')).status, 200)
  }
})

test('a tariff without webhooks, a user who is no admin', async (t) => {
  const { api, sim } = await startForTest(t)
  const subscription = { destination: 'https://a.example/hook', settings: ['add_lead'] }
  await sim('POST', '/account', { webhooks: 'refused 402' })
  assert.equal((await api('POST', '/webhooks', subscription)).status, 402)
  await sim('POST', '/account', { webhooks: 'allowed', rights: 'user' })
  assert.equal((await api('POST', '/webhooks', subscription)).status, 403)
  assert.equal((await api('GET', '/users')).status, 403)
  assert.equal((await api('POST', '/leads/custom_fields', [{ name: 'A', type: 'text' }])).status, 403)
  assert.equal((await api('GET', '/leads/custom_fields')).status, 200)
})

test('an incoming lead is in no list and hides its contact; who is told of it is a trait', async (t) => {
  const { api, sim } = await startForTest(t)
  const receiver = await startReceiver(t)
  await api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  await sim('POST', '/unsorted', lead)
  assert.equal((await api('GET', '/leads')).status, 204)
  assert.equal((await api('GET', '/leads/501001')).status, 200)
  assert.equal((await api('GET', '/contacts/601001')).status, 204)
  await sim('POST', '/account', { incomingLead: 'hidden', incomingHooks: 'add_lead' })
  assert.equal((await api('GET', '/leads/501001')).status, 204)
  await sim('POST', '/unsorted', lead)
  const [told] = await receiver.until(1)
  assert.equal(told!.form['unsorted[add][0][lead_id]'], '501002')
  await sim('POST', '/leads/501001/accept')
  assert.equal((await api('GET', '/contacts/601001')).status, 200)
  assert.equal(embedded((await api('GET', '/leads')).body, 'leads').length, 1)
})

test('lists may show what was deleted with three keys only; values may have any shape', async (t) => {
  const { api, sim } = await startForTest(t)
  await sim('POST', '/leads', lead)
  await sim('POST', '/leads', lead)
  await sim('POST', '/account', { lists: 'deleted models' })
  await sim('POST', '/leads/501001/delete')
  const values = [{ catalog_id: 1, catalog_element_id: 2 }]
  await sim('POST', '/fields/raw', { cardId: 501002, fieldId: 803, values })
  const [gone, kept] = embedded((await api('GET', '/leads')).body, 'leads')
  assert.deepEqual(Object.keys(gone!).toSorted(), ['id', 'is_deleted', 'updated_at'])
  const fields = kept!.custom_fields_values as unknown as { values: object[] }[]
  assert.deepEqual(fields[0]!.values, values)
})
