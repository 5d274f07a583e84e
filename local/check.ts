/**
 * `npm run check`: types, lint, format, dead code, and whether the generated files are those of the sources. Runs all of them
 * and exits 1 when one fails.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repository } from './config.ts'

const bin = (name: string) => join(repository, 'node_modules/.bin', name)

const checks: [title: string, command: string, args: string[]][] = [
  ['types', bin('tsc'), ['-p', repository]],
  ['lint', bin('oxlint'), ['--deny-warnings', '.']],
  ['format', bin('oxfmt'), ['--check', '.']],
  ['dead code', bin('knip'), []],
  ['generated files', process.execPath, [join(repository, 'local/check-generated.ts')]],
]

let failed = 0
for (const [title, command, args] of checks) {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✔' : '✘'} ${title} (${seconds} s)`)
  if (status === 0) continue
  failed += 1
  console.log(`${stdout}${stderr}`.trimEnd())
}
if (failed > 0) {
  console.log(`\n${failed} of ${checks.length} checks failed`)
  process.exitCode = 1
}
