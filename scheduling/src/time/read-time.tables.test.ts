import assert from 'node:assert/strict'
import { test } from 'node:test'
import file from '../../cases/phrases.json' with { type: 'json' }
import { readTime, type TimeWish } from './read-time.ts'

const reference = '2026-11-20T10:00:00+03:00'

function short(wish: TimeWish): string {
  const cut = (text: string): string => text.slice(5, 16) + (text.endsWith('+03:00') ? '' : text.slice(19))
  if ('point' in wish) return cut(wish.point)
  return wish.from === wish.to ? cut(wish.from) : `${wish.from.slice(5, 16)}/${wish.to.slice(5, 16)}`
}

function read(text: string): string {
  const { found, ambiguous, approximate } = readTime({ text, reference, tz: 'Europe/Moscow' })
  return (ambiguous ? '? ' : '') + (approximate ? '~ ' : '') + found.map(short).join(', ')
}

for (const [lang, phrases] of Object.entries({ ru: file.ru, en: file.en })) {
  test(`what people type, ${lang}: ${Object.keys(phrases).length} phrases`, () => {
    assert.deepEqual(Object.fromEntries(Object.keys(phrases).map((text) => [text, read(text)])), phrases)
  })
}

test('what is over when it is said is asked about', () => {
  const { found, ambiguous } = readTime({
    text: 'сегодня утром в 9',
    reference: '2026-11-20T15:00:00+03:00',
    tz: 'Europe/Moscow',
  })
  assert.equal(found.length, 1)
  assert.equal(ambiguous, true)
})
