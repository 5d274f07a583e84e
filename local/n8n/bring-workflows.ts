import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { judgeWorkflow, type StoredWorkflow } from './judge-workflow.ts'
import type { JsonFile } from './render-credentials.ts'
import {
  findCredentials,
  publishDrafts,
  type Query,
  readStoredWorkflows,
  type Surroundings,
} from './stored-workflows.ts'
import { writeOutModels } from '../../n8n/workflows/model-parameters.ts'
import {
  contentOf,
  fingerprint,
  googleApi,
  sendGoogleTo,
  type WorkflowContent,
} from '../../n8n/workflows/workflow-content.ts'

export type BringOptions = {
  /** n8n's command line. @throws when it fails */
  n8n: (...args: string[]) => Promise<unknown>
  query: Query
  /** As n8n/workflows has them, and the rendered credentials. */
  workflows: JsonFile[]
  credentials: JsonFile[]
  surroundings: Surroundings
  /** Remembers what was imported. */
  stateFile: string
  /** Where edits are written before they are replaced. */
  editFolder: string
  log: (line: string) => void
}

/** What a person has to know after a start. `edited`: kept as it is in n8n, and ours is not in; `failed`: n8n cannot run it. */
export type WorkflowNotice = {
  id: string
  name: string
  what: 'edited' | 'unpublished' | 'archived' | 'failed'
  reason?: string
}

/** `workflows`: fingerprint of the last import by id; `pending`: being imported, or asked for by a person. */
export type ProvisionState = {
  credentials: Record<string, string>
  workflows: Record<string, string>
  pending: string[]
} & Surroundings

/**
 * Brings the credentials and the workflows that changed into n8n's database. A workflow that a person edited or unpublished
 * in the editor stays as it is, and is named. n8n's server may not run on the same machine meanwhile.
 * Whatever breaks on the way, the next call does it again: every step may be repeated.
 */
