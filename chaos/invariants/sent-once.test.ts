import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { sentOnce } from './sent-once.ts'

test('the same random id twice is found, whatever the words', () => {
  const tell = tellStory()
  tell.sends(1, 'one', '5')
  tell.says(2, 'hm')
  tell.sends(3, 'two', '5')
  assert.deepEqual(sentOnce.check(tell.observed).violations[0]?.where, ['telegram#1', 'telegram#3'])
})

test('the same words twice in a row are found, and are fine after words of the person', () => {
  const tell = tellStory()
  tell.sends(1, 'Когда удобно?')
  tell.says(2, 'hm')
  tell.sends(3, 'Когда удобно?')
  assert.deepEqual(sentOnce.check(tell.observed).violations, [])
  tell.sends(4, 'Когда удобно?')
  assert.deepEqual(sentOnce.check(tell.observed).violations[0]?.where, ['telegram#3', 'telegram#4'])
})
