import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meaningChanged } from './meaning-changed.ts'

const same: [before: string, after: string][] = [
  ['давайте в понедельник в 11', 'Давайте в понедельник, в 11!'],
  ['давайте в понедельнк', 'давайте в понедельник'],
  ['tomorow at 11', 'tomorrow at 11, please'],
  ['ок, спасибо', 'ок'],
  ['ещё раз', 'еще раз'],
]
const other: [before: string, after: string][] = [
  ['давайте в понедельник в 11', 'давайте в среду в 11'],
  ['at 15:00', 'at 16:00'],
  ['подходит', 'не подходит'],
  ['yes', 'no'],
  ['первый вариант', 'второй вариант'],
  ['нас 5', 'нас 15'],
  ['можно завтра', 'можно завтра и сколько это стоит'],
]

test('an edit that mends how it was said changes no meaning; another word or number does', () => {
  for (const [before, after] of same)
    assert.equal(meaningChanged(before, after), false, `${before} -> ${after}`)
  for (const [before, after] of other)
    assert.equal(meaningChanged(before, after), true, `${before} -> ${after}`)
})
