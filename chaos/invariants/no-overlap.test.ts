import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { noOverlap } from './no-overlap.ts'

test('two meetings at one time are found, also when one was removed later', () => {
  const tell = tellStory()
  tell.books(1, 12)
  tell.books(2, 12, { id: 'event2', name: 'Emily N2' })
  tell.books(9, 12, { id: 'event2', kind: 'event.delete' })
  assert.deepEqual(noOverlap.check(tell.observed).violations[0]?.where, ['google#1', 'google#2'])
})

test('a time that was freed may be given again, and a meeting does not overlap with where it was', () => {
  const tell = tellStory()
  tell.books(1, 12)
  tell.books(2, 13, { kind: 'event.patch' })
  tell.books(3, 12, { id: 'event2', name: 'Emily N2' })
  tell.books(4, 13, { kind: 'event.delete' })
  tell.books(5, 13, { id: 'event3', name: 'Emily N3' })
  assert.deepEqual(noOverlap.check(tell.observed).violations, [])
})
