/**
 * `npm test [-- FILES]`: all tests of the project in one run of Node's test runner, the whole system through a real n8n among
 * them. Says what cannot run on this machine and is skipped; with CI=true nothing is skipped.
 */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { abortOnSignals } from './command-line.ts'
import { repository } from '../settings/config.ts'
import { compileCache } from '../processes/host-environment.ts'
import { installN8n } from '../n8n/n8n-install.ts'

const everything = [
  'api/{src,cli}/**/*.test.ts',
  'scheduling/**/*.test.ts',
  'simulators/**/*.test.ts',
  'local/**/*.test.ts',
  'n8n/{nodes/src,workflows}/**/*.test.ts',
  'checks/**/*.test.ts',
  'e2e/**/*.test.ts',
  'chaos/**/*.test.ts',
  'eval/**/*.test.ts',
  'bench/**/*.test.ts',
]
const help = `
npm test [-- FILE ...]

Runs all tests, or those of the named files; names may have stars in quotes: npm test -- 'api/src/turns/*.test.ts'.
What cannot run on this machine is named and skipped; with CI=true it ends instead.
`
const asked = process.argv.slice(2)
if (asked.some((one) => one === '--help' || one === '-h')) {
  console.log(help.trim())
  process.exit()
}
const files = asked.length > 0 ? asked : everything

const optional = [
  { command: 'redis-server', gives: 'the tests of the Redis cache and of the start of a cluster' },
  { command: 'chromium', gives: 'the tests of the pages in a browser' },
  { command: 'systemd-analyze', gives: "systemd's own judgement of its units" },
]
const missing = optional.filter(({ command }) => spawnSync('which', [command]).status !== 0)
for (const { command, gives } of missing) console.log(`${command} is not installed: ${gives} are skipped`)
if (missing.length > 0 && process.env.CI) {
  console.error('In CI nothing may be skipped')
  process.exit(1)
}

const signal = abortOnSignals()
if (asked.length === 0) await installN8n((line) => console.log(line), signal)

const reporters = ['spec', join(import.meta.dirname, 'slowest-files.ts')].flatMap((reporter) => [
  `--test-reporter=${reporter}`,
  '--test-reporter-destination=stdout',
])
/** What hangs is named instead of holding up everything. The slowest file takes five minutes on a busy machine. */
const longestMs = 20 * 60_000
/** Much of a file's time is waiting: for a restart, a minute of the clock, a process that starts. */
const sideBySide = 3
const how = ['--test', `--test-concurrency=${sideBySide}`, `--test-timeout=${longestMs}`]
const runner = spawn(process.execPath, [...how, ...reporters, ...files], {
  cwd: repository,
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_COMPILE_CACHE: compileCache,
    PATH: `${join(repository, 'node_modules/.bin')}:${process.env.PATH}`,
  },
})
signal.addEventListener('abort', () => runner.kill('SIGTERM'))
runner.once('exit', (code) => process.exit(code ?? 1))
