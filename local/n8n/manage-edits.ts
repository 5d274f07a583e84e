import { diffWorkflows } from '../../n8n/workflows/diff-workflows.ts'
import { contentOf, fingerprint, type WorkflowContent } from '../../n8n/workflows/workflow-content.ts'
import { readState, replaceAtNextStart, saveEdit } from './bring-workflows.ts'
import type { StoredWorkflow } from './judge-workflow.ts'
import type { JsonFile } from './render-credentials.ts'
import { type Query, readStoredWorkflows } from './stored-workflows.ts'

export type EditPorts = {
  query: Query
  workflows: JsonFile[]
  stateFile: string
  editFolder: string
}

type Pair = { ours: WorkflowContent; stored: StoredWorkflow | undefined }

/**
 * Our workflows of these names with what n8n has of them; no names: all.
 * @throws for a name that is none of ours
 */
export async function readPairs(ports: EditPorts, wanted: string[]): Promise<Pair[]> {
  const ours = ports.workflows.map(({ content }) => contentOf(content))
  const unknown = wanted.filter((name) => !ours.some((own) => own.name === name))
  if (unknown.length > 0)
    throw new Error(`${unknown.join(', ')}: none of ${ours.map(({ name }) => name).join(', ')}`)
  const chosen = ours.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const stored = await readStoredWorkflows(ports.query, chosen, readState(ports.stateFile))
  return chosen.map((own) => ({ ours: own, stored: stored.get(own.id) }))
}

/** What differs between ours (-) and n8n's (+), for people. */
export function describeDifference({ ours, stored }: Pair): string[] {
  if (!stored) return [`${ours.name}: n8n does not have it yet`]
  const { draft, published } = stored
  const difference = diffWorkflows(ours, published ?? draft)
  const later = published && fingerprint(published) !== fingerprint(draft)
  return [
    `${ours.name}: ${difference.length === 0 ? 'as ours' : 'edited'}, ${published ? 'published' : 'not published'}`,
    ...difference.map((line) => `  ${line}`),
    ...(later
      ? ['  edited since it was published:', ...diffWorkflows(published, draft).map((line) => `    ${line}`)]
      : []),
  ]
}

/** Writes what n8n has into files: the newest edit, and the published version where it is another one. */
export const exportEdits = ({ stored }: Pair, folder: string): string[] =>
  stored
    ? [
        ...new Set(
          [stored.draft, ...(stored.published ? [stored.published] : [])].map((version) =>
            saveEdit(folder, version),
          ),
        ),
      ]
    : []

/** Gives up what n8n has, at the next start, for ours. It is in files first. @returns them */
export function giveUpEdits(ports: EditPorts, pairs: Pair[]): string[] {
  const files = pairs.flatMap((pair) => exportEdits(pair, ports.editFolder))
  replaceAtNextStart(
    ports.stateFile,
    pairs.map(({ ours }) => ours.id),
  )
  return files
}
