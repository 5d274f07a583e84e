import {
  classificationSchema,
  doubtSchema,
  isDoubtful,
  type ModelCall,
  modelSteps,
  type Turn,
  turnSchema,
  type Vendor,
  vendors,
} from '@lead/contract'
import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow'
import { type Asking, askInTurn, askOnceMore, byVendor, type ChatModel } from '../../src/ask-in-turn.ts'
import type { Answered } from '../../src/ask-vendors.ts'
import { callApi } from '../../src/call-api.ts'
import { readClassifier, readTurn } from '../../src/read-before.ts'
import { readOrFind } from '../../src/read-parameter.ts'
import { withoutEstimates } from '../../src/without-estimates.ts'
import { reportCall } from '../../src/report-call.ts'

type Parser = { getFormatInstructions: () => string; parse: (text: string) => Promise<object> }

/** An AI step: one model, and the other vendor's when the first has no answer that can be used. Each call is reported to the API. */
export class AskModels implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Ask Models',
    name: 'askModels',
    icon: { light: 'file:../../icons/askModels.svg', dark: 'file:../../icons/askModels.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["step"] === "sales" ? "write the message" : "label what was written" }}',
    description:
      'Asks one model, and the other vendor when it fails, refuses, is cut short or hangs; reports each call to the Lead Processing API',
    defaults: { name: 'Ask Models' },
    inputs: [
      { type: NodeConnectionTypes.Main },
      { type: NodeConnectionTypes.AiLanguageModel, displayName: 'First', maxConnections: 1, required: true },
      { type: NodeConnectionTypes.AiLanguageModel, displayName: 'Other', maxConnections: 1, required: true },
      { type: NodeConnectionTypes.AiOutputParser, displayName: 'Answer', maxConnections: 1, required: true },
    ],
    outputs: [NodeConnectionTypes.Main],
    usableAsTool: true,
    credentials: [{ name: 'leadProcessingApi', required: true }],
    properties: [
      {
        displayName: 'Step',
        name: 'step',
        type: 'options',
        noDataExpression: true,
        default: 'classifier',
        options: [
          { name: 'Classifier', value: 'classifier', description: 'Labels what the lead wrote' },
          { name: 'Sales', value: 'sales', description: 'Writes the message and proposes one action' },
        ],
      },
      {
        displayName: 'System Prompt',
        name: 'system',
        type: 'string',
        typeOptions: { rows: 8 },
        default: '',
        description: 'What the model is and how it answers',
      },
      {
        displayName: 'Text',
        name: 'text',
        type: 'string',
        typeOptions: { rows: 4 },
        default: '',
        description:
          'What this turn is about. Empty: as the API asks the classifier, or the prompt of Find Free Times.',
      },
      {
        displayName: 'Vendors',
        name: 'ask',
        type: 'json',
        default: '',
        description:
          'Whom to ask, the first one first: "openai" is the first model that is connected, "anthropic" the other. Empty: whom the API names, which leaves out who is away; after the classifier, who failed in it comes last.',
      },
      {
        displayName: 'Doubt',
        name: 'doubt',
        type: 'json',
        default: '',
        description:
          'Which vendor is asked once more about a label that is doubtful, or that does what cannot be taken back. Empty: as the API says; null: none.',
      },
      {
        displayName: 'Prompt of the Experiment',
        name: 'variant',
        type: 'string',
        default: '',
        description:
          'Takes the place of the prompt in the sales step. Empty: that of an experiment, for its leads (experiment in config/business.yaml), else the prompt itself.',
      },
      {
        displayName: 'Turn',
        name: 'turn',
        type: 'json',
        default: '',
        description: 'The turn with its ID and fencing number. Empty: the one that the API dispatched.',
      },
    ],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const connected = await this.getInputConnectionData(NodeConnectionTypes.AiLanguageModel, 0)
    const models = byVendor(isList(connected) ? connected.filter(isChatModel).map(withoutEstimates) : [])
    if (!models) throw new NodeOperationError(this.getNode(), `Connect ${vendors.length} chat models`)
    const parser = await this.getInputConnectionData(NodeConnectionTypes.AiOutputParser, 0)
    if (!isParser(parser)) throw new NodeOperationError(this.getNode(), 'Connect a Structured Output Parser')

    const output: INodeExecutionData[] = []
    for (let index = 0; index < this.getInputData().length; index++) {
      try {
        const answered = await answer(this, index, models, parser)
        // Another execution thinks about the turn: this one ends here.
        if (answered) output.push({ json: { ...answered }, pairedItem: { item: index } })
      } catch (error) {
        // n8n sends on what a node throws as if nothing had happened; only an item with `error` alone takes the error output.
        const message = error instanceof Error ? error.message : String(error)
        if (!this.continueOnFail())
          throw new NodeOperationError(this.getNode(), message, { itemIndex: index })
        output.push({ json: { error: message }, pairedItem: { item: index } })
      }
    }
    return [output]
  }
}

