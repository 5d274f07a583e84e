import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { silence } from './silence.ts'

const violationsOf = (tell: ReturnType<typeof tellStory>) => silence.check(tell.observed).violations

test('a message after an opt-out is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'не пишите мне больше')
  tell.sends(26, 'Хорошо, больше не пишу.')
  assert.match(violationsOf(tell)[0]!.what, /6.0 s after/)
})

test('a message that was under way is fine', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(20, 'stop')
  tell.sends(21, 'Вот ответ')
  assert.deepEqual(violationsOf(tell), [])
})

test('silence begins when the opt-out could be heard', () => {
  const story = (catchUpAt: number) => {
    const tell = tellStory()
    tell.usual()
    tell.says(20, 'stop')
    tell.telegram(20, 'fault', { update: 'updateNewMessage', drop: true })
    tell.telegram(catchUpAt, 'rpc', { method: 'messages.getHistory', ok: true })
    tell.sends(40, 'Вот ответ')
    return tell
  }
  assert.deepEqual(violationsOf(story(50)), [])
  assert.equal(violationsOf(story(30)).length, 1)
})

test('an opt-out said while the API was away counts from when it asked for what it missed', () => {
  const tell = tellStory()
  tell.usual()
  const { at } = tell.says(20, 'stop')
  tell.observed.outages.push({
    part: 'api',
    why: 'kill -9',
    from: Date.parse(at) - 2000,
    to: Date.parse(at) + 4000,
  })
  tell.telegram(26, 'rpc', { method: 'updates.getDifference', ok: true })
  tell.sends(28, 'Вот ответ')
  assert.deepEqual(violationsOf(tell), [])
  tell.sends(32, 'И ещё')
  assert.deepEqual(violationsOf(tell)[0]?.where.slice(1), [
    `telegram#${tell.observed.journals.telegram.at(-1)!.n}`,
  ])
})

test("a message after the human's own words, and after a hand-over, is found", () => {
  const human = tellStory()
  human.usual()
  human.human(20, 'Это Анна лично')
  human.sends(26, 'Вот ответ')
  assert.equal(violationsOf(human).length, 1)

  const handed = tellStory()
  handed.usual()
  handed.thinks(22, 'Передаю коллеге', { action: 'handoff' })
  handed.sends(24, 'Передаю коллеге')
  assert.deepEqual(violationsOf(handed), [])
  handed.sends(26, 'Вот ответ')
  assert.equal(violationsOf(handed).length, 1)
})
