import assert from 'node:assert/strict'
import { test } from 'node:test'
import { texts } from '../../texts/index.ts'
import { tellStory } from '../testing/observed.ts'
import { nobodyGivenUp } from './nobody-given-up.ts'

test('a lead whom an outage left to a human is found; a task about a meeting is none of it', () => {
  const { task } = texts.ru
  for (const text of [
    task.answerFailed('n8n is away'),
    `${task.calendarAway} ${task.because('503')}`,
    'Telegram: FLOOD_WAIT_2',
  ]) {
    const tell = tellStory()
    tell.usual()
    tell.booked()
    assert.deepEqual(nobodyGivenUp.check(tell.observed).violations, [])
    tell.task(40, text)
    assert.equal(nobodyGivenUp.check(tell.observed).violations.length, 1, text)
  }
})

test('who has no Telegram is a task for a human, whatever happens', () => {
  const tell = tellStory({ personId: null, character: 'unreachable' })
  tell.comes(0)
  tell.task(9, 'Telegram: Nobody in Telegram has this username')
  assert.deepEqual(nobodyGivenUp.check(tell.observed), { checked: 0, violations: [] })
})
