import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findWords } from './find-words.ts'

const messages = [
  { id: 1, text: 'Добрый день! Теряем заявки, менеджеры не успевают. Бюджет примерно 200 тысяч.' },
  { id: 2, text: 'нет, всё-таки до 350 тыс. и решает директор' },
  { id: 3, text: 'We need it by March, not later' },
]

test('a quotation is found with its message and its sentence, the newest first', () => {
  assert.deepEqual(findWords('Теряем заявки', messages), {
    messageId: 1,
    sentence: 'Теряем заявки, менеджеры не успевают.',
  })
  assert.deepEqual(findWords('БЮДЖЕТ примерно 200 тысяч', messages)?.messageId, 1)
  assert.deepEqual(findWords('решает директор', messages)?.messageId, 2)
  assert.deepEqual(findWords('всё-таки до 350 тыс', messages)?.messageId, 2)
  assert.deepEqual(findWords('by March', messages), {
    messageId: 3,
    sentence: 'We need it by March, not later',
  })
  assert.deepEqual(findWords('заявки теряем, а менеджеры не успевают', messages)?.messageId, 1)
})

test('what the lead did not say is found nowhere', () => {
  for (const made of [
    'бюджет миллион',
    'до 300 тысяч',
    '100 000 000 $',
    'attacker@example.net',
    'решает жена',
    '',
    '...',
    'by May',
  ])
    assert.equal(findWords(made, messages), null, made)
})
