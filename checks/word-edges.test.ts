import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const repository = join(import.meta.dirname, '..')

/** Not mended yet, with the reason; a file that is clean must leave the list. */
const knownOffenders: Record<string, string> = {}

/** `\b`, `\B`, `\w` and `\W` know ASCII letters only: every Cyrillic letter is "no word" to them. */
const asciiClass = /\\[bBwW]/u
const cyrillic = /\p{Script=Cyrillic}/u

/** Regular expressions of a source: literals, and strings and templates that stand for one. A line is looked at as a whole: rough, and sure. */
const suspicious = (line: string) => {
  const code = line.replace(/^\s*(?:\*|\/\/|\/\*).*$/u, '')
  return asciiClass.test(code) && cyrillic.test(code)
}

const files = globSync('{api,texts,scheduling,simulators,n8n,local,e2e,chaos,docker}/**/*.{ts,mts,js}', {
  cwd: repository,
  exclude: (name) => /node_modules|runtime|dist|calendar-helpers\.js/.test(name),
}).filter((file) => !file.endsWith('word-edges.test.ts'))

test('no ASCII word class stands in an expression with Cyrillic letters: scheduling/src/words.ts has edges for both', () => {
  const found = new Map<string, number[]>()
  for (const file of files) {
    const lines = readFileSync(join(repository, file), 'utf8').split('\n')
    const bad = lines.flatMap((line, index) => (suspicious(line) ? [index + 1] : []))
    if (bad.length > 0) found.set(file, bad)
  }
  const unknown = [...found].filter(([file]) => !(file in knownOffenders))
  assert.deepEqual(
    unknown.map(([file, lines]) => `${file}: ${lines.join(', ')}`),
    [],
  )
  const mended = Object.keys(knownOffenders).filter((file) => !found.has(file))
  assert.deepEqual(mended, [], 'these are clean now: take them off the list')
})

test('files that read what people write have none at all', () => {
  const wrong = files
    .filter(
      (file) =>
        /^(?:api\/src\/hearing|scheduling\/src\/time|simulators\/llm\/classifier)\//u.test(file) &&
        !file.endsWith('.test.ts'),
    )
    .filter((file) =>
      readFileSync(join(repository, file), 'utf8')
        .split('\n')
        .some((line) => asciiClass.test(line.replace(/^\s*(?:\*|\/\/|\/\*).*$/u, ''))),
    )
  assert.deepEqual(wrong, [])
})

test('the check sees what it should', () => {
  assert.ok(suspicious(String.raw`const x = /\bстоп\b/u`))
  assert.ok(suspicious(String.raw`new RegExp('^\\W*стоп')`))
  assert.ok(suspicious(String.raw`/\bстоп/`))
  assert.ok(suspicious(String.raw`/[\wа-я]+/`))
  assert.ok(!suspicious(String.raw`const x = /(?<!\p{L})стоп/u`))
  assert.ok(!suspicious(String.raw`const x = /\bstop\b/u`))
})
