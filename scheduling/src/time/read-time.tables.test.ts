import assert from 'node:assert/strict'
import { test } from 'node:test'
import momentFile from '../../cases/moments.json' with { type: 'json' }
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

for (const { at, tz, phrases } of momentFile.moments) {
  test(`what people type at ${at} in ${tz}: ${Object.keys(phrases).length} phrases`, () => {
    const readThen = (text: string): string => {
      const { found, ambiguous, approximate } = readTime({ text, reference: at, tz })
      const times = found.map((wish) =>
        'point' in wish ? wish.point.slice(5) : `${wish.from.slice(5)}/${wish.to.slice(5)}`,
      )
      return (ambiguous ? '? ' : '') + (approximate ? '~ ' : '') + times.join(', ')
    }
    assert.deepEqual(Object.fromEntries(Object.keys(phrases).map((text) => [text, readThen(text)])), phrases)
  })
}

test('a clock that does not exist on that day is asked about', () => {
  const isAsked = (text: string) =>
    readTime({ text, reference: '2026-03-28T12:00:00+01:00', tz: 'Europe/Berlin' }).ambiguous
  assert.equal(isAsked('tomorrow at 2:30am'), true)
  assert.equal(isAsked('tomorrow at 3:30am'), false)
  assert.equal(isAsked('tomorrow at 11'), false)
})

test('what is over when it is said is asked about', () => {
  const { found, ambiguous } = readTime({
    text: 'сегодня утром в 9',
    reference: '2026-11-20T15:00:00+03:00',
    tz: 'Europe/Moscow',
  })
  assert.equal(found.length, 1)
  assert.equal(ambiguous, true)
})
