/** Builds what is generated once more, from the sources, and says which committed file differs. Changes nothing. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dumpSchema } from '../api/src/database/dump-schema.ts'
import { repository } from './config.ts'
import { startTestDatabase } from './test-database.ts'

const stale: string[] = []
const compare = (name: string, fresh: string) => {
  if (readFileSync(join(repository, name), 'utf8') !== fresh) stale.push(name)
}

const copy = mkdtempSync(join(tmpdir(), 'lead-check-'))
try {
  const sources = ['package.json', 'docs', 'scheduling', 'n8n/nodes', 'n8n/workflows', 'api/src/turns']
  for (const name of sources) {
    cpSync(join(repository, name), join(copy, name), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    })
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'))
  for (const script of ['n8n/nodes/build.mts', 'n8n/workflows/build.ts']) {
    execFileSync(process.execPath, [join(copy, script)], { stdio: 'inherit' })
  }
  const built = [
    'n8n/nodes/calendar-helpers.js',
    ...readdirSync(join(copy, 'n8n/nodes/dist')).map((file) => `n8n/nodes/dist/${file}`),
    ...readdirSync(join(copy, 'n8n/workflows'))
      .filter((file) => file.endsWith('.json') && file !== 'package.json')
      .map((file) => `n8n/workflows/${file}`),
  ]
  for (const name of built) compare(name, readFileSync(join(copy, name), 'utf8'))
} finally {
  rmSync(copy, { recursive: true, force: true })
}

const database = await startTestDatabase()
try {
  compare('db/schema.sql', await dumpSchema(database.url))
} finally {
  await database.stop()
}

if (stale.length > 0) {
  console.error(
    `Not what the sources make; run \`npm run build\` and commit:\n${stale.map((name) => `  ${name}`).join('\n')}`,
  )
  process.exitCode = 1
}
