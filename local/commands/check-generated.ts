/** Builds what is generated once more and says which committed file differs. Puts the files back as they were. */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from '../settings/config.ts'

const generated = [
  'db/schema.sql',
  'n8n/nodes/calendar-helpers.js',
  'n8n/nodes/dist/**/*.*',
  'n8n/workflows/*.json',
  'console/src/api/paths.d.ts',
  'console/dist/**/*.*',
  'deploy/{systemd,kubernetes}/*',
]
/** One character a byte: some of the files are no texts. */
const bytes = 'latin1'
const readAll = () =>
  new Map(
    globSync(generated, { cwd: repository })
      .filter((name) => !name.endsWith('package.json'))
      .map((name) => [name, readFileSync(join(repository, name), bytes)]),
  )

const committed = readAll()
execFileSync(process.execPath, [join(repository, 'local/commands/build.ts')], { stdio: 'inherit' })
const fresh = readAll()
for (const [name, text] of committed) writeFileSync(join(repository, name), text, bytes)
for (const name of fresh.keys()) if (!committed.has(name)) rmSync(join(repository, name))

const stale = [...new Set([...committed.keys(), ...fresh.keys()])].filter(
  (name) => committed.get(name) !== fresh.get(name),
)
if (stale.length > 0) {
  console.error(
    `Not what the sources make; run \`npm run build\` and commit:\n${stale.map((name) => `  ${name}`).join('\n')}`,
  )
  process.exitCode = 1
}
