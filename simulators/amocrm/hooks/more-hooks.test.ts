import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { embedded, startForTest, startReceiver } from '../testing.ts'

async function startSubscribed(t: TestContext, settings: string[]) {
  const receiver = await startReceiver(t)
  const simulator = await startForTest(t)
  await simulator.subscribe(receiver.url, settings)
  return { ...simulator, receiver }
}
const lead = { contact: { name: 'Ivan' } }

test('held hooks go out in one request, in reverse and with the account last', async (t) => {
  const { sim, api, receiver } = await startSubscribed(t, ['add_lead', 'status_lead', 'note_lead'])
  await sim('POST', '/hooks/style', { accountBlock: 'last' })
  await sim('POST', '/hooks/hold')
  await sim('POST', '/leads', lead)
  await sim('POST', '/leads', lead)
  await sim('POST', '/leads/501001/move', { statusId: 3004 })
  await sim('POST', '/leads/501001/note', { text: 'n' })
  assert.deepEqual((await sim('POST', '/hooks/release', { join: true })).body, { released: 4 })
  const [joined] = await receiver.until(1)
  assert.equal(joined!.form['leads[add][0][id]'], '501001')
  assert.equal(joined!.form['leads[add][1][id]'], '501002')
  assert.equal(joined!.form['leads[status][0][status_id]'], '3004')
  assert.equal(joined!.form['leads[note][0][note][text]'], 'n')
  assert.equal(joined!.pairs.at(-1)![0], 'account[_links][self]')

  await sim('POST', '/hooks/hold')
  await api('POST', '/leads', [{ name: 'C' }, { name: 'D' }])
  await sim('POST', '/hooks/release', { order: 'reverse' })
  const [, third, fourth] = await receiver.until(3)
  assert.deepEqual([third!.form['leads[add][0][name]'], fourth!.form['leads[add][0][name]']].toSorted(), [
    'C',
    'D',
  ])
})

test('an incoming lead is told as such; accepting it makes a lead, declining throws it away', async (t) => {
  const { sim, api, receiver, journaled } = await startSubscribed(t, [
    'add_unsorted',
    'delete_unsorted',
    'add_lead',
    'delete_lead',
  ])
  const added = await sim('POST', '/unsorted', {
    formName: 'Site',
    contact: { name: 'Ivan', phone: '+7999' },
  })
  const hook = (await receiver.until(1))[0]!.form
  assert.deepEqual(
    [hook['unsorted[add][0][lead_id]'], hook['unsorted[add][0][category]'], hook['unsorted[add][0][uid]']],
    ['501001', 'forms', String(added.body.uid)],
  )
  assert.equal(hook['unsorted[add][0][data][contacts][0][name]'], 'Ivan')
  assert.equal((await api('GET', '/leads/501001')).body.status_id, 3001)
  assert.equal(embedded((await api('GET', '/leads/unsorted')).body, 'unsorted').length, 1)

  const accepted = await api('POST', `/leads/unsorted/${String(added.body.uid)}/accept`, {
    user_id: 9000003,
    status_id: 3003,
  })
  assert.equal(embedded(accepted.body, 'leads')[0]!.id, 501001)
  const told = await receiver.until(3)
  const forms = told.map((one) => one.form)
  const settled = forms.find((form) => form['unsorted[delete][0][action]'])!
  assert.equal(settled['unsorted[delete][0][action]'], 'accept')
  assert.equal(settled['unsorted[delete][0][accept_result][leads][0]'], '501001')
  assert.ok(forms.some((form) => form['leads[add][0][status_id]'] === '3003'))
  assert.equal((await api('GET', '/leads/unsorted')).status, 204)

  const second = await api('POST', '/leads/unsorted/forms', [
    {
      source_uid: 's',
      source_name: 'n',
      metadata: { form_id: '1' },
      _embedded: { leads: [{ name: 'L' }], contacts: [{ name: 'B' }] },
    },
  ])
  const { uid } = embedded(second.body, 'unsorted')[0]!
  await api('DELETE', `/leads/unsorted/${String(uid)}/decline`, { user_id: 9000002 })
  await journaled('hook', 6)
  const last = receiver.received.slice(3).map((one) => one.form)
  assert.ok(last.some((form) => form['leads[delete][0][id]'] === '501002'))
  assert.ok(last.some((form) => form['unsorted[delete][0][decline_result][leads][0]'] === '501002'))
  assert.equal((await api('GET', '/leads?with=only_deleted')).status, 200)
  assert.equal((await api('POST', `/leads/unsorted/${String(uid)}/accept`, {})).status, 404)
})

