import {
  branchingOperations,
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
import { readTurn } from '../../src/read-before.ts'
import { readOrFind, readParameter } from '../../src/read-parameter.ts'
import { whatToReport } from '../../src/what-to-report.ts'
import { branchOf, outputsOfOperation } from '../../src/ways-out.ts'

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
    outputs: outputsOfOperation,
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
        default: '',
        description: 'The turn with its ID and fencing number. Empty: the one that the API dispatched.',
        displayOptions: { show: { operation: [...turnOperations] } },
      },
      {
        displayName: 'Data',
        name: 'data',
        type: 'json',
        default: '{}',
        description:
          'What this step reports. {}: the journal takes what this execution thought, the acting step takes the answer of Google that comes in.',
        displayOptions: { hide: { operation: ['rehearse'] } },
      },
      {
        displayName: 'Branch',
        name: 'branch',
        type: 'boolean',
        default: false,
        description: 'Whether each answer goes out by a way of its own',
        displayOptions: { show: { operation: [...branchingOperations] } },
      },
    ],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const outputs: INodeExecutionData[][] = []
    for (let index = 0; index < this.getInputData().length; index++) {
      const operation = operationSchema.parse(this.getNodeParameter('operation', index))
      const given = readParameter(this, 'data', index, reportDataSchema.nullable()) ?? {}
      const data = Object.keys(given).length > 0 ? given : whatToReport(this, index, operation)
      const turn = operations[operation].ofTurn
        ? readOrFind(this, 'turn', index, turnSchema.shape.turn, () => readTurn(this, index).turn)
        : undefined
      const before = this.getInputData()[index]?.json
      const report = turn?.rehearsal ? { ...data, rehearsed: before?.['rehearsed'] ?? null } : data
      const answer = await callApi(this, index, operation, turn, report)
      // What was reported goes on, for the node that ends the execution with it.
      if (operation === 'fail') Object.assign(answer, data)
      // A list of requests becomes an item each, so that the next node makes them all.
      const items: IDataObject[] = 'requests' in answer ? answer.requests : [answer]
      const isBranch = this.getNodeParameter('branch', index, false) === true
      for (const json of items) {
        const way = isBranch ? branchOf(operation, json) : { of: 1, to: 0 }
        while (outputs.length < way.of) outputs.push([])
        if (way.to !== null) outputs[way.to]?.push({ json, pairedItem: { item: index } })
      }
    }
    return outputs.length > 0 ? outputs : [[]]
  }
}
