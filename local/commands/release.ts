import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { judgeChangelog, otherVersions, unknownLicences } from '../release/judge-release.ts'
import { repository } from '../settings/config.ts'
import { readLock } from '../supply/lock-file.ts'
import { readOptions } from './command-line.ts'

const help = `
npm run release -- [options]

Says whether the version of package.json can be released, point by point, with what is to be done: version, changelog, the kept database, licences,
documents, generated files, advisories, and the upgrade from each release. Changes nothing, publishes nothing. Exit code 0: it can.

  --quick   only what takes no more than seconds
  --help    this text
`
const options = readOptions(help, { quick: { type: 'boolean' } })
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const { version, license } = JSON.parse(read('package.json')) as { version: string; license: string }
const git = (...args: string[]) =>
  spawnSync('git', args, { cwd: repository, encoding: 'utf8' }).stdout?.trimEnd() ?? ''
const imageFiles = ['docker-compose.yml', 'n8n/Dockerfile', 'docs/scaling.md', ...globSync('deploy/kubernetes/*.yaml', { cwd: repository })] // prettier-ignore
const today = new Date().toISOString().slice(0, 10)

/** A test of ours: its failures are shown whole. */
const runTests = (...files: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, ['--test', ...files], {
    cwd: repository,
    encoding: 'utf8',
  })
  return status === 0 ? [] : stdout.split('\n').filter((line) => line.includes('✖'))
}

const points: [title: string, isQuick: boolean, look: () => string[]][] = [
  ['version', true, () => {
    const isNumber = /^\d+\.\d+\.\d+$/.test(version)
    const isTaken = git('tag', '--list', `v${version}`) !== '' && git('rev-list', '-n1', `v${version}`) !== git('rev-parse', 'HEAD')
    return [
      ...(isNumber ? [] : [`${version} is no version: MAJOR.MINOR.PATCH`]),
      ...(isTaken ? [`v${version} is another commit's tag: raise the version in package.json`] : []),
      ...otherVersions(Object.fromEntries(imageFiles.map((file) => [file, read(file)])), version),
    ]
  }],
  ['changelog', true, () => judgeChangelog(read('CHANGELOG.md'), version, today).map((problem) => `CHANGELOG.md: ${problem}`)],
  ['kept database', true, () =>
    existsSync(join(repository, `db/releases/${version}.sql`))
      ? []
      : [`db/releases/${version}.sql is missing: node checks/releases/keep-release.ts ${version} NUMBER, with the number of the last migration`]],
  ['licences', true, () => [
    ...(license === 'MIT' && /MIT License/.test(read('LICENSE')) ? [] : ['LICENSE and package.json differ']),
    ...unknownLicences(readLock('package-lock.json')),
  ]],
  ['committed', true, () => git('status', '--porcelain').split('\n').filter(Boolean)],
  ['documents', false, () => runTests('checks/documents.test.ts', 'checks/named-tests.test.ts', 'checks/runbook.test.ts')],
  ['generated files', false, () => {
    const { status, stderr } = spawnSync(process.execPath, [join(repository, 'local/commands/check-generated.ts')], { encoding: 'utf8' })
    return status === 0 ? [] : [stderr.trim()]
  }],
  ['upgrade from each release', false, () => runTests('checks/releases/upgrade.test.ts')],
  ['advisories', false, () => {
    try {
      execFileSync(process.execPath, [join(repository, 'local/commands/advisories.ts'), '--strict'], { encoding: 'utf8', stdio: 'pipe' })
      return []
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      return `${stdout}${stderr}`.trim().split('\n')
    }
  }],
] // prettier-ignore

let failed = 0
for (const [title, isQuick, look] of points) {
  if (options.quick && !isQuick) continue
  const problems = look()
  console.log(`${problems.length === 0 ? '✔' : '✘'} ${title}`)
  for (const problem of problems) console.log(`    ${problem}`)
  if (problems.length > 0) failed += 1
}
console.log(
  failed === 0 ? `\n${version} can be released: git tag v${version}` : `\n${version} cannot be released yet`,
)
if (failed > 0) process.exitCode = 1
