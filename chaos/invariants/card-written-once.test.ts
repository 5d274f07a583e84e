import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { cardWrittenOnce } from './card-written-once.ts'

test('a note or a task that shows twice is found', () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  tell.note(40, 'Предложили время')
  tell.task(41, 'Встреча: чт, 26 ноября, 15:00 по Москве')
  assert.deepEqual(
    cardWrittenOnce.check(tell.observed).violations.map(({ where }) => where.length),
    [2, 2],
  )
})

test('the same note is fine for two different thoughts, not for one that was repeated', () => {
  const tell = tellStory()
  tell.usual()
  tell.thinks(40, 'again', { newMessages: ['Теряем заявки'], note: 'Предложили время' })
  tell.note(41, 'Предложили время')
  assert.equal(cardWrittenOnce.check(tell.observed).violations.length, 1)
  tell.says(41.5, 'Теряем заявки')
  assert.deepEqual(cardWrittenOnce.check(tell.observed).violations, [], 'the same words were said twice')
  tell.note(41.7, 'Предложили время')
  assert.equal(cardWrittenOnce.check(tell.observed).violations.length, 1)
  tell.thinks(42, 'more', { newMessages: ['Другое'], note: 'Предложили время' })
  assert.deepEqual(cardWrittenOnce.check(tell.observed).violations, [])
})

test('a task that is closed is not one that shows twice', () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  tell.task(41, 'Встреча: чт, 26 ноября, 15:00 по Москве', true)
  assert.deepEqual(cardWrittenOnce.check(tell.observed).violations, [])
})
