import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeForm } from './form.ts'

test('a tree becomes a form as PHP writes it', () => {
  const form = encodeForm({
    leads: { add: [{ id: 5, name: 'A b*', price: '', closed: true, none: null, tags: [] }] },
  })
  assert.equal(
    form,
    [
      'leads%5Badd%5D%5B0%5D%5Bid%5D=5',
      'leads%5Badd%5D%5B0%5D%5Bname%5D=A+b%2A',
      'leads%5Badd%5D%5B0%5D%5Bprice%5D=',
      'leads%5Badd%5D%5B0%5D%5Bclosed%5D=1',
    ].join('&'),
  )
})

test('half a pair of a sign is written as the sign for what is none', () => {
  assert.equal(encodeForm({ name: 'half \ud800' }), 'name=half+%EF%BF%BD')
})
