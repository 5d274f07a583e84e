import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'

const repository = join(import.meta.dirname, '..')

/** Who may import whom. A part that is not named imports only itself and packages. */
const mayImport: Record<string, string[]> = {
  contract: ['texts'],
  texts: [],
  scheduling: [],
  'n8n/nodes': ['contract', 'scheduling'],
  'n8n/workflows': ['contract', 'n8n/nodes'],
  api: ['contract', 'scheduling', 'texts'],
  console: ['contract'],
  simulators: [],
  local: [
    'contract',
    'api/src/backup',
    'api/src/database',
    'api/src/outgoing',
    // What `npm run seed` fills a database with.
    'api/src/testing/fill-database.ts',
    // What the console's types are made of.
    'api/src/testing/describe-routes.ts',
    'api/src/person',
    'api/src/settings/business.ts',
    'api/src/restore/describe-restore.ts',
    'api/src/secrets/public-secrets.ts',
    'api/src/secrets/service-account.ts',
    'api/src/secrets/google-token-client.ts',
    'api/src/secrets/gigachat-gate.ts',
    'api/src/settings/variables.ts',
    'api/src/settings/models.ts',
    'api/src/models',
    'api/src/google',
    // What `npm run setup` tries an account with, before anything runs.
    'api/src/settings/config.ts',
    'api/src/amocrm/amocrm-error.ts',
    'api/src/amocrm/client.ts',
    'api/src/amocrm/inspect-account.ts',
    'api/src/amocrm/memory-gate.ts',
    'api/src/amocrm/set-up-account.ts',
    'api/src/amocrm/watch-token.ts',
    'api/src/telegram/messenger-error.ts',
    'api/src/telegram/bot/bot-client.ts',
    'api/src/telegram/userbot/try-app.ts',
    'scheduling/cli/json-lines.ts',
    'n8n/workflows/workflow-content.ts',
    'n8n/workflows/model-parameters.ts',
    'n8n/workflows/diff-workflows.ts',
    'texts',
    'api/src/hearing/zone/find-place.ts',
  ],
  chaos: ['local', 'texts', 'api/src/process/fault-point.ts'],
  bench: ['contract', 'scheduling', 'local', 'api', 'e2e', 'chaos', 'eval'],
  eval: ['contract', 'local', 'api', 'simulators', 'scheduling', 'n8n', 'e2e'],
  checks: ['api', 'local', 'texts'],
  e2e: ['contract', 'local', 'api', 'simulators', 'scheduling', 'n8n', 'texts'],
}
/** Tests may start a real database. */
const testsMayImport = ['local/postgres/test-database.ts', 'local/free-port.ts']

const parts = Object.keys(mayImport)
const partOf = (file: string) => parts.find((part) => file.startsWith(`${part}/`))
const importPattern =
  /(?:^|\n)\s*(?:import|export)[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g

const files = globSync(
  '{contract,texts,api,console,scheduling,simulators,n8n,local,checks,e2e,chaos,bench,eval,docker}/**/*.{ts,mts,tsx}',
  {
    cwd: repository,
    exclude: (name) => /node_modules|runtime|console\/dist/.test(name),
  },
)

test('the parts import each other only in the agreed directions', () => {
  const wrong: string[] = []
  for (const file of files) {
    for (const target of importsOf(file)) {
      const from = partOf(file)
      const to = partOf(target)
      if (!from || !to || from === to) continue
      const allowed = [...mayImport[from]!, ...(isTest(file) ? testsMayImport : [])]
      if (!allowed.some((place) => target === place || target.startsWith(`${place}/`)))
        wrong.push(`${file} -> ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test("the API's domain folders know nothing of HTTP routes", () => {
  const wrong = files
    .filter(
      (file) =>
        file.startsWith('api/src/') &&
        !file.startsWith('api/src/http/') &&
        file !== 'api/src/main.ts' &&
        !isTest(file),
    )
    .flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('api/src/http/') && target !== 'api/src/http/problems.ts')
        .map((target) => `${file} -> ${target}`),
    )
  assert.deepEqual(wrong, [])
})

test('the scheduling rules do no input or output', () => {
  const wrong = files
    .filter((file) => file.startsWith('scheduling/src/') && !isTest(file))
    .filter((file) =>
      /from 'node:|process\.|Date\.now\(\)|new Date\(\)/.test(readFileSync(join(repository, file), 'utf8')),
    )
  assert.deepEqual(wrong, [])
})

test('no import leads back to where it began, types included', () => {
  const circles: string[] = []
  const done = new Set<string>()
  const walk = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (done.has(file) || path.includes(file)) return
    for (const target of importsOf(file)) walk(target, [...path, file])
    done.add(file)
  }
  for (const file of files) walk(file, [])
  assert.deepEqual(circles, [])
})

const isTest = (file: string) => /\.test\.ts$|\/testing\//.test(file)

const exportsOf = (folder: string): Record<string, string> =>
  (
    JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8')) as {
      exports: Record<string, string>
    }
  ).exports

/** The project's own files that a file imports, by their path from the root. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(repository, file), 'utf8')
  return [...text.matchAll(importPattern)].flatMap((match) => {
    const name = match[1] ?? match[2]!
    // Taken as a text, not as a module.
    if (name.endsWith('?raw')) return []
    if (name.startsWith('.')) return [relative(repository, join(repository, dirname(file), name))]
    const [, own, part] = /^@lead\/(contract|scheduling)(?:\/([\w-]+))?$/.exec(name) ?? []
    if (!own) return []
    const target = exportsOf(own)[part ? `./${part}` : '.']
    return target ? [join(own, target)] : []
  })
}
