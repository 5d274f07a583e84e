import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedLanguage } from './asked-language.ts'

const asked: Record<'en' | 'ru' | 'other', string[]> = {
  en: [
    'давайте по-английски',
    'Давайте по английски, пожалуйста',
    'можно на английском?',
    'лучше на английском',
    'In English please',
    'english pls',
    "let's speak English",
    'Can we switch to English?',
    'do you speak English?',
    "Sorry, I don't speak Russian",
    'я не говорю по-русски',
    'can you write in english',
    'перейдём на английский?',
    'English is better for me',
  ],
  ru: [
    'можно по-русски?',
    'По-русски можно?',
    'давайте на русском',
    'на русском плиз',
    'in Russian please',
    'can we talk in russian?',
    'не понимаю по-английски',
    'лучше по русски',
    'пишите на русском пожалуйста',
    'я говорю только по-русски',
  ],
  other: [
    'можно на украинском?',
    'давайте по-казахски',
    'can we continue in German?',
    'Deutsch please',
    'in Spanish please',
  ],
}
const none = [
  'у нас клиенты пишут на английском',
  'нужен менеджер с английским',
  'сайт на русском и английском',
  'Do your managers answer in English?',
  'we have an English website',
  'we need replies in Russian for our customers',
  'русский рынок для нас главный',
  'английская компания',
  'сколько стоит?',
  'I live in Russia',
  'по-русски говоря, это дорого',
  'вы пишете по-русски или по-английски?',
]

for (const [language, texts] of Object.entries(asked))
  test(`asks for ${language}`, () => {
    for (const text of texts) assert.equal(askedLanguage(text), language, text)
  })
test('words about a language that ask for none', () => {
  for (const text of none) assert.equal(askedLanguage(text), null, text)
})
