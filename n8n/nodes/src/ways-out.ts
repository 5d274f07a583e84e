import { branchingOperations, type Operation, waysOutOf } from '@lead/contract'

/** An expression, since what a node does decides how many ways out it has. n8n reads it in the editor, and not when a workflow runs. */
export const outputsOfOperation = `={{ (${JSON.stringify(
  Object.fromEntries(
    branchingOperations.map((name) => [
      name,
      waysOutOf(name).map((displayName) => ({ type: 'main', displayName })),
    ]),
  ),
)})[$parameter["branch"] === true ? $parameter["operation"] : ""] ?? ["main"] }}` as const

/** The field of an answer that says which way it takes. */
const deciding = { journal: 'outcome', act: 'next' } as const

/** `of`: how many ways out there are; `to`: the one that the answer takes, or null. */
export function branchOf(operation: Operation, answer: object): { of: number; to: number | null } {
  if (operation !== 'journal' && operation !== 'act') return { of: 1, to: 0 }
  const ways = waysOutOf(operation)
  const to = ways.indexOf(String((answer as Record<string, unknown>)[deciding[operation]]))
  return { of: ways.length, to: to < 0 ? null : to }
}
