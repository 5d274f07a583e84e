/**
 * `npm run check`: types, lint, format, dead code, and whether the generated files are those of the sources. Runs all of them
 * and exits 1 when one fails. `npm run format` formats instead. The tools are installed when they are needed first.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { repository } from '../settings/config.ts'
import { readOptions } from './command-line.ts'
import { installTools, tool, toolsFolder } from './tools.ts'

const help = `
npm run check

Types, lint, format, dead code, and whether the generated files are those of the sources: one after another.
Exit code 0: all are good; 1: one is not.

  --format   (npm run format) formats all files instead
  --help     this text
`
const values = readOptions(help, { format: { type: 'boolean' } })

installTools()
if (values.format) {
  execFileSync(tool('oxfmt'), ['.'], { cwd: repository, stdio: 'inherit' })
  process.exit()
}

const checks: [title: string, command: string, args: string[]][] = [
  ['types', join(repository, 'node_modules/.bin/tsc'), ['-p', repository]],
  ['types of the console', join(repository, 'node_modules/.bin/tsc'), ['-p', join(repository, 'console')]],
  ['lint', tool('oxlint'), ['--deny-warnings', '.']],
  ['format', tool('oxfmt'), ['--check', '.']],
  [
    'the n8n node package',
    process.execPath,
    [
      join(toolsFolder, 'node_modules/eslint/bin/eslint.js'),
      ...['--config', join(toolsFolder, 'n8n-nodes.eslint.mjs')],
      ...['--max-warnings', '0', join(repository, 'n8n/nodes')],
    ],
  ],
  ['dead code', tool('knip'), []],
  ['generated files', process.execPath, [join(repository, 'local/commands/check-generated.ts')]],
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
