import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Config, repository } from '../settings/config.ts'
import { readN8nVersion } from './n8n-install.ts'
import { type JsonFile, renderCredentials, renderWorkflows } from './render-credentials.ts'
import { runN8n } from './run-n8n.ts'
import { credentialVariables, findUrls } from '../settings/service-environments.ts'

export type ProvisionOptions = {
  config: Config
  environment: Record<string, string>
  log: (line: string) => void
  signal?: AbortSignal
  /** Default: n8n/workflows and n8n/credentials. */
  workflowFolder?: string
  credentialFolder?: string
}

const workflowSchema = z.looseObject({ id: z.string().min(1), name: z.string(), nodes: z.array(z.unknown()) })

/** What the last run brought into n8n: hashes. */
const stateSchema = z.object({ credentials: z.string(), workflows: z.string() }).partial()

/**
 * Brings the workflows and the rendered credentials into n8n's database and publishes the workflows. Must run while n8n
 * does not. A call of n8n's command line costs 4 s, so only what changed since the last time is imported.
 * @returns the workflows, as they were imported
 */
export async function provision(
  options: ProvisionOptions,
): Promise<{ imported: boolean; workflows: unknown[] }> {
  const { config, environment, log } = options
  const workflows = renderWorkflows(
    options.workflowFolder ?? join(repository, 'n8n/workflows'),
    findUrls(config).googleApi,
  )
  const ids = workflows.map(readWorkflowId)
  const credentials = renderCredentials(
    options.credentialFolder ?? join(repository, 'n8n/credentials'),
    credentialVariables(config),
  )
  const target = [readN8nVersion(), environment.DB_POSTGRESDB_HOST, environment.DB_POSTGRESDB_DATABASE]
  const wanted = { credentials: hash([target, credentials]), workflows: hash([target, workflows]) }
  const stateFile = join(config.dataDir, 'provisioned.json')
  const done = existsSync(stateFile) ? stateSchema.parse(JSON.parse(readFileSync(stateFile, 'utf8'))) : {}
  const remember = (part: keyof typeof wanted) => {
    done[part] = wanted[part]
    writeFileSync(stateFile, JSON.stringify(done))
  }

  const logFile = join(config.dataDir, 'logs/provision.log')
  mkdirSync(join(config.dataDir, 'logs'), { recursive: true })
  const n8n = (...args: string[]) =>
    runN8n(args, {
      environment,
      cwd: config.dataDir,
      logFile,
      ...(options.signal && { signal: options.signal }),
    })
  const folder = mkdtempSync(join(config.dataDir, 'provision-'))
  // Whatever breaks on the way, the next start does it again: every step may be repeated.
  try {
    if (done.credentials !== wanted.credentials) {
      log(`n8n: importing ${credentials.length} credentials`)
      await n8n(
        'import:credentials',
        '--separate',
        `--input=${writeFolder(join(folder, 'credentials'), credentials)}`,
      )
      remember('credentials')
    }
    if (done.workflows === wanted.workflows) return { imported: false, workflows: workflows.map(contentOf) }
    log(`n8n: importing ${workflows.length} workflows`)
    await n8n('import:workflow', '--separate', `--input=${writeFolder(join(folder, 'workflows'), workflows)}`)
    log(`n8n: publishing ${workflows.length} workflows`)
    await Promise.all(ids.map((id) => n8n('publish:workflow', `--id=${id}`)))
    const active = await n8n('list:workflow', '--active=true', '--onlyId')
    const missing = ids.filter((id) => !active.split(/\s+/).includes(id))
    if (missing.length) throw new Error(`n8n did not publish ${missing.join(', ')}: see ${logFile}`)
    remember('workflows')
    return { imported: true, workflows: workflows.map(contentOf) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const contentOf = (file: JsonFile) => file.content
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

function readWorkflowId({ name, content }: JsonFile): string {
  const parsed = workflowSchema.safeParse(content)
  if (!parsed.success)
    throw new Error(`n8n/workflows/${name} is not a workflow with an id: run \`npm run build\``)
  return parsed.data.id
}

function writeFolder(folder: string, files: JsonFile[]): string {
  mkdirSync(folder, { mode: 0o700 })
  for (const { name, content } of files)
    writeFileSync(join(folder, name), JSON.stringify(content), { mode: 0o600 })
  return folder
}
