import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'

const repository = join(import.meta.dirname, '..')
const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
/** For who changes the code; and those that read lines of JSON, where a bad one is 1. */
const others = ['build', 'check', 'format', 'test', 'hear', 'say', 'slots', 'when']

describe('a command with an option that it does not have', { concurrency: 2 }, () => {
  for (const [name, line] of Object.entries(scripts).filter(([one]) => !others.includes(one)))
    test(`npm run ${name}: named, with the help, exit code 2, and nothing else is done`, async () => {
      const [, , script = '', ...args] = line.split(' ')
      const { code, said } = await new Promise<{ code: unknown; said: string }>((resolve) => {
        const child = execFile(
          process.execPath,
          [join(repository, script), ...args, '--no-such-option'],
          (error, stdout, stderr) => resolve({ code: error?.code ?? 0, said: stdout + stderr }),
        )
        child.stdin?.end()
      })
      assert.equal(code, 2, said)
      assert.match(said, /^Unknown option '--no-such-option'/)
      assert.match(said, new RegExp(`npm (run )?(-s )?${name}`))
      assert.doesNotMatch(said, /^\s+at .*\(.*:\d+:\d+\)|node:internal/m)
    })
})
