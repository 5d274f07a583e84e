import { type Turn, turnSchema, type Vendor, vendors } from '@lead/contract'
import type {
  IExecuteFunctions,
  INodeType,
  INodeTypeDescription,
  ISupplyDataFunctions,
  SupplyData,
} from 'n8n-workflow'
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow'
import { agentModel, type ToolModel } from '../../src/agent-model.ts'
import { byVendor } from '../../src/ask-in-turn.ts'
import { goodFirst } from '../../src/ask-vendors.ts'
import { readParameter } from '../../src/read-parameter.ts'
import { reportCall } from '../../src/report-call.ts'

/** Two chat models as one, for n8n's AI Agent: the other vendor steps in when the first fails, and each call is reported to the API. */
export class TurnModels implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Turn Models',
    name: 'turnModels',
    icon: { light: 'file:../../icons/turnModels.svg', dark: 'file:../../icons/turnModels.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: 'one, else the other',
    description:
      'A chat model for an AI Agent out of two: the other vendor is asked when the first fails, refuses, is cut short or hangs; reports each call to the Lead Processing API',
    defaults: { name: 'Turn Models' },
    inputs: [
      { type: NodeConnectionTypes.AiLanguageModel, displayName: 'First', maxConnections: 1, required: true },
      { type: NodeConnectionTypes.AiLanguageModel, displayName: 'Other', maxConnections: 1, required: true },
    ],
    outputs: [NodeConnectionTypes.AiLanguageModel],
    outputNames: ['Model'],
    // A model is no tool.
    usableAsTool: undefined,
    credentials: [{ name: 'leadProcessingApi', required: true }],
    properties: [
      {
        displayName: 'Vendors',
        name: 'ask',
        type: 'json',
        default: "={{ $('Turn').first().json.body.models.ask }}",
        description:
          'Whom to ask, the first one first: "openai" is the first model that is connected, "anthropic" the other. The API leaves out who is away.',
      },
      {
        displayName: 'Turn',
        name: 'turn',
        type: 'json',
        default: "={{ $('Turn').first().json.body.turn }}",
        description: 'The turn as the API dispatched it, with its ID and fencing number',
      },
    ],
  }

  async supplyData(this: ISupplyDataFunctions, itemIndex: number): Promise<SupplyData> {
    const connected = await this.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, itemIndex)
    const models = byVendor(Array.isArray(connected) ? connected.filter(isToolModel) : [])
    if (!models)
      throw new NodeOperationError(
        this.getNode(),
        `Connect ${vendors.length} chat models that can call tools`,
        { itemIndex },
      )
    const turn = readParameter(this, 'turn', itemIndex, turnSchema.shape.turn)
    const ask = readParameter(this, 'ask', itemIndex, turnSchema.shape.models.shape.ask)
    return { response: modelOf(this, itemIndex, { models, turn, ask }) }
  }
}

/** n8n asks for the model anew at each step of the agent; who hung in one step must not be waited for in the next. */
const failedKey = 'vendorsThatFailed'

function modelOf(
  context: IExecuteFunctions | ISupplyDataFunctions,
  index: number,
  { models, turn, ask }: { models: Record<Vendor, ToolModel>; turn: Turn['turn']; ask: Vendor[] },
) {
  const failed = String(context.customData.get(failedKey) ?? '').split(' ')
  const knownToFail = vendors.filter((vendor) => failed.includes(vendor))
  return agentModel({
    models,
    ask: goodFirst(ask, knownToFail),
    step: 'sales',
    report: async (call) => {
      if (call.outcome !== 'ok' && !knownToFail.includes(call.vendor)) {
        knownToFail.push(call.vendor)
        context.customData.set(failedKey, knownToFail.join(' '))
      }
      await reportCall(context, index, turn, call)
    },
  })
}

const isToolModel = (value: unknown): value is ToolModel =>
  typeof value === 'object' && value !== null && 'bindTools' in value
