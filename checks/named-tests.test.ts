import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

const repository = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')

/** The rows of the table under a heading, without its head. */
function rowsUnder(page: string, heading: string): string[][] {
  const text = read(page)
  const start = text.indexOf(`\n## ${heading}`)
  assert.ok(start >= 0, `${page} has no heading ${heading}`)
  const end = text.indexOf('\n## ', start + 4)
  return (text.slice(start, end < 0 ? undefined : end).match(/^\|.+\|$/gm) ?? [])
    .map((line) => line.slice(1, -1).split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !/^-+$/.test(cells[0]!))
    .slice(1) // prettier-ignore
}

/** Tests that a cell names: a file in backticks, and the title of one of its tests in quotes behind it. */
function namedTests(cell: string): { file: string; title: string | undefined }[] {
  return [...cell.matchAll(/`([\w./-]+\.test\.ts)`(?: "([^"]+)")?/g)].map(([, file = '', title]) => ({
    file,
    title,
  }))
}

function requireTests(where: string, cell: string): number {
  const named = namedTests(cell)
  for (const { file, title } of named) {
    assert.ok(existsSync(join(repository, file)), `${where}: there is no ${file}`)
    if (title === undefined) continue
    const titles = [...read(file).matchAll(/(?:test|describe)\(\s*(['"`])((?:(?!\1)[^\\\n]|\\.)*)\1/g)].map(
      ([, , one = '']) => one,
    )
    assert.ok(titles.includes(title), `${where}: ${file} has no test "${title}"`)
  }
  return named.length
}

describe('docs/operations.md', () => {
  const rows = rowsUnder('docs/operations.md', 'Outages')

  test('has at least twelve outages, each with what shows it, who is told, how it heals, and a test', () => {
    assert.ok(rows.length >= 12)
    const provoked = read('e2e/outages/alerts-in-time.test.ts')
    for (const [outage = '', seen = '', pushed = '', told = '', healed = '', tests = ''] of rows) {
      assert.ok(seen && pushed && healed, outage)
      const [, sec] = /^(\d+) s/.exec(told) ?? []
      const cause = /`((?:integration|provider):\w+:?)`/.exec(pushed)?.[1]
      if (sec)
        assert.ok(Number(sec) <= 60 && provoked.includes(`'${cause}'`), `${outage}: ${cause} after ${sec} s`)
      else assert.equal(told, 'by Prometheus', outage)
      assert.ok(requireTests(outage, tests) > 0, `${outage} names no test`)
    }
  })

  test('names metrics, rules and causes that there are', () => {
    const metrics = read('api/src/metrics/write-metrics.ts')
    const rules = read('docker/monitoring/alerts.yaml')
    const watching = read('api/src/alerts/watch-integrations.ts') + read('api/src/console/read-health.ts')
    for (const [outage, seen = '', pushed = ''] of rows) {
      for (const [, name] of seen.matchAll(/`lead_(\w+)`/g))
        assert.ok(metrics.includes(`'${name}'`), `${outage}: ${name}`)
      for (const [, name] of pushed.matchAll(/`([A-Z]\w+)`/g))
        assert.ok(rules.includes(`alert: ${name}\n`), `${outage}: ${name}`)
      for (const [, kind, name] of pushed.matchAll(/`(integration|provider):(\w+):?`/g))
        assert.ok(
          new RegExp(`${kind}\\(.*\\b${name}\\b|name: '${name}'|calendar:|\\b${name}, |\\b${name} \\}`).test(
            watching,
          ),
          `${outage}: ${kind}:${name}`,
        )
    }
  })
})

describe('docs/security.md', () => {
  const files = globSync('**/*.test.ts', {
    cwd: repository,
    exclude: (name) => /node_modules|\.data/.test(name),
  })
  const known = (file: string) => files.some((one) => one === file || one.endsWith(`/${file}`))

  test('every test file that it names exists', () => {
    const named = [...read('docs/security.md').matchAll(/`([\w./-]+\.test\.ts)`/g)].map(
      ([, file = '']) => file,
    )
    assert.ok(named.length > 80)
    assert.deepEqual(
      named.filter((file) => !known(file)),
      [],
    )
  })

  for (const [heading, least] of [
    ['OWASP ASVS 5, level 2', 40],
    ['OWASP Top 10 for LLM', 10],
  ] as const)
    test(`${heading}: each row has a state; what is met has a test, and what is not says what lacks`, () => {
      const rows = rowsUnder('docs/security.md', heading)
      assert.ok(rows.length >= least)
      for (const [section = '', state = '', how = '', tests = ''] of rows) {
        assert.ok(['met', 'partly', 'not met', 'n.a.'].includes(state), `${section}: ${state}`)
        assert.ok(how.length > 10, section)
        if (state === 'met') assert.ok(/\.test\.ts`/.test(tests), `${section} names no test`)
      }
    })

  test('ASVS: all 17 chapters are there', () => {
    const chapters = rowsUnder('docs/security.md', 'OWASP ASVS 5').map(([section = '']) =>
      Number(/^V(\d+)/.exec(section)?.[1]),
    )
    assert.deepEqual(
      [...new Set(chapters)],
      Array.from({ length: 17 }, (_, index) => index + 1),
    )
  })
})
