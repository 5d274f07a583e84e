import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diffLines } from './diff-lines.ts'

const signs = { same: ' ', in: '+', out: '-', gap: '…' } as const
const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${signs[kind]}${text}`)

test('a changed line is shown with what stands around it, far ones are a gap', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'].join('\n')
  const after = before.replace('c', 'C').replace('j', 'J\nJ2')
  assert.deepEqual(shown(before, after), [
    ' a',
    ' b',
    '-c',
    '+C',
    ' d',
    ' e',
    '…',
    ' h',
    ' i',
    '-j',
    '+J',
    '+J2',
    ' k',
  ])
  assert.deepEqual(shown(before, before), [])
})

test('what goes out of the old text and into the new one makes the new one, for any two texts', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const ofNew = after.split('\n')
      for (const { kind, line, text: said } of lines)
        if (kind === 'in' || kind === 'same') assert.equal(ofNew[line - 1], said)
      const grown = lines.filter(({ kind }) => kind === 'in').length
      const shrunk = lines.filter(({ kind }) => kind === 'out').length
      assert.equal(before.split('\n').length + grown - shrunk, ofNew.length)
    }),
  )
})
