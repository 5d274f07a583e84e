import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startForTest, startReceiver } from '../testing.ts'

async function startSubscribed(
  t: TestContext,
  settings: string[],
  answer?: (n: number) => number | undefined,
) {
  const receiver = await startReceiver(t, answer)
  const simulator = await startForTest(t)
  const subscribed = await simulator.api('POST', '/webhooks', { destination: receiver.url, settings })
  assert.equal(subscribed.status, 201)
  return { ...simulator, receiver }
}

test('a new lead is told as the service writes it', async (t) => {
  const { api, sim, receiver } = await startSubscribed(t, ['add_lead', 'add_contact'])
  await api('POST', '/leads/custom_fields', [
    { name: 'Day', type: 'date' },
    { name: 'Size', type: 'radiobutton', enums: [{ value: 'XL' }] },
    { name: 'Agreed', type: 'checkbox' },
    { name: 'Born', type: 'birthday' },
  ])
  await api('POST', '/leads', [
    {
      name: 'Заявка с сайта',
      created_by: 0,
      tags_to_add: [{ name: 'site' }],
      custom_fields_values: [
        { field_code: 'NEED', values: [{ value: 'a & b' }] },
        { field_id: 1001, values: [{ value: 1634601600 }] },
        { field_id: 1002, values: [{ value: 'XL' }] },
        { field_id: 1003, values: [{ value: true }] },
        { field_id: 1004, values: [{ value: 316472400 }] },
      ],
    },
  ])
  const [hook] = await receiver.until(1)
  assert.equal(hook!.type, 'application/x-www-form-urlencoded')
  assert.match(
    hook!.raw,
    /^account%5Bsubdomain%5D=demo&account%5Bid%5D=31000001&account%5B_links%5D%5Bself%5D=https/,
  )
  assert.match(hook!.raw, /name%5D=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0\+%D1%81\+/)
  const lead = inner(hook!.form, 'leads[add][0]')
  const at = lead['[created_at]']
  assert.match(at!, /^\d{10}$/)
  assert.deepEqual(lead, {
    '[id]': '501001',
    '[name]': 'Заявка с сайта',
    '[status_id]': '3002',
    '[price]': '0',
    '[responsible_user_id]': '9000001',
    '[last_modified]': at,
    '[modified_user_id]': '0',
    '[created_user_id]': '0',
    '[date_create]': at,
    '[pipeline_id]': '3000',
    '[tags][0][id]': '901001',
    '[tags][0][name]': 'site',
    '[account_id]': '31000001',
    '[custom_fields][0][id]': '803',
    '[custom_fields][0][name]': 'Need',
    '[custom_fields][0][values][0][value]': 'a & b',
    '[custom_fields][0][code]': 'NEED',
    '[custom_fields][1][id]': '1001',
    '[custom_fields][1][name]': 'Day',
    '[custom_fields][1][values][0]': '1634590800',
    '[custom_fields][2][id]': '1002',
    '[custom_fields][2][name]': 'Size',
    '[custom_fields][2][values][value]': 'XL',
    '[custom_fields][2][values][enum]': '20001',
    '[custom_fields][3][id]': '1003',
    '[custom_fields][3][name]': 'Agreed',
    '[custom_fields][3][values][0][value]': '1',
    '[custom_fields][4][id]': '1004',
    '[custom_fields][4][name]': 'Born',
    '[custom_fields][4][values][0][value]': '12.01.1980',
    '[created_at]': at,
    '[updated_at]': at,
  })

  await sim('POST', '/leads', { contact: { name: 'Ivan', phone: '+79990001122' } })
  const hooks = await receiver.until(3)
  const contact = hooks.map((one) => inner(one.form, 'contacts[add][0]')).find((one) => one['[id]'])!
  assert.equal(contact['[type]'], 'contact')
  assert.equal(contact['[custom_fields][0][values][0][value]'], '+79990001122')
  assert.equal(contact['[custom_fields][0][values][0][enum]'], '7010')
  assert.equal(contact['[custom_fields][0][code]'], 'PHONE')
})

