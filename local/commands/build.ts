/**
 * `npm run build`: makes what is generated and committed: n8n/nodes/calendar-helpers.js and dist, n8n/workflows/*.json, console/dist,
 * deploy, db/schema.sql, console/src/api/paths.d.ts.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dumpSchema } from '../../api/src/database/dump-schema.ts'
import { repository } from '../settings/config.ts'
import { readOptions } from './command-line.ts'
import { writeConsoleClient } from './write-console-client.ts'
import { startTestDatabase } from '../postgres/test-database.ts'

const help = `
npm run build

Makes the files that are generated and committed: the nodes and workflows of n8n from n8n/ and docs/prompts-*.md, the console's pages,
the files of deploy, db/schema.sql from db/migrations, and the types by which the console asks the API.

  --help   this text
`
readOptions(help, {})

/** What fails has said why. */
function run(script: string, ...rest: string[]): void {
  const { status } = spawnSync(process.execPath, [join(repository, script), ...rest], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

run('n8n/nodes/build.mts')
run('n8n/workflows/build.ts')
run('local/cluster/write-deployments.ts')
const database = await startTestDatabase()
try {
  writeFileSync(join(repository, 'db/schema.sql'), await dumpSchema(database.url))
  await writeConsoleClient(database.url)
} finally {
  await database.stop()
}
run('node_modules/vite/bin/vite.js', 'build', 'console', '--logLevel', 'warn')
