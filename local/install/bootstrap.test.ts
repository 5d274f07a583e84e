import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const root = mkdtempSync(join(tmpdir(), 'lead-bootstrap-'))
after(() => rmSync(root, { recursive: true }))

mkdirSync(join(root, 'local/install'), { recursive: true })
for (const name of ['bootstrap.mjs', 'install-packages.mjs', 'platform.mjs']) {
  copyFileSync(join(import.meta.dirname, name), join(root, 'local/install', name))
}
const lock = (packages: object) =>
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ name: 'x', lockfileVersion: 3, packages: { '': { name: 'x', ...packages } } }),
  )
writeFileSync(join(root, 'package.json'), '{"name":"x"}')
lock({})
writeFileSync(
  join(root, 'script.ts'),
  `const given: string[] = process.argv.slice(2)
   process.on('SIGTERM', () => process.exit(42))
   console.log(JSON.stringify(given))
   if (given[0] === 'wait') setInterval(() => {}, 1000)
   else process.exitCode = Number(given[0])`,
)

function start(args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, 'local/install/bootstrap.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => (output.stdout += chunk))
  child.stderr.on('data', (chunk) => (output.stderr += chunk))
  return { child, output }
}

async function run(args: string[], environment?: Record<string, string>) {
  const { child, output } = start(args, environment)
  const [code] = (await once(child, 'close')) as [number]
  return { code, ...output }
}

test('two starters at once: one installs, both run, arguments and exit codes pass through', async () => {
  const [one, two] = await Promise.all([run(['script.ts', '3', 'a b']), run(['script.ts', '4'])])
  assert.deepEqual([one.code, one.stdout], [3, '["3","a b"]\n'], one.stderr)
  assert.deepEqual([two.code, two.stdout], [4, '["4"]\n'], two.stderr)
  const installs = [one, two].filter((result) => /installed in \d+ s/.test(result.stderr))
  assert.equal(installs.length, 1, one.stderr + two.stderr)
  assert.deepEqual(readdirSync(join(root, '.data')), [])
})

test('when all is there nothing is said and nothing is installed', async () => {
  const result = await run(['script.ts', '0'])
  assert.deepEqual(result, { code: 0, stdout: '["0"]\n', stderr: '' })
})

test('SIGTERM reaches the script', async () => {
  const { child, output } = start(['script.ts', 'wait'])
  await printed(child, () => output.stdout !== '')
  child.kill('SIGTERM')
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 42)
})

test('a lock file of a dead process is taken over', async () => {
  lock({ version: '1.0.1' })
  writeFileSync(join(root, '.data/install.lock'), '999999999')
  const result = await run(['script.ts', '0'])
  assert.equal(result.code, 0, result.stderr)
  assert.ok(!existsSync(join(root, '.data/install.lock')))
})

test('without a registry it says so and does not run the script', async () => {
  const dependency = { 'node_modules/gone': { version: '1.0.0', integrity: 'sha512-AA==', resolved: '' } }
  dependency['node_modules/gone'].resolved = 'https://127.0.0.1:9/gone/-/gone-1.0.0.tgz'
  writeFileSync(join(root, 'package.json'), '{"name":"x","dependencies":{"gone":"1.0.0"}}')
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({
      name: 'x',
      lockfileVersion: 3,
      packages: { '': { name: 'x', dependencies: { gone: '1.0.0' } }, ...dependency },
    }),
  )
  const result = await run(['script.ts', '0'], {
    npm_config_fetch_retries: '0',
    npm_config_registry: 'https://127.0.0.1:9/',
  })
  assert.equal(result.code, 1)
  assert.equal(result.stdout, '')
  assert.match(result.stderr, /packages: the npm registry cannot be reached\. Check the internet connection/)
})

/** @throws when the process ends before */
async function printed(child: ChildProcess, condition: () => boolean): Promise<void> {
  const ended = once(child, 'close').then(() => assert.fail('it ended early'))
  while (!condition()) await Promise.race([once(child.stdout!, 'data'), ended])
  ended.catch(() => {})
}
