import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Json, embedded, rows, startForTest } from '../testing.ts'

test('a lead is added, read, changed, filtered and paged', async (t) => {
  const { api } = await startForTest(t)
  assert.equal((await api('GET', '/leads')).status, 204)
  assert.equal((await api('GET', '/leads/501001')).status, 204)

  const added = await api('POST', '/leads', [
    {
      name: 'One',
      price: 100,
      request_id: 'a',
      custom_fields_values: [{ field_code: 'NEED', values: [{ value: 'x' }] }],
    },
    { name: 'Two', created_at: 1_600_000_000, tags_to_add: [{ name: 'vip' }] },
  ])
  assert.equal(added.status, 200)
  assert.match(added.type, /^application\/hal\+json/)
  assert.deepEqual(
    embedded(added.body, 'leads').map((lead) => [lead.id, lead.request_id, Object.keys(lead).length]),
    [
      [501001, 'a', 3],
      [501002, '1', 3],
    ],
  )

  const one = (await api('GET', '/leads/501001')).body
  assert.equal(one.status_id, 3002)
  assert.equal(one.price, 100)
  assert.deepEqual(one.custom_fields_values, [
    { field_id: 803, field_name: 'Need', field_code: 'NEED', field_type: 'text', values: [{ value: 'x' }] },
  ])
  assert.equal(one['_embedded']!.contacts, undefined)
  assert.equal((await api('GET', '/leads/501002')).body.custom_fields_values, null)

  const old = await api('GET', '/leads?filter[created_at][from]=1500000000&filter[created_at][to]=1700000000')
  assert.deepEqual(ids(old.body), [501002])
  assert.deepEqual(ids((await api('GET', '/leads?filter[id][]=501001&filter[id][]=7')).body), [501001])
  assert.deepEqual(ids((await api('GET', '/leads?query=tw')).body), [501002])
  assert.deepEqual(ids((await api('GET', '/leads?order[created_at]=asc')).body), [501002, 501001])
  assert.deepEqual(ids((await api('GET', '/leads?filter[custom_fields_values][803][]=x')).body), [501001])
  const statuses = '/leads?filter[statuses][0][pipeline_id]=3000&filter[statuses][0][status_id]='
  assert.deepEqual(ids((await api('GET', `${statuses}3002`)).body), [501001, 501002])
  assert.equal((await api('GET', `${statuses}3003`)).status, 204)

  const page = (await api('GET', '/leads?limit=1')).body
  assert.deepEqual(ids(page), [501001])
  const next = new URL(String(page['_links']!.next!.href))
  const last = (await api('GET', next.pathname.replace('/api/v4', '') + next.search)).body
  assert.deepEqual(ids(last), [501002])
  assert.equal(last['_links']!.next, undefined)
})

test('closing sets closed_at and keeps the loss reason only for a lost lead', async (t) => {
  const { api, journal } = await startForTest(t)
  await api('POST', '/leads', [{ name: 'One' }])
  const lost = { status_id: 143, pipeline_id: 3000, loss_reason_id: 6002 }
  const patched = await api('PATCH', '/leads/501001', lost)
  assert.deepEqual(Object.keys(patched.body), ['id', 'updated_at', '_links'])
  const closed = (await api('GET', '/leads/501001?with=loss_reason')).body
  assert.equal(closed.loss_reason_id, 6002)
  assert.equal(embedded(closed, 'loss_reason')[0]!.name, 'No answer')
  assert.ok(Number(closed.closed_at) > 1_600_000_000)

  await api('PATCH', '/leads', [{ id: 501001, status_id: 3003 }])
  const open = (await api('GET', '/leads/501001')).body
  assert.equal(open.closed_at, null)
  assert.equal(open.loss_reason_id, null)
  const moves = await journal('status')
  assert.deepEqual(
    moves.map(({ leadId, from, to, by }) => ({ leadId, from, to, by })),
    [
      { leadId: 501001, from: 3002, to: 143, by: 9000001 },
      { leadId: 501001, from: 143, to: 3003, by: 9000001 },
    ],
  )
})

