import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellStory } from '../testing/observed.ts'
import { everyLeadWorked } from './every-lead-worked.ts'

test('a lead without a first message is found', () => {
  const tell = tellStory()
  tell.comes(0)
  const { violations } = everyLeadWorked.check(tell.observed)
  assert.equal(violations.length, 1)
  assert.deepEqual(violations[0]!.where, ['amocrm#1'])
})

test('last words without an answer are found', () => {
  const tell = tellStory()
  tell.usual()
  const { n } = tell.says(40, 'А сколько это стоит?')
  const { violations } = everyLeadWorked.check(tell.observed)
  assert.deepEqual(
    violations.map(({ where }) => where),
    [[`telegram#${n}`]],
  )
})

test('last words need no answer once a task hands the lead to a human, but a task about the meeting does not', () => {
  const tell = tellStory()
  tell.usual()
  tell.says(40, 'А сколько это стоит?')
  tell.task(41, 'Встреча: чт, 26 ноября, 15:00 по Москве')
  assert.equal(everyLeadWorked.check(tell.observed).violations.length, 1)
  tell.task(42, 'n8n: no model answered')
  assert.deepEqual(everyLeadWorked.check(tell.observed).violations, [])
})

test('a person who cannot be reached, with nobody told, is found', () => {
  const tell = tellStory({ personId: null })
  tell.comes(0)
  assert.equal(everyLeadWorked.check(tell.observed).violations.length, 1)
})
