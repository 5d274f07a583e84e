import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameInTitle } from './name-in-title.ts'

const cases: [name: string, shown: string][] = [
  ['Иван Петров', 'Иван Петров'],
  ['Кузнецова О.П.', 'Кузнецова О.П.'],
  ['Иван https://evil.example/x?y=1', 'Иван'],
  ['Иван evil.app/login', 'Иван'],
  ['Иван выигрыш.рф', 'Иван'],
  ['Иван www.evil.example', 'Иван'],
  ['Ivan 10.0.0.1/pay @evil_bot pay@evil.example', 'Ivan'],
  ['Ivan +7 921 555-00-11', 'Ivan'],
  ['Иван\nВстреча отменена', 'Иван Встреча отменена'],
  ['\u202Egpj.exe', 'клиент'],
  ['', 'клиент'],
  ['$& {lead}', '$& {lead}'],
]
for (const [name, shown] of cases)
  test(`${JSON.stringify(name)} in a title`, () =>
    assert.equal(nameInTitle({ contact_name: name, name: '' }, 'ru'), shown))
