import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedded, startForTest } from '../testing.ts'

test('account and users answer what was asked for with "with"', async (t) => {
  const { api } = await startForTest(t, { subdomain: 'acme' })
  const plain = (await api('GET', '/account')).body
  assert.deepEqual([plain.id, plain.subdomain, plain.current_user_id], [31000001, 'acme', 9000001])
  assert.equal(plain.amojo_id, undefined)
  assert.deepEqual(plain['_embedded'], {})
  const full = (await api('GET', '/account?with=amojo_id,task_types,datetime_settings,users_groups')).body
  assert.match(String(full.amojo_id), /^[0-9a-f-]{36}$/)
  assert.deepEqual(
    embedded(full, 'task_types').map((type) => type.id),
    [1, 2],
  )
  assert.equal(full['_embedded']!.datetime_settings!.timezone, 'Europe/Moscow')
  assert.equal(full['_embedded']!.datetime_settings!.timezone_offset, '+03:00')
  const users = (await api('GET', '/users?with=amojo_id')).body
  assert.equal(users['_total_items'], 3)
  assert.ok(embedded(users, 'users').every((user) => user.amojo_id))
  assert.equal((await api('GET', '/users/9000002')).body.name, 'Maria Manager')
})

test('the pipeline has its stages in both languages', async (t) => {
  const { api } = await startForTest(t)
  const [pipeline] = embedded((await api('GET', '/leads/pipelines')).body, 'pipelines')
  assert.deepEqual([pipeline!.id, pipeline!.name, pipeline!.is_main], [3000, 'Sales', true])
  const statuses = embedded(pipeline!, 'statuses')
  assert.deepEqual(
    statuses.map((status) => [status.id, status.type]),
    [
      [3001, 1],
      [3002, 0],
      [3003, 0],
      [3004, 0],
      [3005, 0],
      [3006, 0],
      [142, 0],
      [143, 0],
    ],
  )
  assert.deepEqual(embedded((await api('GET', '/leads/pipelines/3000/statuses')).body, 'statuses'), statuses)
  assert.deepEqual((await api('GET', '/leads/pipelines/3000/statuses/142')).body, statuses[6])
  assert.deepEqual((await api('GET', '/leads/pipelines/3000')).body, pipeline)

  const russian = await startForTest(t, { lang: 'ru' })
  const names = embedded((await russian.api('GET', '/leads/pipelines/3000/statuses')).body, 'statuses')
  assert.equal(names[4]!.name, 'Встреча назначена')
})

test('fields, loss reasons, the unsorted list and events', async (t) => {
  const { api } = await startForTest(t)
  const codes = async (entity: string) =>
    embedded((await api('GET', `/${entity}/custom_fields`)).body, 'custom_fields').map((field) => field.code)
  assert.deepEqual(await codes('contacts'), ['PHONE', 'EMAIL', 'TELEGRAM'])
  assert.deepEqual((await codes('leads')).slice(0, 3), ['MEETING_AT', 'MEETING_LINK', 'NEED'])
  const phone = (await api('GET', '/contacts/custom_fields/701')).body
  assert.deepEqual([phone.type, phone.enums![2]!.code, phone.enums![2]!.value], ['multitext', 'MOB', 'MOB'])
  assert.equal((await api('GET', '/leads/custom_fields/701')).status, 204)
  assert.equal(embedded((await api('GET', '/leads/loss_reasons')).body, 'loss_reasons')[0]!.id, 6001)
  assert.equal((await api('GET', '/leads/unsorted')).status, 204)

  assert.equal((await api('GET', '/events?filter[type][]=lead_added')).status, 204)
  await api('POST', '/leads', [{ name: 'A', status_id: 3002 }])
  await api('PATCH', '/leads/501001', { status_id: 3004 })
  const added = embedded((await api('GET', '/events?filter[type][]=lead_added')).body, 'events')
  assert.deepEqual(
    added.map((event) => [event.type, event.entity_id, event.entity_type]),
    [['lead_added', 501001, 'lead']],
  )
  const [moved] = embedded((await api('GET', '/events?filter[type][]=lead_status_changed')).body, 'events')
  assert.deepEqual(moved!.value_after, [{ lead_status: { id: 3004, pipeline_id: 3000 } }])
})
