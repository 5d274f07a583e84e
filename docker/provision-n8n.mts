import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JsonFile, renderCredentials, renderWorkflows } from '../local/n8n/render-credentials.ts'
import { credentialVariables, googleUrl } from './credential-variables.mts'
import { prepareN8n } from './prepare-n8n.mts'

/**
 * Brings the credentials and the workflows into n8n's database and publishes the workflows. An import takes the webhooks
 * away for some seconds, so nothing is imported when n8n has it all already.
 */
const command = prepareN8n()
const files = join(import.meta.dirname, '../n8n')
const stateFile = join(process.env.N8N_USER_FOLDER ?? '', '.n8n/provisioned.sha256')

const credentials = renderCredentials(join(files, 'credentials'), credentialVariables(process.env))
const workflows = renderWorkflows(join(files, 'workflows'), googleUrl(process.env))
const ids = workflows.map(({ content }) => (content as { id: string }).id)
const n8n = (...args: string[]) =>
  execFileSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const findUnpublished = () => {
  const published = n8n('list:workflow', '--active=true', '--onlyId').split(/\s+/)
  return ids.filter((id) => !published.includes(id))
}

const wanted = createHash('sha256')
  .update(JSON.stringify([n8n('--version'), credentials, workflows]))
  .digest('hex')
const known = existsSync(stateFile) ? readFileSync(stateFile, 'utf8') : ''
if (known === wanted && findUnpublished().length === 0) {
  console.log('n8n has these credentials and workflows already')
} else {
  const folder = mkdtempSync(join(tmpdir(), 'provision-'))
  try {
    n8n(
      'import:credentials',
      '--separate',
      `--input=${writeFolder(join(folder, 'credentials'), credentials)}`,
    )
    n8n('import:workflow', '--separate', `--input=${writeFolder(join(folder, 'workflows'), workflows)}`)
    for (const id of ids) n8n('publish:workflow', `--id=${id}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const missing = findUnpublished()
  if (missing.length) throw new Error(`n8n did not publish ${missing.join(', ')}`)
  writeFileSync(stateFile, wanted)
  console.log(`n8n: ${credentials.length} credentials imported, ${ids.length} workflows published`)
}

function writeFolder(folder: string, content: JsonFile[]): string {
  mkdirSync(folder, { mode: 0o700 })
  for (const file of content)
    writeFileSync(join(folder, file.name), JSON.stringify(file.content), { mode: 0o600 })
  return folder
}
