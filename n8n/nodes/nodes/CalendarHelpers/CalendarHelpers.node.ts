import {
  briefSchema,
  busySchema,
  type Classification,
  classificationSchema,
  planMessage,
  type TurnCalendar,
  turnCalendarSchema,
  wishesSchema,
} from '@lead/contract'
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
} from 'n8n-workflow'
import { NodeConnectionTypes, NodeOperationError } from 'n8n-workflow'
import { findFreeTimes } from '../../src/find-free-times.ts'
import { readParameter } from '../../src/read-parameter.ts'
import { readWishes } from '../../src/read-wishes.ts'
import { salesPrompt } from '../../src/sales-prompt.ts'

/** Time without guessing: the lead's words to intervals, busy times and rules to free times to offer. No network. */
export class CalendarHelpers implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Calendar Helpers',
    name: 'calendarHelpers',
    icon: {
      light: 'file:../../icons/calendarHelpers.svg',
      dark: 'file:../../icons/calendarHelpers.dark.svg',
    },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] === "readWishes" ? "read time wishes" : "find free times" }}',
    description: "Reads the lead's words about time and finds free times to offer",
    defaults: { name: 'Calendar Helpers' },
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    usableAsTool: true,
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
      try {
        return { json: work(this, index), pairedItem: { item: index } }
      } catch (error) {
        // n8n sends on what a node throws as if nothing had happened; only an item with `error` alone takes the error output.
        const message = error instanceof Error ? error.message : String(error)
        if (!this.continueOnFail())
          throw new NodeOperationError(this.getNode(), message, { itemIndex: index })
        return { json: { error: message }, pairedItem: { item: index } }
      }
    })
    return [output]
  }
}

function work(context: IExecuteFunctions, index: number): IDataObject {
  const calendar = readParameter(context, 'calendar', index, turnCalendarSchema)
  const classification = readParameter(context, 'classification', index, classificationSchema.nullable())
  return context.getNodeParameter('operation', index) === 'readWishes'
    ? readWishes(classification, calendar)
    : freeTimes(context, index, calendar, classification)
}

/** A pick that code read stands above the model's label. */
function withPick(
  classification: Classification | null,
  { picked, offered }: TurnCalendar,
): Classification | null {
  if (!classification || !offered.some(({ id }) => id === picked)) return classification
  return { ...classification, intent: 'picks_time', pickedOfferId: picked }
}

function freeTimes(
  context: IExecuteFunctions,
  index: number,
  calendar: TurnCalendar,
  classification: Classification | null,
) {
  const busy = readParameter(context, 'busy', index, busySchema.nullable())
  const wishes = readParameter(context, 'wishes', index, wishesSchema.nullable())
  const brief = readParameter(context, 'brief', index, briefSchema)
  const free = findFreeTimes(calendar, busy, wishes)
  const heard = withPick(classification, calendar)
  const plan = planMessage({
    kind: brief.kind,
    hasMeeting: brief.meeting !== null,
    known: brief.facts,
    classification: heard,
    saysTime: calendar.picked !== null || wishes?.unclear === true || (wishes?.wishes.length ?? 0) > 0,
    standing: brief.standing,
  })
  const hasList = calendar.offered.length > 0
  return { ...free, plan, prompt: salesPrompt(brief, heard, free, { plan, hasList }) }
}
