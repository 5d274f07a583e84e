import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow'
import { NodeOperationError } from 'n8n-workflow'
import { findFreeTimes } from './find-free-times.ts'
import { readWishes, type Wishes } from './read-wishes.ts'
import { salesPrompt } from './sales-prompt.ts'
import type { Busy, TurnCalendar } from './turn-calendar.ts'

/** Time without guessing: the lead's words to intervals, busy times and rules to free times to offer. No network. */
export class CalendarHelpers implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Calendar Helpers',
    name: 'calendarHelpers',
    icon: 'fa:calendar',
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"]}}',
    description: "Reads the lead's words about time and finds free times to offer",
    defaults: { name: 'Calendar Helpers' },
    inputs: ['main'],
    outputs: ['main'],
    properties: [
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        default: 'freeTimes',
        options: [
          {
            name: 'Read Time Wishes',
            value: 'readWishes',
            action: 'Read time wishes',
            description: "Turns the lead's words into intervals, and says whether Google must be asked",
          },
          {
            name: 'Find Free Times',
            value: 'freeTimes',
            action: 'Find free times',
            description: 'Working hours minus busy times, few and spread, near the wish',
          },
        ],
      },
      {
        displayName: 'Calendar',
        name: 'calendar',
        type: 'json',
        default: "={{ $('Turn').first().json.body.calendar }}",
        description: 'Rules, zones, sellers and what was offered, as the API dispatched them',
      },
      {
        displayName: 'Classification',
        name: 'classification',
        type: 'json',
        default: '={{ $json.output }}',
        description: 'What the classifier answered, or null when there was nothing to classify',
      },
      {
        displayName: 'Wishes',
        name: 'wishes',
        type: 'json',
        default: '={{ null }}',
        description: 'What Read Time Wishes found, or null',
        displayOptions: { show: { operation: ['freeTimes'] } },
      },
      {
        displayName: 'Busy Times',
        name: 'busy',
        type: 'json',
        default: '={{ $json.busy }}',
        description: 'Busy times per seller, or null when unknown: nothing is offered then',
        displayOptions: { show: { operation: ['freeTimes'] } },
      },
      {
        displayName: 'Brief',
        name: 'brief',
        type: 'json',
        default: "={{ $('Turn').first().json.body.brief }}",
        description: 'What the sales prompt is told besides the times',
        displayOptions: { show: { operation: ['freeTimes'] } },
      },
    ],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const output = this.getInputData().map((_item, index) => {
      const read = <Value>(name: string) => readJson<Value>(this, name, index)
      const calendar = read<TurnCalendar>('calendar')
      if (!calendar) throw new NodeOperationError(this.getNode(), 'Calendar is empty', { itemIndex: index })
      const classification = read<Parameters<typeof readWishes>[0]>('classification')
      const json =
        this.getNodeParameter('operation', index) === 'readWishes'
          ? readWishes(classification, calendar)
          : withPrompt(findFreeTimes(calendar, read<Busy>('busy'), read<Wishes>('wishes')), (free) =>
              salesPrompt(read<Record<string, unknown>>('brief') ?? {}, classification, free),
            )
      return { json: json as unknown as IDataObject, pairedItem: { item: index } }
    })
    return [output]
  }
}

const withPrompt = <Free extends object>(free: Free, prompt: (free: Free) => string) => ({
  ...free,
  prompt: prompt(free),
})

/** A JSON parameter arrives as text when typed by hand and as a value from an expression. */
function readJson<Value>(context: IExecuteFunctions, name: string, index: number): Value | null {
  const value = context.getNodeParameter(name, index, null)
  if (typeof value !== 'string') return (value ?? null) as Value | null
  return value.trim() === '' ? null : (JSON.parse(value) as Value)
}
