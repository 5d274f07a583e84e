import assert from 'node:assert/strict'
import { test } from 'node:test'
import file from '../../cases/slots.json' with { type: 'json' }
import { findSlots } from './find-slots.ts'
import type { SlotInput } from './slot-input.ts'

for (const { id, title, input, expected } of file.cases) {
  test(`${id} ${title}`, () => {
    assert.deepEqual(findSlots(input as SlotInput), expected)
  })
}
