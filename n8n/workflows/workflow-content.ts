import { createHash } from 'node:crypto'

/** Where the committed workflows send the requests of the Google credential. While Google is simulated the import puts another address in. */
export const googleApi = 'https://www.googleapis.com'

export type WorkflowNode = { id: string; name: string; [part: string]: unknown }

/** What a person can change in n8n's editor and a file can hold. Keys are sorted, Google is at its own address. */
export type WorkflowContent = {
  id: string
  name: string
  nodes: WorkflowNode[]
  connections: Record<string, unknown>
  settings: Record<string, unknown>
}

/**
 * The content of a workflow from n8n's database, from its editor's file, or from n8n/workflows. The rest of such a file is
 * n8n's book-keeping. `googleUrl`: where its requests to Google go while Google is simulated.
 * @throws when it is no workflow
 */
export function contentOf(workflow: unknown, googleUrl = googleApi): WorkflowContent {
  const text = JSON.stringify(workflow).replaceAll(`${googleUrl}/calendar/`, () => `${googleApi}/calendar/`)
  const { id, name, nodes, connections, settings } = (JSON.parse(text) ?? {}) as Partial<WorkflowContent>
  if (typeof id !== 'string' || typeof name !== 'string' || !Array.isArray(nodes) || !connections)
    throw new Error('That is no workflow of n8n: it has no id, name, nodes and connections')
  return sorted({
    id,
    name,
    nodes: nodes.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    connections: withoutEmpty(connections),
    settings: settings ?? {},
  }) as WorkflowContent
}

/** The same workflow with its requests to Google going to `googleUrl`. */
export const sendGoogleTo = (workflow: WorkflowContent, googleUrl: string): WorkflowContent =>
  JSON.parse(
    JSON.stringify(workflow).replaceAll(`${googleApi}/calendar/`, () => `${googleUrl}/calendar/`),
  ) as WorkflowContent

/** Equal for equal contents only. */
export const fingerprint = (content: WorkflowContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!value || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  )
}

/** A wire that was drawn and taken away leaves an empty list behind. */
function withoutEmpty(connections: Record<string, unknown>): Record<string, unknown> {
  const isEmpty = (value: unknown): boolean =>
    value === null ||
    (typeof value === 'object' && (Array.isArray(value) ? value : Object.values(value)).every(isEmpty))
  return Object.fromEntries(Object.entries(connections).filter(([, outputs]) => !isEmpty(outputs)))
}
