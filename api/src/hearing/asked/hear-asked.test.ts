import assert from 'node:assert/strict'
import { test } from 'node:test'
import cases from '../cases/asked.json' with { type: 'json' }
import { hearAsked } from './hear-asked.ts'

test('whether a machine writes, and where the number is from, is heard in words, in both languages', () => {
  const deaf = (['asks_if_bot', 'asks_source'] as const).flatMap((one) =>
    cases[one].filter((text) => !hearAsked(text).includes(one)).map((text) => `${one}: ${text}`),
  )
  assert.deepEqual(deaf, [])
})

test('the same words in another thought are none of these questions', () => {
  assert.deepEqual(
    cases.none.filter((text) => hearAsked(text).length > 0),
    [],
  )
})

test('one message asks both; a long text comes to an end', () => {
  assert.deepEqual(hearAsked('вы бот? и откуда у вас мой номер?'), ['asks_if_bot', 'asks_source'])
  hearAsked('вы бот или человек или вы бот или '.repeat(400))
  hearAsked(`${'а ну так же вот '.repeat(300)}?`)
})
