import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'

const person = (input: string) => {
  const run = spawnSync(process.execPath, [join(import.meta.dirname, 'amocrm.ts'), 'person'], {
    input,
    encoding: 'utf8',
  })
  return {
    ...run,
    lines: run.stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  }
}

test('person: one answer a line, in order, without database or network', () => {
  const { status, lines, stderr } = person(
    '{"name":"ОЛЬГА КУЗНЕЦОВА","phones":["89265556677, 84959876543"],"telegram":"@olga_k (личный)"}\n{}\n' +
      '{"phones":["030 1234567"],"country":"de"}\n',
  )
  assert.deepEqual([status, stderr], [0, ''])
  assert.deepEqual(lines, [
    { name: 'Ольга', phones: ['+79265556677', '+74959876543'], username: 'olga_k' },
    { name: null, phones: [], username: null },
    { name: null, phones: ['+49301234567'], username: null },
  ])
})

test('person: a bad line names its number and field, and the next ones are answered', () => {
  const { status, lines, stderr } = person('{"phones":"8"}\n{"country":"XX"}\n{"name":\n{"name":"Ольга"}\n')
  assert.equal(status, 1)
  assert.match(stderr, /line 1: phones: .*\nline 2: country: .*ISO 3166.*\nline 3: not JSON/)
  assert.deepEqual(lines.at(-1), { name: 'Ольга', phones: [], username: null })
  assert.equal(lines.length, 4)
})
