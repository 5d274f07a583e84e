import { fingerprint, type WorkflowContent } from '../../n8n/workflows/workflow-content.ts'

/** A workflow as n8n's database has it. `published`: null when it was unpublished. `imported`: n8n wrote it from a file. */
export type StoredWorkflow = {
  draft: WorkflowContent
  published: WorkflowContent | null
  imported: boolean
  archived: boolean
}

/**
 * What a start does with a workflow.
 * - `add`: n8n has none of this id; import and publish
 * - `replace`: n8n has what was imported the last time, and ours has changed
 * - `none`: n8n has ours
 * - `keep`: a person edited it
 */
export type Judgement = 'add' | 'replace' | 'none' | 'keep'

/**
 * Whether a workflow is ours to change. The published version and the draft are compared with what was imported the last
 * time: whatever differs from it, and is not ours of today either, is the work of a person and stays.
 * @param lastImport fingerprint; undefined when it is not known
 */
export function judgeWorkflow(
  ours: WorkflowContent,
  stored: StoredWorkflow | undefined,
  lastImport: string | undefined,
): Judgement {
  if (!stored) return 'add'
  const versions = [stored.draft, ...(stored.published ? [stored.published] : [])].map(fingerprint)
  const own = fingerprint(ours)
  if (versions.every((version) => version === own)) return 'none'
  const isKnown = (version: string) => version === own || version === lastImport
  const untouched = lastImport === undefined ? stored.imported : versions.every(isKnown)
  return untouched ? 'replace' : 'keep'
}
