import type { Turn } from '@lead/contract'
import type { IDataObject, IExecuteFunctions, ISupplyDataFunctions } from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'

type Context = IExecuteFunctions | ISupplyDataFunctions
type Before = { type: string; parameters?: Record<string, unknown> }
type Proxy = {
  $: (name: string) => { isExecuted: boolean; first: (output: number) => { json: IDataObject } }
}

/** No node of ours has more ways out. */
const mostOutputs = 8

/**
 * What a node before this one put out last, whichever way out it took: the nodes read each other, so that a step of the workflow needs no
 * expression, each of which costs n8n more than the step itself. Found by what a node is, not by its name: a person may rename it.
 * @returns null when there is none, or it has not run
 */
function readFrom(
  context: Context,
  index: number,
  isIt: (node: Before) => boolean,
  outputs = Array.from({ length: mostOutputs }, (_nothing, output) => output),
): IDataObject | null {
  const nodes = context.getParentNodes(context.getNode().name, { includeNodeParameters: true })
  const found = nodes.filter(isIt)
  if (found.length === 0) return null
  const proxy = context.getWorkflowDataProxy(index) as unknown as Proxy
  for (const { name } of found) {
    const json = outputOf(proxy, name, outputs)
    if (json) return json
  }
  return null
}

function outputOf(proxy: Proxy, name: string, outputs: number[]): IDataObject | null {
  if (!proxy.$(name).isExecuted) return null
  for (const output of outputs) {
    try {
      const item: { json: IDataObject } | undefined = proxy.$(name).first(output)
      if (item) return item.json
    } catch {
      // It has no such way out, or took another one.
    }
  }
  return null
}

const isOurs = ({ type }: Before, name: string) => type.endsWith(`.${name}`)
const does = ({ parameters }: Before, ...operations: string[]) =>
  operations.includes(String(parameters?.['operation']))

/** The turn as the API dispatched it: out of the node that begins the workflow, else of the one called *Turn*. */
export function readTurn(context: Context, index: number): Turn {
  const json =
    readFrom(context, index, (node) => isOurs(node, 'turnBranch')) ??
    outputOf(context.getWorkflowDataProxy(index) as unknown as Proxy, 'Turn', [0])
  const { body } = (json ?? {}) as { body?: Turn }
  if (!body)
    throw new NodeOperationError(context.getNode(), 'There is no turn before this node', {
      description: 'Connect it behind a Turn Branch node, or give it a turn',
      itemIndex: index,
    })
  return body
}

/** What the classifier answered, and whom to ask next; null when there was nothing to classify. */
export const readClassifier = (context: Context, index: number): IDataObject | null =>
  readFrom(context, index, (node) => isOurs(node, 'askModels') && node.parameters?.['step'] !== 'sales', [0])

export const readTimeWishes = (context: Context, index: number): IDataObject | null =>
  readFrom(context, index, (node) => isOurs(node, 'calendarHelpers') && does(node, 'readWishes'), [0, 1])

/** The operation is the node's default, and then no parameter says it. */
export const readFreeTimes = (context: Context, index: number): IDataObject | null =>
  readFrom(
    context,
    index,
    (node) =>
      isOurs(node, 'calendarHelpers') &&
      (node.parameters?.['operation'] === undefined || does(node, 'freeTimes')),
    [0],
  )

/** Why the last try could not be used, if this is not the first. The journal's word is newer than that of the acting step. */
export function readProblem(context: Context, index: number): string | undefined {
  for (const operations of [['journal'], ['act', 'calendar']]) {
    const json = readFrom(context, index, (node) => isOurs(node, 'leadApi') && does(node, ...operations))
    const problem = json?.['problem']
    if (typeof problem === 'string') return problem
  }
  return undefined
}
