import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readCompose } from '../docker/read-compose.mts'

const repository = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(repository, file), 'utf8')
const page = read('docs/operations.md')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const { services } = readCompose(join(repository, 'docker-compose.yml'))

/** Commands stand in backticks, or alone in a block; a remark may follow. */
const commands = [
  ...new Set(
    [...page.matchAll(/`((?:npm|docker|curl|node|psql|df) [^`\n]*)`/g), ...page.matchAll(/^((?:npm|docker|curl|node) .+?)(?:\s{2,}#.*)?$/gm)].map(
      ([, command = '']) => command.trim(),
    ), // prettier-ignore
  ),
]
const ofNpm = commands.filter((command) => /^npm (?:run \S+|start)/.test(command))
const ofDocker = commands.filter((command) => command.startsWith('docker compose'))

describe('every command of docs/operations.md', { concurrency: 2 }, () => {
  test('is one that is looked at here', () => {
    assert.ok(ofNpm.length >= 15, ofNpm.join('\n'))
    assert.ok(ofDocker.length >= 6, ofDocker.join('\n'))
    const others = commands.filter((command) => !ofNpm.includes(command) && !ofDocker.includes(command))
    for (const command of others) assert.match(command, /^(?:curl|df -h$)/, command)
  })

  for (const command of ofNpm)
    test(`${command}: runs, and its help has each word of it`, async () => {
      const [, name = '', rest = ''] = /^npm (?:run (?:-s )?)?(\S+)(?: -- (.+))?$/.exec(command) ?? []
      const line = scripts[name]
      assert.ok(line, `package.json has no script ${name}`)
      const [, , script = ''] = line.split(' ')
      const help = await new Promise<string>((resolve, reject) =>
        execFile(process.execPath, [join(repository, script), '--help'], (error, stdout) =>
          error ? reject(error) : resolve(stdout),
        ),
      )
      // Names in capitals stand for a value of whoever types.
      for (const word of rest.split(' ').filter((one) => one !== '' && !/^(?:[A-Z]+|\/.*)$/.test(one)))
        assert.ok(help.includes(word), `${command}: the help has no ${word}\n${help}`)
    })

  for (const command of ofDocker)
    test(`${command}: its services, profiles and scripts are there`, () => {
      const words = command.split(' ').slice(2)
      for (const word of words.filter((one) => one.endsWith('.mts')))
        assert.ok(existsSync(join(repository, word)), word)
      const profile = words[words.indexOf('--profile') + 1]
      if (words.includes('--profile'))
        assert.ok(
          Object.values(services).some(({ profiles }) => profiles.includes(profile!)),
          profile,
        )
      const [verb, ...named] = words.filter(
        (one, index) => !one.startsWith('-') && words[index - 1] !== '--profile',
      )
      assert.ok(['up', 'ps', 'stop', 'exec', 'run', 'logs', 'restart'].includes(verb!), verb)
      const meant = verb === 'exec' || verb === 'run' ? named.slice(0, 1) : named
      for (const name of meant) assert.ok(name in services, `${command}: no service ${name}`)
    })

  test('curl: every address is one of ours', () => {
    const paths = commands.flatMap((command) => /^curl .*?localhost:\d+(\/\w+)/.exec(command)?.[1] ?? [])
    assert.ok(paths.length >= 3)
    const routes = read('api/src/http/routes/health.ts') + read('api/src/http/routes/metrics.ts')
    for (const path of paths) assert.ok(path === '/healthz' || routes.includes(`'${path}'`), path)
  })
})
