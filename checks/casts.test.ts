import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'

/**
 * Where the API says more to the compiler than it can prove: `as` (not `as const`) and `!`. Tests are not counted, nor what stands
 * in testing/: there a wrong guess fails the test on the spot.
 */
const most = { casts: 25, nonNull: 20 }
const allowed: Record<string, { casts?: number; nonNull?: number; because: string }> = {
  'console/count-queues.ts': {
    casts: 1,
    because: 'Object.fromEntries forgets the names; the rows are of the statement beside it',
  },
  'console/read-numbers.ts': {
    casts: 1,
    because: 'Object.keys forgets the names; only for an object that is made here',
  },
  'http/console/console.ts': {
    casts: 2,
    because: 'a server with checked schemas is a server; fastify has no type that says so',
  },
  'http/console/guard.ts': {
    casts: 1,
    because: 'a hook of all routes has no schema of one; the values are checked before they are used',
  },
  'settings/config.ts': {
    casts: 2,
    nonNull: 2,
    because: 'what must be given beside what was looked at together with the schema, not in its type',
  },
  'settings/variables.ts': {
    casts: 3,
    because: 'each variable has the type of its own schema, which a loop over all of them loses',
  },
  'telegram/bot/bot-api.ts': {
    casts: 1,
    because:
      'grammY names the fetch of another package as its type, and reads no more than `json()` of the answer',
  },
  'telegram/bot/download-file.ts': {
    casts: 1,
    because: 'a body without an encoding comes in buffers; the types of undici say any',
  },
  'telegram/bot/poll-updates.ts': {
    casts: 1,
    because: "grammY's type of a signal is that of an older package; it takes the one of Node",
  },
  'text/entries-of.ts': {
    casts: 1,
    because: 'Object.entries forgets the names; only for objects that are made here',
  },
}

const root = join(import.meta.dirname, '../api/src')
const files = globSync('**/*.ts', { cwd: root }).filter((file) => !/\.test\.ts$|^testing\//.test(file))

test('the API casts only where a reason is given, and seldom', () => {
  const total = { casts: 0, nonNull: 0 }
  const wrong: string[] = []
  for (const file of files) {
    const found = countUnproved(readFileSync(join(root, file), 'utf8'))
    total.casts += found.casts
    total.nonNull += found.nonNull
    const may = allowed[file]
    if (found.casts > (may?.casts ?? 0) || found.nonNull > (may?.nonNull ?? 0))
      wrong.push(`${file}: ${found.casts} as, ${found.nonNull} !`)
  }
  assert.deepEqual(wrong, [])
  assert.ok(total.casts <= most.casts && total.nonNull <= most.nonNull, JSON.stringify(total))
  assert.ok(files.length > 200)
})

test('what is counted is what the compiler takes on trust, and nothing else', () => {
  const examples: [code: string, casts: number, nonNull: number][] = [
    ['const a = b as C', 1, 0],
    ['const a = b as unknown as C', 2, 0],
    ['const a = b! as C', 1, 1],
    ['const a = b![0]!.c(d!)', 0, 3],
    ['const a = (b as Record<string, C>)[d]!', 1, 1],
    ['const a = b as const', 0, 0],
    ['const a = b satisfies C', 0, 0],
    ['const a = !b && c !== d && !!e', 0, 0],
    ["import { a as b } from 'c'", 0, 0],
    ["import type { A as B } from 'c'", 0, 0],
    ["const a: B = 'said as C!'", 0, 0],
    ['type A<B> = { [C in keyof B as `x${C & string}`]: B[C] }', 0, 0],
    ['function a(b: C): asserts b is D { e() } // as it was!', 0, 0],
  ]
  for (const [code, casts, nonNull] of examples)
    assert.deepEqual(countUnproved(code), { casts, nonNull }, code)
})

/** Node leaves spaces where it takes types out: what is gone and begins with `as` or `!` was one of the two. */
function countUnproved(code: string): { casts: number; nonNull: number } {
  const bare = stripTypeScriptTypes(code)
  const count = { casts: 0, nonNull: 0 }
  let at = 0
  while (at < code.length) {
    if (code[at] === bare[at]) {
      at += 1
      continue
    }
    let end = at
    while (end < code.length && (code[end] !== bare[end] || /\s/.test(code.charAt(end)))) end += 1
    const [, mark, type = ''] = /^(!?)\s*(.*)$/s.exec(code.slice(at, end)) ?? []
    if (mark) count.nonNull += 1
    if (/^as\s/.test(type)) count.casts += [...type.matchAll(/(?<![\w.])as\s+(?!const\b)/g)].length
    at = end
  }
  return count
}
