import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { inOrder } from './in-order.ts'

test('an answer that overtook another is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'a')
  tell.thinks(21, 'first', { newMessages: ['a'] })
  tell.says(22, 'b')
  tell.thinks(24, 'second', { newMessages: ['b'] })
  tell.sends(26, 'second')
  tell.sends(27, 'first')
  const { violations } = inOrder.check(tell.observed)
  assert.equal(violations.length, 1)
  assert.ok(violations[0]!.where.includes('llm#3') && violations[0]!.where.includes('llm#4'))
})

test('a first message after others is found', () => {
  const tell = tellStory()
  tell.says(0, 'a')
  tell.thinks(1, 'answer', { newMessages: ['a'] })
  tell.sends(2, 'answer')
  tell.thinks(3, 'Здравствуйте!', { kind: 'first_touch' })
  tell.sends(4, 'Здравствуйте!')
  assert.equal(inOrder.check(tell.observed).violations.length, 1)
})

test('a thought that had to be repeated after a crash is in order', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'a')
  tell.thinks(21, 'first', { newMessages: ['a'] })
  tell.thinks(23, 'first', { newMessages: ['a'] })
  tell.sends(26, 'first')
  assert.deepEqual(inOrder.check(tell.observed).violations, [])
})

test('words that reach the model in another order than they were said are found, once', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'a')
  tell.says(21, 'b')
  tell.thinks(24, 'an answer', { newMessages: ['b', 'a'] })
  tell.thinks(25, 'an answer', { newMessages: ['b', 'a'] })
  tell.sends(26, 'an answer')
  const { violations } = inOrder.check(tell.observed)
  assert.deepEqual(
    violations.map(({ what }) => what),
    ['Мария N1: "a" was understood after what was said later'],
  )
})
