import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedded, startForTest } from '../testing.ts'

const phoneValue = (value: string) => ({ field_code: 'PHONE', values: [{ value, enum_code: 'MOB' }] })

test('a contact is added, found by phone and changed', async (t) => {
  const { api } = await startForTest(t)
  assert.equal((await api('GET', '/contacts')).status, 204)
  assert.equal((await api('GET', '/contacts/7')).status, 204)
  const added = await api('POST', '/contacts', [
    { first_name: 'Ivan', last_name: 'Petrov', custom_fields_values: [phoneValue('+7 (999) 000-11-22')] },
    { name: 'Anna', request_id: 'b' },
  ])
  assert.deepEqual(
    embedded(added.body, 'contacts').map((one) => [one.id, one.request_id]),
    [
      [601001, '0'],
      [601002, 'b'],
    ],
  )
  const found = embedded((await api('GET', '/contacts?query=79990001122')).body, 'contacts')
  assert.equal(found.length, 1)
  assert.equal(found[0]!.name, 'Ivan Petrov')
  assert.deepEqual(found[0]!.custom_fields_values![0]!.values, [
    { value: '+7 (999) 000-11-22', enum_id: 7012, enum_code: 'MOB' },
  ])
  assert.equal((await api('GET', '/contacts?query=70000000000')).status, 204)
  assert.equal(embedded((await api('GET', '/contacts?filter[name][]=Anna')).body, 'contacts')[0]!.id, 601002)

  const patched = await api('PATCH', '/contacts/601002', { custom_fields_values: [phoneValue('+1')] })
  assert.equal(patched.body.id, 601002)
  await api('PATCH', '/contacts', [{ id: 601002, first_name: 'Anna', last_name: 'K' }])
  const anna = (await api('GET', '/contacts/601002')).body
  assert.equal(anna.name, 'Anna K')
  assert.equal(anna.custom_fields_values![0]!.values![0]!.value, '+1')
  assert.equal((await api('PATCH', '/contacts/7', { name: 'x' })).status, 404)
})

test('leads and contacts are linked and unlinked from both sides', async (t) => {
  const { api } = await startForTest(t)
  await api('POST', '/contacts', [{ name: 'A' }, { name: 'B' }])
  await api('POST', '/leads', [{ _embedded: { contacts: [{ id: 601001 }] } }])
  const refused = await api('POST', '/leads', [{ _embedded: { contacts: [{ id: 5 }] } }])
  assert.equal(refused.body['validation-errors']![0]!.errors![0]!.path, '_embedded.contacts.0.id')

  const link = { to_entity_id: 601002, to_entity_type: 'contacts', metadata: { is_main: true } }
  const linked = await api('POST', '/leads/501001/link', [link])
  assert.deepEqual(embedded(linked.body, 'links'), [{ entity_id: 501001, entity_type: 'leads', ...link }])
  const links = async (path: string) => embedded((await api('GET', path)).body, 'links')
  assert.deepEqual(await links('/leads/501001/links'), [
    { to_entity_id: 601001, to_entity_type: 'contacts', metadata: { main_contact: false } },
    { to_entity_id: 601002, to_entity_type: 'contacts', metadata: { main_contact: true } },
  ])
  const contact = (await api('GET', '/contacts/601001?with=leads')).body
  assert.equal(embedded(contact, 'leads')[0]!.id, 501001)

  const back = [{ to_entity_id: 501001, to_entity_type: 'leads' }]
  assert.equal((await api('POST', '/contacts/601002/unlink', back)).status, 204)
  assert.deepEqual(await links('/leads/501001/links'), [
    { to_entity_id: 601001, to_entity_type: 'contacts', metadata: { main_contact: true } },
  ])
  assert.deepEqual(await links('/contacts/601002/links'), [])
  assert.equal((await api('GET', '/leads/7/links')).status, 404)
})
