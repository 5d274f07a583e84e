import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isLine, lines } from './lines.ts'
import { characters, createPerson, hear } from './people.ts'

const offers = 'Вот время:\n1) чт, 26 ноября, 15:00\n2) чт, 26 ноября, 15:30\nЧто удобнее?'
const booked = 'Записаны: чт, 26 ноября, 15:00 по Москве'

test('a person picks an offer, is booked, and falls silent when the script is over', () => {
  let person = createPerson('booker', 'ru', 5)
  const said = ['Здравствуйте!', offers, booked, 'Спасибо', 'Спасибо'].map((text) => {
    const answer = hear(person, text)
    person = answer.person
    return answer.sayings.map((saying) => saying.text)
  })
  assert.ok(isLine('need', said[0]![0]!))
  assert.ok(lines.ru.pick.flat().includes(said[1]![0]!))
  assert.ok(isLine('thanks', said[2]![0]!))
  assert.deepEqual(said.slice(3), [[], []])
})

test('a burst is three to five lines within four seconds', () => {
  const { sayings } = hear(createPerson('bursting', 'en', 1), 'Hello!')
  assert.ok(sayings.length >= 3 && sayings.length <= 5)
  assert.ok(sayings.every(({ afterMs }) => afterMs < 4000))
})

test('every character in every language ends after a while, whatever is heard', () => {
  for (const character of characters) {
    for (const text of ['Здравствуйте!', offers]) {
      let person = createPerson(character, 'en', 3)
      let last = 0
      for (let round = 1; round <= 40; round++) {
        const answer = hear(person, text)
        person = answer.person
        if (answer.sayings.length > 0) last = round
      }
      assert.ok(last < 30, `${character} still talks`)
    }
  }
})

test('the same person hears the same words and says the same', () => {
  for (const character of characters) {
    const say = () => hear(createPerson(character, 'ru', 9), offers)
    assert.deepEqual(say(), say())
  }
})
