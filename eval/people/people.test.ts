import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isNearSame, isSentence } from '../../api/src/conversations/near-same.ts'
import { goalNames } from './goals.ts'
import { newMind, nextDeed } from './person-turns.ts'
import type { PlayedPerson } from './play-person.ts'
import { readPeople, type SimulatedPerson } from './read-people.ts'
import { resultOf } from './run-people.ts'

const people = readPeople()
const office = { name: 'simulator', simulated: true, settings: {} }

test('there are at least 50 people, of every goal, in both languages, none twice', () => {
  assert.ok(people.length >= 50, `${people.length}`)
  for (const goal of goalNames)
    for (const language of ['ru', 'en'])
      assert.ok(
        people.some((one) => one.goal === goal && one.language === language),
        `${goal} ${language}`,
      )
  assert.equal(new Set(people.map(({ id }) => id)).size, people.length)
})

/** What a person says to a row of the assistant's messages, and how it ends. */
function talk(
  person: SimulatedPerson,
  answers: string[],
): { said: string[]; problem: string | null | undefined } {
  let mind = newMind
  const said: string[] = []
  for (const heard of answers) {
    const { mind: after, deed } = nextDeed(person, mind, heard)
    mind = after
    if (deed.does === 'done') return { said, problem: deed.problem }
    said.push(deed.does === 'say' ? deed.texts.join(' | ') : '(silence)')
  }
  return { said, problem: undefined }
}
const of = (goal: string) =>
  people.find((one) => one.goal === goal && one.temper === 'calm' && one.language === 'en')!
const list = 'Which suits you?\n1) Tue, 4 Feb, 11:00\n2) Wed, 5 Feb, 15:00'

test('a person tells what is asked, takes a time of the list and thanks when it is booked', () => {
  const { said, problem } = talk(of('books'), [
    'Hi! What is the problem?',
    'How many a day?',
    list,
    'Booked: Tue, 4 Feb, 11:00',
    'See you!',
  ])
  assert.deepEqual(said.slice(1), [
    'about 20 a day, the front desk answers',
    'The first one, please',
    'Thank you!',
  ])
  assert.match(said[0]!, /^Hello! dental clinic/)
  assert.equal(problem, null)
})

test('a person whose time is taken by others asks again in other words, which no machine does', () => {
  for (const person of people.filter(({ goal }) => goal === 'books'))
    for (const answers of [list, 'Tell me more about it.']) {
      const { said } = talk(person, ['Hi!', 'How many?', answers, answers, answers])
      const sentences = said.slice(2).filter(isSentence)
      const repeated = sentences.filter(
        (one) => sentences.filter((other) => isNearSame(one, other)).length > 1,
      )
      assert.deepEqual(repeated, [], person.id)
    }
})

test('a person who is never booked gives up, and that is a problem of ours', () => {
  const { problem } = talk(
    of('books'),
    Array.from({ length: 12 }, () => 'Tell me more about it.'),
  )
  assert.match(problem ?? '', /gives up: nothing is booked/)
})

test('pass^1 counts plays, pass^k only people who are always served well', () => {
  const some = people.slice(0, 2)
  const play = (person: SimulatedPerson, problems: string[]): PlayedPerson => ({
    person,
    leadId: 1,
    problems,
    transcript: [],
    said: 3,
    refusals: 0,
    booked: problems.length === 0,
  })
  const [a, b] = some
  assert.ok(a && b)
  const { figures } = resultOf(some, [play(a, []), play(b, []), play(a, []), play(b, ['end: nothing'])], {
    k: 2,
    office,
    costs: { calls: 8, input: 800, cached: 0, output: 80, cost: 0.01 },
  })
  const value = (name: string) => figures.find((one) => one.name === name)?.value
  assert.equal(value('pass^1'), 0.75)
  assert.equal(value('pass^2'), 0.5)
})
