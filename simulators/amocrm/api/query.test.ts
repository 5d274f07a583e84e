import assert from 'node:assert/strict'
import { test } from 'node:test'
import { branch, inRange, leaf, list, parseQuery } from './query.ts'

test('bracket keys become a tree', () => {
  const query = parseQuery('filter[id][]=1&filter%5Bid%5D%5B%5D=2&filter[at][from]=5&with=a,b&limit=3')
  const filter = branch(query, 'filter')
  assert.deepEqual(list(filter, 'id'), ['1', '2'])
  assert.equal(leaf(query, 'with'), 'a,b')
  assert.equal(inRange(filter, 'at', 5), true)
  assert.equal(inRange(filter, 'at', 4), false)
  assert.equal(inRange(filter, 'at', null), false)
  assert.equal(inRange(filter, 'other', null), true)
})

test('dangerous and broken keys are skipped', () => {
  const query = parseQuery('a[__proto__][x]=1&constructor[x]=1&b[=1&c=2')
  assert.deepEqual(Object.keys(query), ['c'])
  assert.equal(({} as Record<string, unknown>).x, undefined)
})
