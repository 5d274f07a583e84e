import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { readable, UnreadableEvent } from './unreadable-event.ts'

const reasonOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    assert.ok(error instanceof UnreadableEvent)
    return error.message
  }
  return assert.fail('it was read')
}

test('why an event cannot be read is one line for people, never raw JSON', () => {
  const shape = z.object({ a: z.int(), b: z.string(), c: z.object({ d: z.boolean() }), e: z.string() })
  const reason = reasonOf(() => readable(() => shape.parse({ a: 'x', c: { d: 1 } })))
  assert.match(reason, /^a: .+; b: .+; c\.d: .+; 1 more$/)
  assert.doesNotMatch(reason, /[\n{}[\]]/)
  assert.match(
    reasonOf(() => readable(() => z.string().parse(1))),
    /^\(all of it\): /,
  )
  assert.doesNotMatch(
    reasonOf(() => readable(() => JSON.parse('{\n"a":\n'))),
    /\n/,
  )
})
