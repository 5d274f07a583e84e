import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { onTheWire, hostileValue } from '../testing/hostile.ts'
import { readJson } from './parse-json.ts'
import { clip, errorText, NotStorable, storable, storableText } from './storable.ts'

const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...Object.values(value).flatMap(textsOf)]
      : []
const isStorable = (text: string) =>
  text.isWellFormed() && !text.includes('\0') && text === text.normalize('NFC')

test('whatever is read can be stored, and reading it again changes nothing', () => {
  fc.assert(
    fc.property(hostileValue, (value) => {
      const read = readJson(onTheWire(value))
      assert.ok(textsOf(read).every(isStorable))
      assert.deepEqual(storable(read), read)
    }),
    { seed: 11, numRuns: 500 },
  )
})

test('what is left out, replaced, and kept', () => {
  assert.equal(storableText('a\0b\ud800c и\u0306'), 'a\ufffdb\ufffdc й')
  assert.deepEqual(readJson('{"a\\u0000":1e309,"b":-0.5,"c":null,"__proto__":{"x":1}}'), {
    'a\ufffd': null,
    b: -0.5,
    c: null,
  })
  assert.equal(Object.getPrototypeOf(storable({ a: 1 })), Object.prototype)
  assert.deepEqual(storable({ constructor: 'x', toString: ['\0'] }), {
    constructor: 'x',
    toString: ['\ufffd'],
  })
})

test('too deep is cut or refused, and never overflows the stack', () => {
  let deep: unknown = 'x'
  for (let level = 0; level < 50_000; level++) deep = [deep]
  assert.throws(() => storable(deep, 'refuse'), NotStorable)
  assert.match(JSON.stringify(storable({ deep, good: 1 })), /null.*"good":1}$/)
  assert.throws(
    () =>
      storable(
        Array.from({ length: 500_001 }, () => 0),
        'refuse',
      ),
    NotStorable,
  )
})

test('a text is cut between characters', () => {
  assert.equal(clip('a😀b', 2), 'a')
  assert.equal(clip('a😀b', 3), 'a😀')
  assert.equal(errorText(new Error('\0'.repeat(5000))).length, 2000)
  assert.equal(errorText('\ud800'), '\ufffd')
})
