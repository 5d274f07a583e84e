import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { invariants } from './all.ts'
import { silence } from './silence.ts'

test('a lead who was booked as it should be breaks nothing', () => {
  const tell = tellStory()
  tell.usual()
  tell.booked()
  for (const { name, check } of invariants) {
    const { checked, violations } = check(tell.observed)
    assert.deepEqual(violations, [], name)
    if (name !== silence.name) assert.ok(checked > 0, name)
  }
})

test('a lead who opted out and was left alone breaks nothing', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(30, 'Стоп')
  for (const { name, check } of invariants) assert.deepEqual(check(tell.observed).violations, [], name)
})

test('a person who cannot be reached is fine once a human was told', () => {
  const tell = tellStory({ personId: null, character: 'unreachable' })
  tell.comes(0)
  tell.task(9, 'Telegram: Nobody in Telegram has this username')
  for (const { name, check } of invariants) assert.deepEqual(check(tell.observed).violations, [], name)
})
