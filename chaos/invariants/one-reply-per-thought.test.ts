import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { oneReplyPerThought } from './one-reply-per-thought.ts'

const violationsOf = (tell: ReturnType<typeof tellStory>) =>
  oneReplyPerThought.check(tell.observed).violations

test('a burst with one answer is fine; two answers to the same words are found', () => {
  const tell = tellStory()
  tell.usual()
  for (const [second, text] of [
    [20, 'a'],
    [21, 'b'],
    [22, 'c'],
  ] as const)
    tell.says(second, text)
  tell.thinks(25, 'an answer', { newMessages: ['a', 'b', 'c'] })
  tell.sends(28, 'an answer')
  assert.deepEqual(violationsOf(tell), [])
  tell.thinks(29, 'another answer', { newMessages: ['a', 'b', 'c'] })
  tell.sends(31, 'another answer')
  assert.match(violationsOf(tell)[0]!.what, /2 answers to "c"/)
})

test('more of ours in a row than the person said is found even when no thought is known', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'a')
  tell.sends(24, 'standby text')
  assert.deepEqual(violationsOf(tell), [])
  tell.sends(25, 'another standby text')
  assert.match(violationsOf(tell)[0]!.what, /2 messages after 1/)
})

test('two first messages are found', () => {
  const tell = tellStory()
  tell.thinks(1, 'Здравствуйте!', { kind: 'first_touch' })
  tell.sends(2, 'Здравствуйте!')
  tell.sends(3, 'Добрый день!')
  assert.equal(violationsOf(tell).length, 1)
})

test('words that crossed with an answer get their own', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'a')
  tell.thinks(23, 'to a', { newMessages: ['a'] })
  tell.says(24, 'b')
  tell.sends(25, 'to a')
  tell.thinks(28, 'to b', { newMessages: ['b'] })
  tell.sends(30, 'to b')
  assert.deepEqual(violationsOf(tell), [])
})

test('a reply thought without words heard well before is found, unless they could not be heard', () => {
  const story = () => {
    const tell = tellStory()
    tell.usual()
    tell.says(20, 'a')
    return tell
  }
  const rest = (tell: ReturnType<typeof tellStory>) => {
    tell.says(22, 'wait')
    tell.thinks(27, 'to a', { newMessages: ['a'] })
    tell.sends(29, 'to a')
    tell.thinks(33, 'to wait', { newMessages: ['wait'] })
    tell.sends(35, 'to wait')
  }
  const heard = story()
  rest(heard)
  assert.match(violationsOf(heard)[0]!.what, /without "wait"/)

  const cut = story()
  cut.telegram(21, 'connection', { what: 'close' })
  rest(cut)
  assert.deepEqual(violationsOf(cut), [])
})

test('the same words thought twice are taken for the thought that knew all', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'Третий вариант')
  tell.says(21, 'Нет, второй')
  tell.thinks(30, 'Не вышло, вот другое', { newMessages: ['Третий вариант'] })
  tell.sends(40, 'Не вышло, вот другое')
  assert.equal(violationsOf(tell).length, 1)
  const again = tellStory()
  again.usual()
  again.says(20, 'Третий вариант')
  again.says(21, 'Нет, второй')
  again.thinks(30, 'Не вышло, вот другое', { newMessages: ['Третий вариант'] })
  again.thinks(35, 'Не вышло, вот другое', { newMessages: ['Третий вариант', 'Нет, второй'] })
  again.sends(40, 'Не вышло, вот другое')
  assert.deepEqual(violationsOf(again), [])
})

test('the same words as a discarded thought answer what the person said since', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'Второй вариант')
  tell.thinks(23, 'Когда удобно?', { newMessages: ['Второй вариант'] })
  tell.thinks(24, 'Когда удобно?', { newMessages: ['Второй вариант'] })
  tell.sends(26, 'Когда удобно?')
  tell.says(30, 'Когда вы свободны?')
  tell.thinks(33, 'Когда удобно?', { newMessages: ['Когда вы свободны?'] })
  tell.sends(36, 'Когда удобно?')
  assert.deepEqual(violationsOf(tell), [])
  tell.sends(37, 'Когда удобно?')
  assert.ok(violationsOf(tell).length > 0, 'said once more')
})
