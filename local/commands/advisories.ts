import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { repository } from '../settings/config.ts'
import { acceptedSchema, judgeAdvisories } from '../supply/judge-advisories.ts'
import { lockFiles } from '../supply/lock-file.ts'
import { readOptions } from './command-line.ts'

const help = `
npm run advisories -- [options]

Asks the npm registry for known holes in the packages of production, n8n's too. Exit code 1: one is high or critical and not accepted in
docs/advisories.json. Where the registry does not answer, it says so and when it was last asked, and ends with 0.

  --strict   exit code 3 when the registry does not answer
  --help     this text
`
const options = readOptions(help, { strict: { type: 'boolean' } })
const accepted = acceptedSchema.parse(
  JSON.parse(readFileSync(join(repository, 'docs/advisories.json'), 'utf8')),
)
const today = new Date().toISOString().slice(0, 10)

for (const file of lockFiles) {
  const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev', '--package-lock-only'], {
    cwd: join(repository, dirname(file)),
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 64 * 1024 * 1024,
  })
  const found = judgeAdvisories(parse(stdout), accepted, today)
  if (found === null) {
    console.log(`${file}: the registry tells no advisories here. Last asked: ${accepted.checked ?? 'never'}`)
    if (options.strict) process.exitCode ||= 3
  } else if (found.length === 0) console.log(`${file}: nothing high or critical that is not accepted`)
  else {
    for (const line of found) console.error(`${file}: ${line}`)
    process.exitCode = 1
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