test('contacts and tasks that are removed are told', async (t) => {
  const { sim, receiver } = await startSubscribed(t, ['delete_contact', 'restore_contact', 'delete_task'])
  await sim('POST', '/leads', lead)
  await sim('POST', '/contacts/601001/delete', { by: 9000003 })
  const gone = (await receiver.until(1))[0]!.form
  assert.deepEqual(
    [gone['contacts[delete][0][id]'], gone['contacts[delete][0][type]']],
    ['601001', 'contact'],
  )
  await sim('POST', '/contacts/601001/restore')
  assert.equal((await receiver.until(2))[1]!.form['contacts[restore][0][modified_user_id]'], '9000002')
  const { taskId } = (await sim('POST', '/leads/501001/task', { text: 'x', completeTill: 1_800_000_000 }))
    .body
  await sim('POST', `/tasks/${String(taskId)}/delete`)
  assert.equal((await receiver.until(3))[2]!.form['task[delete][0][element_id]'], '501001')
})

test('a stage of the digital pipeline tells ids only, four times at most, and is no subscription', async (t) => {
  const receiver = await startReceiver(t, () => 500)
  const { sim, api, journaled } = await startForTest(t)
  await sim('POST', '/hooks/pipeline', { destination: receiver.url, statusIds: [3004] })
  assert.equal((await api('GET', '/webhooks')).status, 204)
  await sim('POST', '/leads', lead)
  await sim('POST', '/leads/501001/move', { statusId: 3004 })
  await journaled('hook', 4)
  const { form } = receiver.received[0]!
  assert.deepEqual(Object.fromEntries(Object.entries(form).filter(([key]) => key.startsWith('leads'))), {
    'leads[status][0][id]': '501001',
    'leads[status][0][status_id]': '3004',
    'leads[status][0][pipeline_id]': '3000',
    'leads[status][0][old_status_id]': '3002',
  })
  assert.equal(receiver.received.length, 4)
})

test('the real waits between attempts pass with the clock that is moved', async (t) => {
  const receiver = await startReceiver(t, () => 503)
  const { sim, api, journaled, journal } = await startForTest(t, { retryScale: 1 })
  await api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  await sim('POST', '/leads', lead)
  await journaled('hook', 1)
  const waits = [5, 15, 15, 60]
  let ahead = 0
  for (const [index, minutes] of waits.entries()) {
    await sim('POST', '/clock', { aheadSeconds: ahead + minutes * 60 - 30 })
    assert.equal((await journal('hook')).length, index + 1)
    ahead += minutes * 60
    await sim('POST', '/clock', { aheadSeconds: ahead })
    await journaled('hook', index + 2)
  }
  await sim('POST', '/clock', { aheadSeconds: 10 * 3600 })
  assert.equal((await journal('hook')).length, 5)
})

test('bad answers of more than two hours ago do not count towards disabling', async (t) => {
  const receiver = await startReceiver(t, () => 404)
  const { sim, api, journaled } = await startForTest(t)
  await api('POST', '/webhooks', { destination: receiver.url, settings: ['add_lead'] })
  const add = (count: number) =>
    api(
      'POST',
      '/leads',
      Array.from({ length: count }, () => ({})),
    )
  const isDisabled = async () => embedded((await api('GET', '/webhooks')).body, 'webhooks')[0]!.disabled
  await add(33)
  await journaled('hook', 99)
  await sim('POST', '/clock', { aheadSeconds: 7201 })
  await add(1)
  await journaled('hook', 102)
  assert.equal(await isDisabled(), false)
  await add(33)
  await journaled('hook', 200)
  assert.equal(await isDisabled(), true)
})
