import { branchingOperations, waysOutOf } from '@lead/contract'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildSource, workflowNames } from './build-workflows.ts'

type Node = {
  name: string
  type: string
  position: [number, number]
  onError?: string
  parameters: { rules?: { values: unknown[] }; branch?: boolean; operation?: string }
}
type Box = { what: string; from: [number, number]; to: [number, number] }

/** As n8n 2.41 draws nodes, in pixels at full size. */
const wide = /askModels|\.agent$|turnModels/
const small = /lmChat|outputParser|Tool$/
const characterWidth = 7
const longestLine = 190

const outputsOf = (node: Node) => waysOf(node) + (node.onError === 'continueErrorOutput' ? 1 : 0)

function waysOf({ type, parameters: { rules, branch, operation } }: Node): number {
  if (type.endsWith('.if')) return 2
  if (type.endsWith('.switch')) return rules?.values.length ?? 1
  if (type.endsWith('.turnBranch')) return 3
  const branching = branchingOperations.find((name) => branch === true && name === operation)
  return branching ? waysOutOf(branching).length : branch === true ? 3 : 1
}

function sizeOf(node: Node): [number, number] {
  if (wide.test(node.type)) return [240, 96]
  if (small.test(node.type)) return [80, 80]
  return [96, 96 + Math.max(0, outputsOf(node) - 3) * 32]
}

/** A node and, where it is not written inside, its name below it with the subtitle. */
function boxesOf(node: Node): Box[] {
  const [x, y] = node.position
  const [width, height] = sizeOf(node)
  const box: Box = { what: node.name, from: [x, y], to: [x + width, y + height] }
  if (wide.test(node.type)) return [box]
  const length = node.name.length * characterWidth
  const half = Math.min(longestLine, Math.max(60, length)) / 2
  const lines = length < longestLine ? 1 : 2
  const middle = x + width / 2
  return [
    box,
    {
      what: `the name of ${node.name}`,
      from: [middle - half, y + height + 4],
      to: [middle + half, y + height + 18 + 18 * lines],
    },
  ]
}

/** Points of the curve by which n8n joins an output on the right with an input on the left; none for a wire that goes back. */
function wireOf(from: Node, output: number, to: Node): [number, number][] {
  const [width, height] = sizeOf(from)
  const start = [
    from.position[0] + width,
    from.position[1] + (height * (output + 1)) / (outputsOf(from) + 1),
  ] as const
  const end = [to.position[0], to.position[1] + sizeOf(to)[1] / 2] as const
  const reach = (end[0] - start[0]) / 2
  if (reach < 0) return []
  return Array.from({ length: 99 }, (_none, index) => {
    const t = (index + 1) / 100
    const mix = (a: number, b: number, c: number, d: number) =>
      (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t ** 2 * c + t ** 3 * d
    return [mix(start[0], start[0] + reach, end[0] - reach, end[0]), mix(start[1], start[1], end[1], end[1])]
  })
}

const isIn = ([x, y]: [number, number], { from, to }: Box) =>
  x > from[0] && x < to[0] && y > from[1] && y < to[1]

for (const name of workflowNames) {
  test(`${name}: no wire is drawn over a node or its name`, () => {
    const { nodes: all, connections } = buildSource(name) as unknown as {
      nodes: Node[]
      connections: Record<string, { main?: ({ node: string }[] | null)[] }>
    }
    const nodes = all.filter(({ type }) => !type.endsWith('stickyNote'))
    const nodeOf = (wanted: string) => nodes.find((node) => node.name === wanted) ?? assert.fail(wanted)
    const crossed = Object.entries(connections).flatMap(([from, { main = [] }]) =>
      main.flatMap((ends, output) =>
        (ends ?? []).flatMap(({ node: to }) => {
          const points = wireOf(nodeOf(from), output, nodeOf(to))
          return nodes
            .filter((node) => node.name !== from && node.name !== to)
            .flatMap(boxesOf)
            .filter((box) => points.some((point) => isIn(point, box)))
            .map(({ what }) => `${from} → ${to} over ${what}`)
        }),
      ),
    )
    assert.deepEqual(crossed, [])
  })
}
