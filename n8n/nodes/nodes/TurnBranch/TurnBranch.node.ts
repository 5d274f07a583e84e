import type { Turn } from '@lead/contract'
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'

/** What a turn begins with. The nodes behind this one find the turn here. */
export class TurnBranch implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Turn Branch',
    name: 'turnBranch',
    icon: { light: 'file:../../icons/leadApi.svg', dark: 'file:../../icons/leadApi.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: 'where the turn begins',
    description:
      'Says where a turn begins: its decision is stored already, there are new messages to understand, or there is nothing new',
    defaults: { name: 'Turn Branch' },
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
    outputNames: ['decided', 'new messages', 'nothing new'],
    // It decides where a workflow goes.
    usableAsTool: undefined,
    properties: [],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const outputs: INodeExecutionData[][] = [[], [], []]
    for (const [index, { json }] of this.getInputData().entries())
      outputs[waysOut.indexOf(beginOf(json as { body?: Turn }))]?.push({ json, pairedItem: { item: index } })
    return outputs
  }
}

const waysOut = ['decided', 'new messages', 'nothing new'] as const

function beginOf({ body }: { body?: Turn }): (typeof waysOut)[number] {
  if (body?.decided) return 'decided'
  return body?.turn.kind === 'answer' ? 'new messages' : 'nothing new'
}
