/**
 * Writes console/src/api/paths.d.ts, the types by which the console asks the API, out of the API's own OpenAPI document. The tools are only
 * needed when the document has changed.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeRoutes } from '../../api/src/testing/describe-routes.ts'
import { repository } from '../settings/config.ts'
import { installTools, tool } from './tools.ts'

const target = join(repository, 'console/src/api/paths.d.ts')

/** @param databaseUrl a database with our schema; nothing in it is read */
export async function writeConsoleClient(databaseUrl: string): Promise<void> {
  const document = await describeRoutes(databaseUrl)
  const ours = Object.entries(document.paths).filter(([path]) => path.startsWith('/console/'))
  const text = JSON.stringify({ ...document, paths: Object.fromEntries(ours) })
  const head = `// Of the OpenAPI document ${createHash('sha256').update(text).digest('hex').slice(0, 16)}, by \`npm run build\`.\n`
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(head)) return
  installTools()
  const folder = mkdtempSync(join(tmpdir(), 'lead-openapi-'))
  try {
    const source = join(folder, 'openapi.json')
    writeFileSync(source, text)
    const types = execFileSync(tool('openapi-typescript'), [source], { encoding: 'utf8' })
    writeFileSync(target, head + types)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
