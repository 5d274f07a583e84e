import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { keepVariables } from './keep-variables.ts'

const folder = mkdtempSync(join(tmpdir(), 'lead-env-'))
after(() => rmSync(folder, { recursive: true }))
const file = join(folder, '.env')
const keep = (before: string, values: Record<string, string>) => {
  writeFileSync(file, before)
  keepVariables(file, values)
  return readFileSync(file, 'utf8')
}

const cases: [name: string, before: string, values: Record<string, string>, after: string][] = [
  ['an empty file', '', { A: '1' }, 'A=1\n'],
  ['a file without an end of line', 'A=1', { B: '2' }, 'A=1\nB=2\n'],
  ['what stands around', '# top\nA=1\n\nB=2 # why\nC=3\n', { B: '9' }, '# top\nA=1\n\nB=9 # why\nC=3\n'],
  ['a name that ends like another', 'OTHER_KEY=1\nKEY=2\n', { KEY: '3' }, 'OTHER_KEY=1\nKEY=3\n'],
  ['a line that is commented out', '# KEY=1\n', { KEY: '2' }, '# KEY=1\nKEY=2\n'],
  ['export and spaces', 'export A = x\nB=1\n', { A: 'y' }, 'export A = y\nB=1\n'],
  ['a value over several lines', 'A="1\n2"\nB=3\n', { A: '4' }, 'A=4\nB=3\n'],
  ['the last of two', 'A=1\nA=2\n', { A: '3' }, 'A=1\nA=3\n'],
  ['an emptied one', "A='x y' # c\n", { A: '' }, 'A= # c\n'],
  ['what a replacement would read', 'A=1\n', { A: '$&#x' }, "A='$&#x'\n"],
  ['a quote', 'A=1\n', { A: "it's #1" }, 'A="it\'s #1"\n'],
  ['lines of Windows', 'A=1\r\nB=2\r\n', { A: '3' }, 'A=3\r\nB=2\r\n'],
]
for (const [name, before, values, wanted] of cases)
  test(`kept as it is: ${name}`, () => assert.equal(keep(before, values), wanted))

test('whatever the value, it is read back, and all others stay', () => {
  const line = fc.constantFrom(
    '# note',
    '',
    'X=1',
    'Y="a # b"',
    "export Z='$x'",
    'junk',
    'A=old # c',
    'A="o\nld"',
    'B=',
  )
  const value = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom('a"b', "a'b", 'a#b', '1//0$x', 'a=b', '\\n', 'я'),
  )
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      value,
      value,
      (lines, end, a, b) => {
        const before = lines.join(end)
        const wanted = { ...parseEnv(before), A: a, B: b }
        writeFileSync(file, before)
        try {
          keepVariables(file, { A: a, B: b })
        } catch {
          assert.equal(readFileSync(file, 'utf8'), before)
          assert.match(a + b, /["'`\\\n\r]|^\s|\s$/u, 'only what no quotes can hold is refused')
          return
        }
        assert.deepEqual({ ...parseEnv(readFileSync(file, 'utf8')) }, wanted)
      },
    ),
    { numRuns: 500, seed: 16 },
  )
})

test('only its owner may read it, a link stays a link, and a refusal leaves the old file and nothing beside it', () => {
  writeFileSync(file, 'A=1\n', { mode: 0o644 })
  chmodSync(file, 0o644)
  const link = join(folder, 'link')
  symlinkSync(file, link)
  keepVariables(link, { A: '2' })
  assert.equal(readFileSync(file, 'utf8'), 'A=2\n')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.throws(() => keepVariables(file, { A: 'a\'b"c`d # e' }), /cannot hold A/)
  assert.throws(() => keepVariables(join(folder, 'none/.env'), { A: '1' }), { code: 'ENOENT' })
  assert.equal(readFileSync(file, 'utf8'), 'A=2\n')
  assert.deepEqual(readdirSync(folder).toSorted(), ['.env', 'link'])
})
