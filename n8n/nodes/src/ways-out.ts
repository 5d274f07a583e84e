import { branchingOperations, type Operation, waysOutOf } from '@lead/contract'

/** An expression, since what a node does decides how many ways out it has. n8n reads it in the editor; when a workflow runs, only of a node with an error output. */
export const outputsOfOperation = `={{ (${JSON.stringify(
  Object.fromEntries(
    branchingOperations.map((name) => [
      name,
      waysOutOf(name).map((displayName) => ({ type: 'main', displayName })),
    ]),
  ),
)})[$parameter["branch"] === true ? $parameter["operation"] : ""] ?? ["main"] }}` as const

/** What an answer says about the way it takes. */
const wayOf: Record<(typeof branchingOperations)[number], (answer: Record<string, unknown>) => unknown> = {
  askBusy: ({ ask }) => (ask === true ? 'ask' : 'known'),
  journal: ({ outcome }) => outcome,
  act: ({ next }) => next,
}

const isBranching = (operation: Operation): operation is keyof typeof wayOf => operation in wayOf

/** `of`: how many ways out there are; `to`: the one that the answer takes, or null. */
export function branchOf(operation: Operation, answer: object): { of: number; to: number | null } {
  if (!isBranching(operation)) return { of: 1, to: 0 }
  const ways = waysOutOf(operation)
  const to = ways.indexOf(String(wayOf[operation]({ ...answer })))
  return { of: ways.length, to: to < 0 ? null : to }
}
