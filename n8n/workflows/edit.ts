import { contentOf, type WorkflowContent } from './workflow-content.ts'

/** A JSON merge patch (RFC 7396): null takes a key away. */
type Patch = { [key: string]: unknown }

/** What people changed in n8n's editor and brought back with `npm run n8n -- adopt`. Nodes by id. */
export type Edit = { nodes?: Patch; connections?: Patch; settings?: Patch; name?: string }

/** The workflow as the sources make it, with an edit on top. */
export function applyEdit<Workflow extends { id?: string }>(workflow: Workflow, edit: Edit): Workflow {
  const { nodes, ...rest } = contentOf(workflow)
  const given = { ...rest, nodes: Object.fromEntries(nodes.map((node) => [node.id, node])) }
  const changed = merge(given, edit) as Patch & { nodes: Patch }
  return { ...workflow, ...changed, nodes: Object.values(changed.nodes) }
}

/**
 * What makes the second version out of the first; null when they are the same.
 * @throws when an edit cannot say it: n8n would have stored a null
 */
export function findEdit(first: WorkflowContent, second: WorkflowContent): Edit | null {
  const parts = ({ nodes, ...rest }: WorkflowContent) => ({
    ...rest,
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  })
  const edit = difference(parts(first), parts(second)) as Edit | undefined
  if (edit === undefined) return null
  if (JSON.stringify(contentOf(applyEdit(first, edit))) !== JSON.stringify(second))
    throw new Error(`The edit of ${first.name} holds an empty value that cannot be kept`)
  return edit
}

function merge(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Patch = isObject(value) ? { ...value } : {}
  for (const [key, part] of Object.entries(patch)) {
    if (part === null) delete result[key]
    else result[key] = merge(result[key], part)
  }
  return result
}

function difference(one: unknown, other: unknown): unknown {
  if (JSON.stringify(one) === JSON.stringify(other)) return undefined
  if (!isObject(one) || !isObject(other)) return other
  const gone = Object.keys(one).filter((key) => !(key in other))
  const changed = Object.entries(other).flatMap(([key, part]) => {
    const patch = difference(one[key], part)
    return patch === undefined ? [] : [[key, patch] as const]
  })
  return Object.fromEntries([...gone.map((key) => [key, null] as const), ...changed])
}

const isObject = (value: unknown): value is Patch =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