test('tags are replaced, added and removed', async (t) => {
  const { api } = await startForTest(t)
  await api('POST', '/leads', [{ _embedded: { tags: [{ name: 'a' }, { name: 'b' }] } }])
  const tags = async () => embedded((await api('GET', '/leads/501001')).body, 'tags').map((tag) => tag.name)
  assert.deepEqual(await tags(), ['a', 'b'])
  await api('PATCH', '/leads/501001', { tags_to_add: [{ name: 'c' }], tags_to_delete: [{ name: 'a' }] })
  assert.deepEqual(await tags(), ['b', 'c'])
  await api('PATCH', '/leads/501001', { _embedded: { tags: [{ name: 'd' }] } })
  assert.deepEqual(await tags(), ['d'])
})

test('a complex lead comes with its contact', async (t) => {
  const { api } = await startForTest(t)
  const phone = { field_code: 'PHONE', values: [{ value: '+79990001122', enum_code: 'MOB' }] }
  const added = await api('POST', '/leads/complex', [
    { name: 'Form', _embedded: { contacts: [{ first_name: 'Ivan', custom_fields_values: [phone] }] } },
  ])
  assert.deepEqual(added.body, [
    { id: 501001, contact_id: 601001, company_id: null, request_id: ['0'], merged: false },
  ])
  const lead = (await api('GET', '/leads/501001?with=contacts')).body
  assert.equal(embedded(lead, 'contacts')[0]!.id, 601001)
  assert.equal(embedded(lead, 'contacts')[0]!.is_main, true)
})

test('bad bodies are refused as a whole and name the item and the field', async (t) => {
  const { api } = await startForTest(t)
  const errorsOf = async (method: string, path: string, body: unknown) => {
    const answer = await api(method, path, body)
    assert.equal(answer.status, 400)
    assert.match(answer.type, /^application\/problem\+json/)
    return rows(answer.body['validation-errors']).map((one) => [
      one.request_id,
      one.errors![0]!.code,
      one.errors![0]!.path,
    ])
  }
  const unknownField = [{ field_id: 1, values: [{ value: 'x' }] }]
  assert.deepEqual(
    await errorsOf('POST', '/leads', [
      { name: 'ok' },
      { request_id: 'r', custom_fields_values: unknownField },
    ]),
    [['r', 'NotSupportedChoice', 'custom_fields_values.0.field_id']],
  )
  assert.equal((await api('GET', '/leads')).status, 204)
  assert.deepEqual(await errorsOf('POST', '/leads', { name: 'x' }), [['0', 'InvalidType', '']])
  assert.deepEqual(await errorsOf('POST', '/leads', [{ price: 'x' }]), [['0', 'InvalidType', 'price']])
  assert.deepEqual(await errorsOf('POST', '/leads', [{ nmae: 'x' }]), [['0', 'NotExpected', 'nmae']])
  assert.deepEqual(await errorsOf('POST', '/leads', [{ status_id: 5 }]), [
    ['0', 'NotSupportedChoice', 'status_id'],
  ])
  assert.deepEqual(await errorsOf('PATCH', '/leads', [{ id: 5, name: 'x' }]), [
    ['0', 'NotSupportedChoice', 'id'],
  ])
  assert.deepEqual(await errorsOf('PATCH', '/leads', [{ name: 'x' }]), [['0', 'RequiredFilled', 'id']])
  assert.deepEqual(await errorsOf('POST', '/leads', []), [])
  assert.equal((await api('PATCH', '/leads/7', { name: 'x' })).status, 404)
  const many = Array.from({ length: 251 }, () => ({ name: 'x' }))
  assert.equal((await api('POST', '/leads', many)).status, 422)
  await api('POST', '/leads', [{ name: 'One' }])
  assert.deepEqual(await errorsOf('PATCH', '/leads/501001', [{ name: 'x' }]), [['0', 'InvalidType', '']])
})

const ids = (body: Json) => embedded(body, 'leads').map((lead) => lead.id)
