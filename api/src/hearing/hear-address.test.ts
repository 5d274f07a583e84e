import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hearAddress } from './hear-address.ts'

const told: Record<'formal' | 'informal', string[]> = {
  formal: [
    'А вы работаете с 1С?',
    'Подскажите, сколько стоит',
    'привет! а у вас есть рассрочка',
    'Пришлите, пожалуйста, пример',
    'здравствуйте',
    'Ваша цена высоковата',
    'напишите мне завтра',
    'Ты извините, вам удобно завтра?',
  ],
  informal: [
    'ты можешь рассказать подробнее?',
    'скинь прайс',
    'Слушай, а сколько твоя штука стоит?',
    'расскажи как это работает',
    'поможешь с настройкой?',
    'давай завтра, напиши вечером',
    'Тебе удобно в три?',
  ],
}

test('how the words address us, and nothing where they do not tell', () => {
  for (const address of ['formal', 'informal'] as const)
    for (const text of told[address]) assert.equal(hearAddress(text), address, text)
  for (const text of [
    'привет',
    'сколько стоит?',
    'нужна CRM на пять человек',
    'давай',
    'ok',
    'How much is it?',
    'Мытищи, ул. Твардовского',
  ])
    assert.equal(hearAddress(text), null, text)
})
