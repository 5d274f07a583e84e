import { operationSchema, operations, reportDataSchema, turnSchema } from '@lead/contract'
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow'
import { callApi } from './call-api.ts'
import { operationOptions, turnOperations } from './lead-api-operations.ts'
import { readParameter } from './read-parameter.ts'

/** The steps of the turn protocol, as one node: each operation is one call of the API server. */
export class LeadApi implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Lead API',
    name: 'leadApi',
    icon: 'fa:comments',
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"]}}',
    description: 'Steps of the Lead Processing API server: journal, calendar, send, CRM, complete',
    defaults: { name: 'Lead API' },
    inputs: ['main'],
    outputs: ['main'],
    credentials: [{ name: 'leadProcessingApi', required: true }],
    properties: [
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        default: 'journal',
        options: operationOptions,
      },
      {
        displayName: 'Turn',
        name: 'turn',
        type: 'json',
        default: "={{ $('Turn').first().json.body.turn }}",
        description: 'The turn as the API dispatched it, with its id and fencing number',
        displayOptions: { show: { operation: [...turnOperations] } },
      },
      {
        displayName: 'Data',
        name: 'data',
        type: 'json',
        default: '{}',
        description: 'What this step reports',
      },
    ],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const output: INodeExecutionData[] = []
    for (let index = 0; index < this.getInputData().length; index++) {
      const operation = operationSchema.parse(this.getNodeParameter('operation', index))
      const data = readParameter(this, 'data', index, reportDataSchema.nullable()) ?? {}
      const turn = operations[operation].ofTurn
        ? readParameter(this, 'turn', index, turnSchema.shape.turn)
        : undefined
      const answer = await callApi(this, index, operation, turn, data)
      // What was reported goes on, for the node that ends the execution with it.
      if (operation === 'fail') Object.assign(answer, data)
      // A list of requests becomes an item each, so that the next node makes them all.
      const items: IDataObject[] = 'requests' in answer ? answer.requests : [answer]
      for (const json of items) output.push({ json, pairedItem: { item: index } })
    }
    return [output]
  }
}
