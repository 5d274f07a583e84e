import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { nothingUnexpected } from './nothing-unexpected.ts'

test('a method that the service does not have is found', () => {
  const tell = tellStory()
  tell.telegram(1, 'unexpected', { method: 'messages.sendReaction' })
  assert.deepEqual(nothingUnexpected.check(tell.observed).violations[0]?.where, ['telegram#1'])
})
