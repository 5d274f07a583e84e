import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { bringWorkflows } from '../local/n8n/bring-workflows.ts'
import { describeDifference, giveUpEdits, readPairs } from '../local/n8n/manage-edits.ts'
import { readJsonFiles, renderCredentials } from '../local/n8n/render-credentials.ts'
import type { Query } from '../local/n8n/stored-workflows.ts'
import { credentialVariables, googleUrl } from './credential-variables.mts'
import { prepareN8n } from './prepare-n8n.mts'

/**
 * Brings the credentials and the workflows that changed into n8n's database and publishes the workflows. What a person edited
 * or unpublished in the editor stays as it is, and is named. `docker compose run --rm n8n-init diff | export | replace NAME`
 * shows an edit, prints where it was written, or gives it up for ours at the next start.
 */
const command = prepareN8n()
const files = join(import.meta.dirname, '../n8n')
const kept = join(process.env.N8N_USER_FOLDER ?? '', '.n8n')
const run = promisify(execFile)
type Client = { connect: () => Promise<void>; end: () => Promise<void>; query: Query }
const { Client } = createRequire(command)('pg') as { Client: new (options: object) => Client }
const database = new Client({
  host: process.env.DB_POSTGRESDB_HOST,
  port: Number(process.env.DB_POSTGRESDB_PORT),
  database: process.env.DB_POSTGRESDB_DATABASE,
  user: process.env.DB_POSTGRESDB_USER,
  password: process.env.DB_POSTGRESDB_PASSWORD,
})
const ports = {
  query: (sql: string, values: unknown[]) => database.query(sql, values),
  workflows: readJsonFiles(join(files, 'workflows')),
  stateFile: join(kept, 'provisioned.json'),
  editFolder: join(kept, 'edits'),
}
const [action, ...names] = process.argv.slice(2)

await database.connect()
try {
  if (action === undefined) await bring()
  else {
    const pairs = await readPairs(ports, names)
    if (action === 'diff') for (const pair of pairs) console.log(describeDifference(pair).join('\n'))
    else if (action === 'export')
      for (const { stored } of pairs) console.log(JSON.stringify(stored?.draft ?? null, null, 2))
    else if (action === 'replace' && names.length > 0)
      console.log(
        `${giveUpEdits(ports, pairs).join('\n')}\nThe next \`docker compose up -d\` brings ours in.`,
      )
    else throw new Error('diff [NAME...], export NAME or replace NAME')
  }
} finally {
  await database.end()
}

async function bring(): Promise<void> {
  const notices = await bringWorkflows({
    ...ports,
    n8n: (...args) => run(process.execPath, [command, ...args], { maxBuffer: 64 * 1024 * 1024 }),
    credentials: renderCredentials(join(files, 'credentials'), credentialVariables(process.env)),
    // config/models.yaml is not read in n8n's image: the models come with each turn.
    surroundings: { googleUrl: googleUrl(process.env), models: null },
    log: (line) => console.log(line),
  })
  for (const { name, what } of notices) console.log(advice[what](name))
}

const advice = {
  edited: (name: string) =>
    `! ${name} was edited in n8n: that version stays, ours is not in. See: docker compose run --rm n8n-init diff ${name}. ` +
    `Keep it: docker compose run --rm -T n8n-init export ${name} > edit.json, then npm run n8n -- adopt --file edit.json. ` +
    `Or take ours: docker compose run --rm n8n-init replace ${name}, then docker compose up -d`,
  unpublished: (name: string) =>
    `! ${name} is not published in n8n, so it does nothing: open it in the editor and press Publish`,
  archived: (name: string) =>
    `! ${name} is archived in n8n, so it does nothing: unarchive it in the editor and press Publish`,
  failed: (name: string) => `! n8n could not start ${name}`,
}