test('what a human does on the board is told with that human', async (t) => {
  const events = [
    'update_lead',
    'status_lead',
    'responsible_lead',
    'note_lead',
    'delete_lead',
    'restore_lead',
  ]
  const { sim, receiver } = await startSubscribed(t, events)
  const { leadId } = (await sim('POST', '/leads', { contact: { name: 'Ivan' } })).body
  await sim('POST', `/leads/${leadId}/move`, { statusId: 3004 })
  await receiver.until(2)
  const status = receiver.received
    .map((one) => inner(one.form, 'leads[status][0]'))
    .find((one) => one['[id]'])!
  assert.deepEqual(
    [status['[status_id]'], status['[old_status_id]'], status['[modified_user_id]']],
    ['3004', '3002', '9000002'],
  )
  await sim('POST', `/leads/${leadId}/responsible`, { userId: 9000003 })
  await receiver.until(4)
  const handed = receiver.received
    .map((one) => inner(one.form, 'leads[responsible][0]'))
    .find((one) => one['[id]'])!
  assert.deepEqual(
    [handed['[responsible_user_id]'], handed['[old_responsible_user_id]']],
    ['9000003', '9000002'],
  )

  await sim('POST', `/leads/${leadId}/note`, { text: 'I take over' })
  const note = inner((await receiver.until(5))[4]!.form, 'leads[note][0][note]')
  assert.deepEqual([note['[text]'], note['[note_type]'], note['[element_type]']], ['I take over', '4', '2'])
  assert.equal(note['[created_by]'], '9000002')
  assert.deepEqual(JSON.parse(note['[metadata]']!), {
    event_source: { id: 9000002, author_name: 'Maria Manager', type: 1 },
  })
  const shown = new Date((Number(note['[created_at]']) + 3 * 3600) * 1000).toISOString()
  assert.equal(note['[date_create]'], shown.slice(0, 19).replace('T', ' '))

  await sim('POST', `/leads/${leadId}/delete`)
  const gone = inner((await receiver.until(6))[5]!.form, 'leads[delete][0]')
  assert.deepEqual(gone, { '[id]': String(leadId), '[status_id]': '3004', '[pipeline_id]': '3000' })
  await sim('POST', `/leads/${leadId}/restore`)
  assert.equal((await receiver.until(7))[6]!.form['leads[restore][0][id]'], String(leadId))
})

test('tasks and contact changes are told, also for own writes', async (t) => {
  const { api, receiver } = await startSubscribed(t, [
    'add_task',
    'update_task',
    'update_contact',
    'note_contact',
  ])
  await api('POST', '/leads/complex', [{ _embedded: { contacts: [{ name: 'A' }] } }])
  await api('POST', '/tasks', [
    { text: 'Call', complete_till: 1800000000, entity_id: 501001, entity_type: 'leads' },
  ])
  const task = inner((await receiver.until(1))[0]!.form, 'task[add][0]')
  assert.deepEqual([task['[element_id]'], task['[element_type]'], task['[status]']], ['501001', '2', '0'])
  assert.deepEqual(
    [task['[complete_before]'], task['[complete_till]']],
    ['1800000000', '2027-01-15 08:00:00'],
  )
  await api('PATCH', '/tasks/801001', { is_completed: true, result: { text: 'ok' } })
  const done = inner((await receiver.until(2))[1]!.form, 'task[update][0]')
  assert.deepEqual([done['[status]'], done['[result][text]']], ['1', 'ok'])
  await api('PATCH', '/contacts/601001', { name: 'B' })
  const contact = inner((await receiver.until(3))[2]!.form, 'contacts[update][0]')
  assert.deepEqual([contact['[name]'], contact['[linked_leads_id][501001][ID]']], ['B', '501001'])
  await api('POST', '/contacts/601001/notes', [{ note_type: 'common', params: { text: 'hi' } }])
  const note = (await receiver.until(4))[3]!.form
  assert.deepEqual(
    [note['contacts[note][0][note][element_type]'], note['contacts[note][0][type]']],
    ['1', 'contact'],
  )
})

test('a hook can be dropped, duplicated and delayed', async (t) => {
  const { api, sim, receiver, journaled } = await startSubscribed(t, ['add_lead'])
  const rule = (leadId: number, fault: object) => ({
    match: { kind: 'hook', event: 'add_lead', leadId },
    fault,
  })
  await sim('POST', '/faults', [
    rule(501001, { drop: true }),
    rule(501002, { duplicate: true }),
    rule(501003, { delayMs: 300 }),
  ])
  await api('POST', '/leads', [{}, {}, {}, {}])
  const hooks = await receiver.until(4)
  const ids = hooks.map((hook) => hook.form['leads[add][0][id]'])
  assert.deepEqual(ids.slice(0, 3).toSorted(), ['501002', '501002', '501004'])
  assert.equal(ids[3], '501003')
  const entries = await journaled('hook', 5)
  assert.deepEqual(
    entries.filter((entry) => entry.fault).map((entry) => entry.leadId),
    [501001],
  )
})

const inner = (form: Record<string, string>, prefix: string) =>
  Object.fromEntries(
    Object.entries(form)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  )
