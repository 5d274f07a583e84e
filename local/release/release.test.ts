import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { repository } from '../settings/config.ts'
import { readLock } from '../supply/lock-file.ts'
import { judgeChangelog, otherVersions, unknownLicences } from './judge-release.ts'

const read = (file: string) => readFileSync(join(repository, file), 'utf8')

test('a changelog is ready when the version has its day and its lines, and nothing waits above it', () => {
  const judge = (text: string) => judgeChangelog(text, '0.2.0', '2026-11-28')
  assert.deepEqual(
    judge('## [Unreleased]\n\n## [0.2.0] - 2026-11-28\n\n- New.\n\n## [0.1.0] - 2026-01-01\n'),
    [],
  )
  assert.match(judge('## [Unreleased]\n\n- New.\n')[0]!, /rename \[Unreleased\] to \[0\.2\.0\] - 2026-11-28/)
  assert.match(
    judge('## [Unreleased]\n\n## [0.2.0] - 2026-11-28\n\n## [0.1.0] - 2026-01-01\n- Old.\n')[0]!,
    /is empty/,
  )
  assert.match(judge('## [Unreleased]\n\n- More.\n\n## [0.2.0] - 2026-11-28\n\n- New.\n')[0]!, /has lines/)
  assert.match(judge('## [0.2.0] - 2026-11-28\n\n- New.\n')[0]!, /no section \[Unreleased\]/)
})

test('an image of another version is named with its file', () => {
  assert.deepEqual(otherVersions({ a: 'image: lead-processing-api:0.1.0', b: 'lead-processing-n8n:0.2.0' }, '0.2.0'), ['a: lead-processing-api:0.1.0'])
}) // prettier-ignore

test('the licence of every package of production is known, and one that is not free is named', () => {
  assert.deepEqual(unknownLicences(readLock('package-lock.json')), [])
  const one = (license?: string) => [{ name: 'new', version: '1.0.0', ...(license && { license }) }]
  assert.deepEqual(unknownLicences(one('GPL-3.0')), ['new 1.0.0: GPL-3.0'])
  assert.deepEqual(unknownLicences(one()), ['new 1.0.0: names no licence'])
  assert.deepEqual(unknownLicences(one('(MIT OR GPL-3.0)')), [])
  assert.deepEqual(unknownLicences(one('MIT AND GPL-3.0')), ['new 1.0.0: MIT AND GPL-3.0'])
})

test('npm run release says point by point what stands against it, and ends with 1 then', () => {
  const { status, stdout } = spawnSync(process.execPath, [join(repository, 'local/commands/release.ts'), '--quick'], { encoding: 'utf8' }) // prettier-ignore
  const failed = stdout.split('\n').some((line) => line.startsWith('✘'))
  assert.equal(status, failed ? 1 : 0, stdout)
  for (const point of ['version', 'changelog', 'kept database', 'licences', 'committed'])
    assert.match(stdout, new RegExp(`^[✔✘] ${point}$`, 'm'))
  assert.match(stdout, failed ? /cannot be released yet/ : /can be released: git tag/)
})

test('GitHub runs .ci/run and nothing else, with actions that are pinned to a commit and rights to read only', () => {
  const text = read('.github/workflows/ci.yml')
  const { permissions, jobs } = parse(text) as {
    permissions: Record<string, string>
    jobs: Record<string, { steps: { uses?: string; run?: string }[] }>
  }
  assert.deepEqual(permissions, { contents: 'read' })
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  assert.deepEqual(
    steps.flatMap(({ run }) => run ?? []),
    ['.ci/run'],
  )
  const actions = [...text.matchAll(/uses: (\S+)(.*)$/gm)]
  assert.equal(actions.length, steps.filter(({ uses }) => uses).length)
  for (const [, action = '', comment = ''] of actions) {
    assert.match(action, /^actions\/(?:checkout|setup-node)@[0-9a-f]{40}$/)
    assert.match(comment, /^ # v\d+\.\d+\.\d+$/)
  }
  const commands = read('.ci/run').match(/^npm (?:run )?\S+$/gm)
  assert.deepEqual(commands, ['npm run check', 'npm run advisories', 'npm test'])
})
