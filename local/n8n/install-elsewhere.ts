import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { contentOf, fingerprint, sendGoogleTo } from '../../n8n/workflows/workflow-content.ts'
import { saveEdit } from './bring-workflows.ts'
import { type PublicApi, PublicApiError } from './public-api.ts'
import type { JsonFile } from './render-credentials.ts'

export type ElsewhereOptions = {
  api: PublicApi
  /** As n8n/workflows has them, and the rendered credentials. */
  workflows: JsonFile[]
  credentials: JsonFile[]
  /** Where the workflows send their requests to Google. */
  googleUrl: string
  /** Remembers what was brought to which n8n. */
  stateFile: string
  /** Where edits are written before they are replaced. */
  editFolder: string
  /** Workflows that people edited are replaced, too. */
  replace: boolean
  log: (line: string) => void
}

const stateOfOne = z.object({
  /** Hash of the values by our id: one that people changed in n8n stays until ours change. */
  credentials: z.record(z.string(), z.string()).default({}),
  /** By our id: theirs, and the fingerprints of ours and of what n8n made of it. */
  workflows: z
    .record(z.string(), z.object({ id: z.string(), ours: z.string(), theirs: z.string() }))
    .default({}),
})
type StateOfOne = z.infer<typeof stateOfOne>
const stateSchema = z.record(z.string(), stateOfOne)

const credentialFile = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
})
const workflowFile = z.looseObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  settings: z.record(z.string(), z.unknown()),
})
const answeredWorkflow = z.looseObject({
  id: z.string(),
  activeVersionId: z.string().nullable().optional(),
  active: z.boolean().optional(),
  isArchived: z.boolean().optional(),
})
const listOfWorkflows = z.object({ data: z.array(answeredWorkflow.extend({ name: z.string() })) })
const named = z.object({ data: z.array(z.object({ id: z.string(), name: z.string() })) })

const tagName = 'lead-processing'

/** That n8n has no node of ours. */
export class NodesAreMissing extends Error {}

/**
 * Brings credentials and workflows into an n8n that somebody else runs, through its public API, and publishes them. May be repeated: what is
 * there and unchanged is left alone, what people edited is kept and named.
 * @returns the workflows that are not as ours say, with the reason
 * @throws {NodesAreMissing} before anything is written, when n8n does not know our nodes
 */
export async function installElsewhere(options: ElsewhereOptions): Promise<string[]> {
  const { api, log } = options
  await requireOurNodes(api)
  const states = readStates(options.stateFile)
  const state = (states[api.url] ??= { credentials: {}, workflows: {} })
  const remember = () => writeStates(options.stateFile, states)

  for (const { content } of options.credentials) {
    const credential = credentialFile.parse(content)
    log(`${credential.name}: ${await bringCredential(api, credential, state)}`)
    remember()
  }

  const tag = await findTag(api)
  const files = options.workflows.map(({ content }) => workflowFile.parse(content))
  // The others name it as theirs.
  const ordered = files.toSorted((one, other) => Number(names(other, files)) - Number(names(one, files)))
  const notices: string[] = []
  for (const file of ordered) {
    const { done, notice } = await bringWorkflow(options, state, file, tag)
    remember()
    log(`${file.name}: ${done}`)
    if (notice) notices.push(`${file.name}: ${notice}`)
  }
  return notices
}

type WorkflowFile = z.infer<typeof workflowFile>
const names = (file: WorkflowFile, others: WorkflowFile[]) =>
  others.some(({ settings }) => settings.errorWorkflow === file.id)

async function requireOurNodes(api: PublicApi): Promise<void> {
  await requireN8n(api)
  try {
    await api.ask('GET', '/credentials/schema/leadProcessingApi')
  } catch (error) {
    if (!(error instanceof PublicApiError) || error.status !== 404) throw error
    throw new NodesAreMissing(`The n8n at ${api.url} does not have the package n8n-nodes-lead-processing`)
  }
}

async function requireN8n(api: PublicApi): Promise<void> {
  const list = await api.ask('GET', '/workflows?limit=1').catch((error: unknown) => {
    if (error instanceof PublicApiError && ![401, 403].includes(error.status)) return null
    throw error
  })
  if (listOfWorkflows.safeParse(list).success) return
  throw new Error(
    `${api.url} is no n8n with a public API: is the address right, and N8N_PUBLIC_API_DISABLED not true there?`,
  )
}

async function bringCredential(
  api: PublicApi,
  { id, name, type, data }: z.infer<typeof credentialFile>,
  state: StateOfOne,
): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify({ type, data })).digest('hex')
  const done = await api
    .ask('POST', '/credentials', { id, name, type, data })
    .then(() => 'made')
    .catch(async (error: unknown) => {
      if (!(error instanceof PublicApiError) || error.status !== 409) throw error
      if (state.credentials[id] === hash) return 'there, and its values are unchanged'
      await api.ask('PATCH', `/credentials/${id}`, { name, type, data })
      return 'has the values of .env now'
    })
  state.credentials[id] = hash
  return done
}

