import {
  operationSchema,
  operations,
  rehearsalNames,
  rehearsals,
  reportDataSchema,
  turnSchema,
} from '@lead/contract'
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { callApi } from '../../src/call-api.ts'
import { operationOptions, operationSubtitle, turnOperations } from '../../src/lead-api-operations.ts'
import { readParameter } from '../../src/read-parameter.ts'

/** The steps of the turn protocol, as one node: each operation is one call of the API server. */
export class LeadApi implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Lead API',
    name: 'leadApi',
    icon: { light: 'file:../../icons/leadApi.svg', dark: 'file:../../icons/leadApi.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: operationSubtitle,
    description: 'Steps of the Lead Processing API server: journal, calendar, send, CRM, complete',
    defaults: { name: 'Lead API' },
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    usableAsTool: true,
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
        displayName: 'Example',
        name: 'rehearsal',
        type: 'options',
        noDataExpression: true,
        default: 'first_touch',
        options: rehearsalNames.map((value) => ({ name: rehearsals[value], value })),
        description: 'Of a person who does not exist: nothing is sent, booked or stored',
        displayOptions: { show: { operation: ['rehearse'] } },
      },
      {
        displayName: 'Turn',
        name: 'turn',
        type: 'json',
        default: "={{ $('Turn').first().json.body.turn }}",
        description: 'The turn as the API dispatched it, with its ID and fencing number',
        displayOptions: { show: { operation: [...turnOperations] } },
      },
      {
        displayName: 'Data',
        name: 'data',
        type: 'json',
        default: '{}',
        description: 'What this step reports',
        displayOptions: { hide: { operation: ['rehearse'] } },
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
      const before = this.getInputData()[index]?.json
      const report = turn?.rehearsal ? { ...data, rehearsed: before?.['rehearsed'] ?? null } : data
      const answer = await callApi(this, index, operation, turn, report)
      // What was reported goes on, for the node that ends the execution with it.
      if (operation === 'fail') Object.assign(answer, data)
      // A list of requests becomes an item each, so that the next node makes them all.
      const items: IDataObject[] = 'requests' in answer ? answer.requests : [answer]
      for (const json of items) output.push({ json, pairedItem: { item: index } })
    }
    return [output]
  }
}
