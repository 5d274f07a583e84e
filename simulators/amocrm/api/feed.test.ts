import assert from 'node:assert/strict'
import { test } from 'node:test'
import { embedded, startForTest } from '../testing.ts'

test('notes are added to a lead and a contact, listed, filtered and changed', async (t) => {
  const { api, journal } = await startForTest(t)
  await api('POST', '/leads/complex', [{ _embedded: { contacts: [{ name: 'A' }] } }])
  const common = { note_type: 'common', params: { text: 'hello' } }
  const added = await api('POST', '/leads/501001/notes', [{ ...common, request_id: 'n', created_by: 0 }])
  const [written] = embedded(added.body, 'notes')
  assert.deepEqual([written!.id, written!.entity_id, written!.request_id], [701001, 501001, 'n'])
  const many = await api('POST', '/contacts/notes', [{ ...common, entity_id: 601001 }])
  assert.equal(embedded(many.body, 'notes')[0]!.id, 701002)
  const service = { note_type: 'extended_service_message', params: { service: 'bot', text: 'long' } }
  assert.equal((await api('POST', '/leads/notes', [{ ...service, entity_id: 501001 }])).status, 200)

  const ids = async (path: string) => embedded((await api('GET', path)).body, 'notes').map((note) => note.id)
  assert.deepEqual(await ids('/leads/501001/notes'), [701001, 701003])
  assert.deepEqual(await ids('/leads/notes?filter[note_type][]=common'), [701001])
  assert.deepEqual(await ids('/contacts/601001/notes'), [701002])
  assert.equal((await api('GET', '/leads/notes?filter[entity_id][]=7')).status, 204)

  assert.equal((await api('PATCH', '/leads/notes/701001', { params: { text: 'new' } })).body.id, 701001)
  await api('PATCH', '/leads/notes', [{ id: 701003, params: { service: 'bot', text: 'newer' } }])
  const note = (await api('GET', '/leads/notes/701001')).body
  assert.deepEqual([note.params!.text, note.created_by, note.note_type], ['new', 0, 'common'])
  assert.equal((await api('GET', '/leads/notes/701002')).status, 204)
  assert.equal((await journal('note')).filter((entry) => entry.leadId === 501001).length, 4)
})

test('a note needs an entity, a known type and its params', async (t) => {
  const { api } = await startForTest(t)
  await api('POST', '/leads', [{ name: 'A' }])
  const pathOf = async (path: string, note: object) =>
    (await api('POST', path, [note])).body['validation-errors']![0]!.errors![0]!.path
  assert.equal(await pathOf('/leads/501001/notes', { note_type: 'common', params: {} }), 'params.text')
  assert.equal(await pathOf('/leads/501001/notes', { note_type: 'poem', params: {} }), 'note_type')
  const text = { note_type: 'common', params: { text: 'x' } }
  assert.equal(await pathOf('/leads/notes', text), 'entity_id')
  assert.equal(await pathOf('/leads/notes', { ...text, entity_id: 7 }), 'entity_id')
  assert.equal((await api('POST', '/leads/7/notes', [text])).status, 404)
})

test('a task is added, shows as the closest one of its lead, and is closed', async (t) => {
  const { api } = await startForTest(t)
  await api('POST', '/leads', [{ name: 'A' }])
  const task = { text: 'Call', complete_till: 1_800_000_000, entity_id: 501001, entity_type: 'leads' }
  const added = await api('POST', '/tasks', [{ ...task, task_type_id: 2, request_id: 't' }])
  assert.equal(embedded(added.body, 'tasks')[0]!.request_id, 't')
  assert.equal((await api('GET', '/leads/501001')).body.closest_task_at, 1_800_000_000)
  const open = '/tasks?filter[entity_type]=leads&filter[entity_id][]=501001&filter[is_completed]=0'
  const [shown] = embedded((await api('GET', open)).body, 'tasks')
  assert.deepEqual([shown!.task_type_id, shown!.is_completed, shown!.result], [2, false, []])

  const closed = await api('PATCH', '/tasks/801001', { is_completed: true, result: { text: 'done' } })
  assert.equal(closed.body.id, 801001)
  assert.equal((await api('GET', open)).status, 204)
  assert.deepEqual((await api('GET', '/tasks/801001')).body.result, { text: 'done' })
  assert.equal((await api('GET', '/leads/501001')).body.closest_task_at, null)
  assert.equal((await api('PATCH', '/tasks', [{ id: 801001, text: 'Again' }])).status, 200)

  const errors = async (body: object) =>
    (await api('POST', '/tasks', [body])).body['validation-errors']![0]!.errors![0]!
  assert.equal((await errors({ text: 'x' })).code, 'RequiredFilled')
  assert.equal((await errors({ ...task, entity_id: 7 })).path, 'entity_id')
  assert.equal((await api('GET', '/tasks/7')).status, 204)
})