/** Whoever does not know thinks: what is decided twice is stored once. */
async function isStillOurs(context: IExecuteFunctions, index: number, turn: Turn['turn']): Promise<boolean> {
  try {
    const { isOurs } = await callApi(context, index, 'begin', turn, {})
    return isOurs !== false
  } catch (error) {
    context.logger.warn(`The API was not asked before thinking: ${String(error)}`)
    return true
  }
}

/** n8n's parser asks for the answer inside of `output`, and leaves it there. */
const answerIn = (parsed: object): object =>
  'output' in parsed && typeof parsed.output === 'object' && parsed.output !== null ? parsed.output : parsed

async function answer(
  context: IExecuteFunctions,
  index: number,
  models: Record<Vendor, ChatModel>,
  parser: Parser,
): Promise<Answered | null> {
  let known: Turn | undefined
  const dispatched = () => (known ??= readTurn(context, index))
  const turn = readOrFind(context, 'turn', index, turnSchema.shape.turn, () => dispatched().turn)
  const step = readStep(context, index)
  if (!turn.rehearsal && !(await isStillOurs(context, index, turn))) return null
  const asking: Asking = {
    models,
    ask: readOrFind(
      context,
      'ask',
      index,
      turnSchema.shape.models.shape.ask,
      () => (step === 'sales' && readClassifier(context, index)?.['ask']) || dispatched().models.ask,
    ),
    step,
    // What never changes stands first: vendors charge less for a beginning that they have just read.
    system: `${parser.getFormatInstructions()}\n\n${promptOf(context, index, step, dispatched)}`,
    text: readText(context, 'text', index) || promptFor(context, index, step, dispatched),
    parse: async (text) => answerIn(await parser.parse(text)),
    report: (call) => reportCall(context, index, turn, call),
    signal: context.getExecutionCancelSignal(),
  }
  const first = await askInTurn(asking)
  if (step !== 'classifier') return first
  const doubt = readOrFind(context, 'doubt', index, doubtSchema.nullish(), () => dispatched().models.doubt)
  if (!doubt) return first
  const heard = classificationSchema.safeParse(first.output)
  return heard.success && isDoubtful(heard.data, doubt) ? askOnceMore(asking, first, doubt.vendor) : first
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value)
const isChatModel = (value: unknown): value is ChatModel =>
  typeof value === 'object' && value !== null && 'invoke' in value
const isParser = (value: unknown): value is Parser =>
  typeof value === 'object' && value !== null && 'getFormatInstructions' in value && 'parse' in value

function readStep(context: IExecuteFunctions, index: number) {
  const given: unknown = context.getNodeParameter('step', index)
  const step = modelSteps.find((name) => name === given)
  if (!step) throw new NodeOperationError(context.getNode(), `There is no step ${String(given)}`)
  return step
}

/** Of the sales step, where the lead is in an experiment, that of the experiment. */
function promptOf(
  context: IExecuteFunctions,
  index: number,
  step: ModelCall['step'],
  dispatched: () => Turn,
): string {
  const own = readText(context, 'system', index)
  if (step !== 'sales') return own
  const given: unknown = context.getNodeParameter('variant', index, null)
  // Without the parameter it is no workflow of ours, and has no experiment.
  if (given === null) return own
  return String(given) || dispatched().models.salesPrompt || own
}

const promptFor = (
  context: IExecuteFunctions,
  index: number,
  step: ModelCall['step'],
  dispatched: () => Turn,
): string =>
  step === 'classifier'
    ? dispatched().classifierPrompt
    : String(context.getInputData()[index]?.json['prompt'] ?? '')

const readText = (context: IExecuteFunctions, name: string, index: number): string =>
  String(context.getNodeParameter(name, index))
