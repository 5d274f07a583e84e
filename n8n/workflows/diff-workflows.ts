import type { WorkflowContent, WorkflowNode } from './workflow-content.ts'

/** What differs between two versions of a workflow, a line or a few each; `-` is of the first, `+` of the second. */
export function diffWorkflows(first: WorkflowContent, second: WorkflowContent): string[] {
  const lines: string[] = []
  const compare = (title: string, one: unknown, other: unknown) => {
    for (const [place, was, is] of differences(one, other)) {
      lines.push(`${title}${place ? `, ${place}` : ''}`)
      lines.push(...changedLines(was, is))
    }
  }
  const nodes = new Map(first.nodes.map((node) => [node.id, node]))
  for (const node of second.nodes) {
    const before = nodes.get(node.id)
    nodes.delete(node.id)
    if (before) compare(`node "${before.name}"`, before, node)
    else lines.push(`+ node "${node.name}" (${String(node.type)})`)
  }
  for (const node of nodes.values()) lines.push(`- node "${node.name}" (${String(node.type)})`)
  for (const name of new Set([...Object.keys(first.connections), ...Object.keys(second.connections)])) {
    const [was, is] = [first, second].map(({ connections }) => targets(connections[name]))
    if (was !== is) lines.push(`wires of "${name}"`, `  - ${was}`, `  + ${is}`)
  }
  compare('setting', first.settings, second.settings)
  compare('name', first.name, second.name)
  return lines
}

type Difference = [place: string, was: unknown, is: unknown]

/** The smallest parts that differ, by their paths. */
function differences(one: unknown, other: unknown, place = ''): Difference[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return []
  if (!isObject(one) || !isObject(other)) return [[place, one, other]]
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return keys.flatMap((key) => differences(one[key], other[key], place ? `${place}.${key}` : key))
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Of two long texts only the lines that differ. */
function changedLines(was: unknown, is: unknown): string[] {
  const [before, after] = [was, is].map((value) =>
    value === undefined ? [] : (typeof value === 'string' ? value : JSON.stringify(value)).split('\n'),
  ) as [string[], string[]]
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`),
  ]
}

/** Where the wires of a node lead, for people: "0 → Free times; 1 → AI sales". */
function targets(outputs: unknown): string {
  if (!isObject(outputs)) return 'none'
  return Object.entries(outputs)
    .flatMap(([kind, lists]) =>
      Object.entries(lists ?? {}).map(([index, list]) => {
        const names = ((list ?? []) as WorkflowNode[]).map((to) => String(to.node))
        return names.length > 0 ? `${kind} ${index} → ${names.join(', ')}` : ''
      }),
    )
    .filter(Boolean)
    .join('; ')
}
