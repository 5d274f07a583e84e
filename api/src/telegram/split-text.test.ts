import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { splitText } from './split-text.ts'

test('a short text is one message', () => {
  assert.deepEqual(splitText('Hello'), ['Hello'])
})

test('it is cut between paragraphs, else lines, sentences, words', () => {
  const words = 'word '.repeat(6).trim()
  assert.deepEqual(splitText(`${words}\n\n${words}`, 40), [words, words])
  assert.deepEqual(splitText(`${words}\n${words}`, 40), [words, words])
  assert.deepEqual(splitText(`${words}. ${words}.`, 40), [`${words}.`, `${words}.`])
  assert.deepEqual(splitText('aaaa bbbb cccc', 9), ['aaaa bbbb', 'cccc'])
})

test('nothing is lost but white space, no part is too long, no character is cut in two', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 2, max: 60 }),
      (text, limit) => {
        const parts = splitText(text, limit)
        assert.equal(parts.join('').replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''))
        for (const part of parts) {
          assert.ok(part.length <= limit)
          assert.equal(part.isWellFormed(), text.isWellFormed())
        }
      },
    ),
  )
})
