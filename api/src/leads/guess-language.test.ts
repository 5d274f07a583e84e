import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessLanguage } from './guess-language.ts'

const languages: [
  field: string | null,
  phone: string | null,
  otherwise: 'ru' | 'en',
  expected: 'ru' | 'en',
][] = [
  ['ru', '+14155550100', 'en', 'ru'],
  ['Русский', null, 'en', 'ru'],
  [' RU ', null, 'en', 'ru'],
  ['English', '+79991234567', 'ru', 'en'],
  ['английский', '+79991234567', 'ru', 'en'],
  ['Deutsch', '+79991234567', 'en', 'ru'],
  ['', '+14155550100', 'ru', 'en'],
  [null, '+79991234567', 'en', 'ru'],
  [null, '+77011234567', 'en', 'ru'],
  [null, '+375291234567', 'en', 'ru'],
  [null, '+998901234567', 'en', 'ru'],
  [null, '+442079460000', 'ru', 'en'],
  [null, '+4915112345678', 'ru', 'en'],
  [null, null, 'ru', 'ru'],
  [null, null, 'en', 'en'],
  [null, 'not a phone', 'ru', 'ru'],
  [null, '+999123', 'en', 'en'],
]
for (const [languageField, phone, otherwise, expected] of languages) {
  test(`field ${languageField}, phone ${phone}, otherwise ${otherwise}: ${expected}`, () => {
    assert.equal(guessLanguage({ languageField, phone }, otherwise), expected)
  })
}
