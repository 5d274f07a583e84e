import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { embedded, rows, startForTest } from '../testing.ts'

async function startWithFields(t: TestContext) {
  const simulator = await startForTest(t)
  const choices = [
    { value: 'Red', code: 'R' },
    { value: 'Blue', code: 'B' },
  ]
  const added = await simulator.api('POST', '/leads/custom_fields', [
    { name: 'Day', type: 'date', code: 'DAY' },
    { name: 'Color', type: 'select', code: 'COLOR', enums: choices },
    { name: 'Size', type: 'radiobutton', code: 'SIZE', enums: choices },
    { name: 'Agreed', type: 'checkbox', code: 'AGREED' },
    { name: 'Amount', type: 'numeric', code: 'AMOUNT' },
  ])
  assert.equal(added.status, 200)
  await simulator.api('POST', '/leads', [{ name: 'One' }])
  const write = (code: string, value: object | null) =>
    simulator.api('PATCH', '/leads/501001', {
      custom_fields_values: [{ field_code: code, values: value && [value] }],
    })
  const read = async (code: string) => {
    const fields = (await simulator.api('GET', '/leads/501001')).body.custom_fields_values
    return rows(fields).find((field) => String(field.field_code) === code)?.values?.[0]
  }
  return { ...simulator, write, read }
}

test('a date is cut to midnight of the account, a date with time is not', async (t) => {
  const { write, read } = await startWithFields(t)
  await write('DAY', { value: 1634601600 })
  assert.deepEqual(await read('DAY'), { value: 1634590800 })
  await write('DAY', { value: '2021-10-19T15:30:00+03:00' })
  assert.deepEqual(await read('DAY'), { value: 1634590800 })
  await write('MEETING_AT', { value: '2026-10-19T15:30:00+03:00' })
  assert.deepEqual(await read('MEETING_AT'), { value: 1792413000 })
})

test('a choice is written by id, code or value', async (t) => {
  const { write, read, api } = await startWithFields(t)
  const fields = embedded((await api('GET', '/leads/custom_fields')).body, 'custom_fields')
  const red = fields.find((field) => String(field.code) === 'COLOR')!.enums![0]!.id
  for (const value of [{ enum_id: red }, { enum_code: 'R' }, { value: 'Red' }]) {
    await write('COLOR', null)
    assert.equal(await read('COLOR'), undefined)
    assert.equal((await write('COLOR', value)).status, 200)
    assert.deepEqual(await read('COLOR'), { value: 'Red', enum_id: red, enum_code: 'R' })
  }
  const wrong = await write('COLOR', { value: 'Green' })
  assert.equal(wrong.body['validation-errors']![0]!.errors![0]!.path, 'custom_fields_values.0.values.0.value')
})

test('values of the wrong kind are refused', async (t) => {
  const { write, read } = await startWithFields(t)
  for (const [code, value] of [
    ['NEED', 5],
    ['AGREED', 'yes'],
    ['AMOUNT', 'many'],
    ['MEETING_AT', 'tomorrow'],
  ] as const) {
    assert.equal(
      (await write(code, { value })).body['validation-errors']![0]!.errors![0]!.code,
      'InvalidType',
    )
  }
  assert.equal((await write('AGREED', { value: true })).status, 200)
  assert.deepEqual(await read('AGREED'), { value: true })
  assert.equal((await write('AMOUNT', { value: 12.5 })).status, 200)
  assert.deepEqual(await read('AMOUNT'), { value: '12.5' })
  assert.equal(
    (await write('MISSING', { value: 'x' })).body['validation-errors']![0]!.errors![0]!.code,
    'NotSupportedChoice',
  )
})
