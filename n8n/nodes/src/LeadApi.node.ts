import type {
  IDataObject,
  IExecuteFunctions,
  IHttpRequestOptions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  JsonObject,
} from 'n8n-workflow'
import { NodeApiError } from 'n8n-workflow'
import { type Operation, operations, turnOperations } from './lead-api-operations.ts'

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
        options: operations.map(({ name, value, description }) => ({
          name,
          value,
          action: name,
          description,
        })),
      },
      {
        displayName: 'Turn',
        name: 'turn',
        type: 'json',
        default: "={{ $('Turn').first().json.body.turn }}",
        description: 'The turn as the API dispatched it, with its id and lease',
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
      const operation = this.getNodeParameter('operation', index) as Operation
      const data = asObject(this.getNodeParameter('data', index))
      const turn = turnOperations.includes(operation)
        ? asObject(this.getNodeParameter('turn', index))
        : undefined
      const answer = await callApi(this, index, operation, turn, data)
      // What was reported goes on, for the node that ends the execution with it.
      if (operation === 'fail') Object.assign(answer, data)
      // A list of requests becomes an item each, so that the next node makes them all.
      const items = operation === 'planSync' ? (answer['requests'] as IDataObject[]) : [answer]
      for (const json of items) output.push({ json, pairedItem: { item: index } })
    }
    return [output]
  }
}

async function callApi(
  context: IExecuteFunctions,
  index: number,
  operation: Operation,
  turn: IDataObject | undefined,
  data: IDataObject,
): Promise<IDataObject> {
  const { baseUrl } = await context.getCredentials<{ baseUrl: string }>('leadProcessingApi', index)
  const { path } = operations.find((row) => row.value === operation)!
  const body: IDataObject = { ...data }
  if (turn) {
    body.lease = turn.lease
    body.turnId = turn.id
  }
  if (operation === 'send') body.action = 'send'
  const request: IHttpRequestOptions = {
    method: 'POST',
    url: baseUrl.replace(/\/$/, '') + path.replace('{turn}', encodeURIComponent(String(turn?.id ?? ''))),
    body,
    json: true,
    timeout: 20_000,
  }
  try {
    return await context.helpers.httpRequestWithAuthentication.call(context, 'leadProcessingApi', request)
  } catch (error) {
    throw new NodeApiError(context.getNode(), error as JsonObject, { itemIndex: index })
  }
}

/** A JSON parameter arrives as text when typed by hand and as an object from an expression. */
function asObject(value: unknown): IDataObject {
  return (typeof value === 'string' ? JSON.parse(value || '{}') : (value ?? {})) as IDataObject
}