export async function bringWorkflows(options: BringOptions): Promise<WorkflowNotice[]> {
  const { n8n, query, stateFile, surroundings, log } = options
  const state = readState(stateFile)
  const folder = mkdtempSync(join(tmpdir(), 'n8n-import-'))
  const importAll = (kind: 'credentials' | 'workflow', files: JsonFile[]) =>
    n8n(`import:${kind}`, '--separate', `--input=${writeFolder(join(folder, kind), files)}`)
  const remember = (change: Partial<ProvisionState>) => writeState(stateFile, Object.assign(state, change))
  try {
    const present = await findCredentials(query, options.credentials.map(idOf))
    const credentials = options.credentials.filter(
      (file) => !present.has(idOf(file)) || state.credentials[idOf(file)] !== hash(file.content),
    )
    if (credentials.length > 0) {
      log(`n8n: importing ${names(credentials)} (credentials)`)
      await importAll('credentials', credentials)
      const hashes = credentials.map((file) => [idOf(file), hash(file.content)] as const)
      remember({ credentials: { ...state.credentials, ...Object.fromEntries(hashes) } })
    }

    const ours = new Map(options.workflows.map(({ content }) => [contentOf(content).id, contentOf(content)]))
    const read = () => readStoredWorkflows(query, [...ours.values()], state)
    const stored = await read()
    const plan = [...ours.values()].map((own) => planFor(own, stored.get(own.id), state, surroundings))
    const changed = plan.filter(({ wanted }) => wanted !== null)
    const same = plan.filter(({ judgement }) => judgement === 'none')
    const known = Object.fromEntries(same.map(({ own }) => [own.id, fingerprint(own)]))
    remember({ workflows: { ...state.workflows, ...known } })
    if (changed.length === 0) return plan.flatMap(({ notices }) => notices)

    // An import takes a workflow off the air: should we die before it is published again, the next start does it.
    const publish = changed.filter(({ published }) => published).map(({ own }) => own.id)
    remember({ pending: [...new Set([...state.pending, ...publish])] })
    for (const { own, judgement, wanted } of changed) {
      const draft = stored.get(own.id)?.draft
      if (judgement !== 'keep' || !draft || !wanted || fingerprint(draft) === fingerprint(wanted)) continue
      log(`n8n: the unpublished edit of ${own.name} is in ${saveEdit(options.editFolder, draft)}`)
    }
    log(`n8n: importing ${changed.map(({ own }) => own.name).join(', ')}`)
    const files = changed.map(({ own, wanted }) => ({
      name: `${own.id}.json`,
      content: { ...source(options, own.id), ...(wanted && settle(wanted, surroundings)) },
    }))
    await importAll('workflow', files)
    remember(surroundings)
    await publishDrafts(query, publish)
    const after = await read()
    const failed = publish.filter((id) => !after.get(id)?.published)
    if (failed.length > 0) throw new Error(`n8n did not publish ${failed.join(', ')}`)
    const imports = changed
      .filter(({ judgement }) => judgement !== 'keep')
      .flatMap(({ own }) => {
        const draft = after.get(own.id)?.draft
        return draft ? [[own.id, fingerprint(draft)] as const] : []
      })
    remember({ workflows: { ...state.workflows, ...Object.fromEntries(imports) }, pending: [] })
    return plan.flatMap(({ notices }) => notices)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The workflow as n8n gets it. */
const settle = (workflow: WorkflowContent, { googleUrl, models }: Surroundings): WorkflowContent =>
  sendGoogleTo(models ? writeOutModels(workflow, models) : workflow, googleUrl)

/** @returns `wanted`: what to import, null: nothing; `published`: whether it is published afterwards */
function planFor(
  own: WorkflowContent,
  stored: StoredWorkflow | undefined,
  state: ProvisionState,
  surroundings: Surroundings,
) {
  const isPending = state.pending.includes(own.id)
  const judgement = isPending ? 'replace' : judgeWorkflow(own, stored, state.workflows[own.id])
  const isOff = !isPending && stored !== undefined && (!stored.published || stored.archived)
  const notice = (what: WorkflowNotice['what']): WorkflowNotice => ({ id: own.id, name: own.name, what })
  const notices = [
    ...(judgement === 'keep' ? [notice('edited')] : []),
    ...(isOff ? [notice(stored.archived ? 'archived' : 'unpublished')] : []),
  ]
  const isMoved =
    stored !== undefined && fingerprint(settle(own, state)) !== fingerprint(settle(own, surroundings))
  const published = !isOff
  if (stored?.archived) return { own, judgement, notices, published, wanted: null }
  // What a person edited stays, but asks Google where Google is now, and the models of now.
  if (judgement === 'keep')
    return {
      own,
      judgement,
      notices,
      published,
      wanted: isMoved ? (stored?.published ?? stored?.draft ?? null) : null,
    }
  return { own, judgement, notices, published, wanted: judgement !== 'none' || isMoved ? own : null }
}

/** Writes an edit into a file that n8n and `npm run n8n` can read. @returns the file */
export function saveEdit(folder: string, content: WorkflowContent): string {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${content.name}-${fingerprint(content).slice(0, 8)}.json`)
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  return file
}

/** What the next start shall bring in whatever a person did to it. */
export function replaceAtNextStart(stateFile: string, ids: string[]): void {
  const state = readState(stateFile)
  writeState(stateFile, { ...state, pending: [...new Set([...state.pending, ...ids])] })
}

export function readState(file: string): ProvisionState {
  const empty = { credentials: {}, workflows: {}, pending: [], googleUrl: googleApi, models: null }
  if (!existsSync(file)) return empty
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProvisionState>
  // Earlier versions kept one hash of all workflows: whose work the stored ones are, n8n's history says then.
  return typeof kept.workflows === 'object' ? { ...empty, ...kept } : empty
}

function writeState(file: string, state: ProvisionState): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(state))
}

/** Tags and descriptions are not part of what is compared; they come with the file. */
const source = ({ workflows }: BringOptions, id: string): Record<string, unknown> => {
  const file = workflows.find(({ content }) => contentOf(content).id === id)
  return file?.content as Record<string, unknown>
}
const idOf = ({ content }: JsonFile) => (content as { id: string }).id
const names = (files: JsonFile[]) => files.map(({ name }) => name.replace('.json', '')).join(', ')
const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

function writeFolder(folder: string, files: JsonFile[]): string {
  mkdirSync(folder, { mode: 0o700 })
  for (const { name, content } of files)
    writeFileSync(join(folder, name), JSON.stringify(content), { mode: 0o600 })
  return folder
}