async function bringWorkflow(
  { api, googleUrl, editFolder, replace }: ElsewhereOptions,
  state: StateOfOne,
  file: WorkflowFile,
  tag: string | null,
): Promise<{ done: string; notice?: string }> {
  const ours = contentOf(file)
  const errors = String(ours.settings.errorWorkflow ?? '')
  const settings = {
    ...ours.settings,
    ...(errors && { errorWorkflow: state.workflows[errors]?.id ?? errors }),
  }
  const { nodes, connections } = sendGoogleTo(ours, googleUrl)
  const wanted = { name: ours.name, nodes, connections, settings }
  const there = await findWorkflow(api, state.workflows[ours.id]?.id, ours.name)
  // Brought there by hand, or from another machine: whose work it is nobody can say.
  if (there) state.workflows[ours.id] ??= { id: there.id, ours: '', theirs: '' }
  const known = state.workflows[ours.id]
  // What n8n answers has its own defaults in it: only its answers are compared with each other.
  const read = (answer: unknown) => fingerprint(contentOf(answer, googleUrl))
  const ourPrint = fingerprint({ ...ours, settings })

  if (!there) {
    const made = answeredWorkflow.parse(await api.ask('POST', '/workflows', wanted))
    if (tag) await api.ask('PUT', `/workflows/${made.id}/tags`, [{ id: tag }])
    state.workflows[ours.id] = { id: made.id, ours: ourPrint, theirs: read(made) }
    await publish(api, made.id)
    return { done: 'imported and published' }
  }
  if (there.isArchived)
    return { done: 'left alone', notice: 'it is archived in n8n; unarchive and publish it there' }
  const isEdited = known?.theirs !== read(there)
  const isPublished = Boolean(there.activeVersionId ?? there.active)
  const off = isPublished ? {} : { notice: 'it is not published in n8n; open it there and press Publish' }
  if (!isEdited && known?.ours === ourPrint) return { done: 'there, and unchanged', ...off }
  if (isEdited && !replace)
    return {
      done: 'left alone',
      notice:
        'somebody edited it in n8n or brought it there, and it stays so. --replace takes ours and writes theirs into a file',
    }
  const kept = isEdited ? `; theirs is in ${saveEdit(editFolder, contentOf(there, googleUrl))}` : ''
  const description = file.description === undefined ? {} : { description: file.description }
  const changed = answeredWorkflow.parse(
    await api.ask('PUT', `/workflows/${there.id}`, { ...wanted, ...description }),
  )
  state.workflows[ours.id] = { id: there.id, ours: ourPrint, theirs: read(changed) }
  return { done: `brought up to date${kept}`, ...off }
}

/** The one that was brought, else one of the same name. Null: n8n has neither. */
async function findWorkflow(api: PublicApi, id: string | undefined, name: string) {
  if (id !== undefined) {
    try {
      return answeredWorkflow.parse(await api.ask('GET', `/workflows/${id}`))
    } catch (error) {
      if (!(error instanceof PublicApiError) || error.status !== 404) throw error
    }
  }
  const listed = listOfWorkflows.parse(
    await api.ask('GET', `/workflows?limit=250&name=${encodeURIComponent(name)}`),
  )
  return listed.data.find((one) => one.name === name && !one.isArchived) ?? null
}

/** Named so since version 2; before it was called to activate. */
async function publish(api: PublicApi, id: string): Promise<void> {
  try {
    await api.ask('POST', `/workflows/${id}/publish`, {})
  } catch (error) {
    if (!(error instanceof PublicApiError) || error.status !== 404) throw error
    await api.ask('POST', `/workflows/${id}/activate`, {})
  }
}

/** Null where n8n has no tags, or the key may not make one: nothing depends on it. */
async function findTag(api: PublicApi): Promise<string | null> {
  try {
    const { data } = named.parse(await api.ask('GET', '/tags?limit=250'))
    const found = data.find(({ name }) => name === tagName)
    if (found) return found.id
    return z.object({ id: z.string() }).parse(await api.ask('POST', '/tags', { name: tagName })).id
  } catch (error) {
    if (error instanceof PublicApiError && error.status !== 401) return null
    throw error
  }
}

function readStates(file: string): Record<string, StateOfOne> {
  if (!existsSync(file)) return {}
  const read = stateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!read.success)
    throw new Error(`${file} is not what an installation writes: ${read.error.message}. Move it away`)
  return read.data
}

function writeStates(file: string, states: Record<string, StateOfOne>): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(states, null, 2)}\n`, { mode: 0o600 })
}
