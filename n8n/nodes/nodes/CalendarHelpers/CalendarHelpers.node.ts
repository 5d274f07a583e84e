import {
  type Brief,
  briefSchema,
  busySchema,
  type Classification,
  classificationSchema,
  planMessage,
  planSchema,
  type TurnCalendar,
  turnCalendarSchema,
  type Wishes,
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
import { findAgentTimes } from '../../src/find-agent-times.ts'
import { findFreeTimes } from '../../src/find-free-times.ts'
import { readClassifier, readProblem, readTimeWishes, readTurn } from '../../src/read-before.ts'
import { readOrFind, readParameter } from '../../src/read-parameter.ts'
import { readWishes } from '../../src/read-wishes.ts'
import { agentPrompt, salesPrompt } from '../../src/sales-prompt.ts'

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
    subtitle:
      '={{ ({ readWishes: "read time wishes", freeTimes: "find free times", brief: "brief the agent", agentTimes: "find free times" })[$parameter["operation"]] }}',
    description: "Reads the lead's words about time and finds free times to offer",
    defaults: { name: 'Calendar Helpers' },
    inputs: [NodeConnectionTypes.Main],
    outputs:
      '={{ $parameter["operation"] === "readWishes" && $parameter["branch"] === true ? [{ type: "main", displayName: "known" }, { type: "main", displayName: "ask Google" }, { type: "main", displayName: "not understood" }] : ["main"] }}',
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
          {
            name: 'Brief the Agent',
            value: 'brief',
            action: 'Brief the agent',
            description: 'The turn as an AI Agent reads it, and what its message is for',
          },
          {
            name: 'Find Times for the Agent',
            value: 'agentTimes',
            action: 'Find times for the agent',
            description:
              "Free times near what the lead wrote. For people's eyes and later nodes all of them are in the node's context, as `found`.",
          },
        ],
      },
      {
        displayName: 'Branch',
        name: 'branch',
        type: 'boolean',
        default: false,
        description: 'Whether a turn for which Google must be asked goes out by a way of its own',
        displayOptions: { show: { operation: ['readWishes'] } },
      },
      {
        displayName: 'Said',
        name: 'said',
        type: 'string',
        default: '',
        description: "The lead's own words about a time, quoted; empty: what the classifier quoted",
        displayOptions: { show: { operation: ['agentTimes'] } },
      },
      {
        displayName: 'Plan',
        name: 'plan',
        type: 'json',
        default: "={{ $('Brief the agent').first().json.plan }}",
        description: 'What the message is for, as Brief the Agent found',
        displayOptions: { show: { operation: ['agentTimes'] } },
      },
      {
        displayName: 'Calendar',
        name: 'calendar',
        type: 'json',
        default: '',
        description: 'Rules, zones, sellers and what was offered. Empty: as the API dispatched them.',
      },
      {
        displayName: 'Classification',
        name: 'classification',
        type: 'json',
        default: '',
        description:
          'What the classifier answered; null: there was nothing to classify. Empty: what it answered in this execution.',
      },
      {
        displayName: 'Wishes',
        name: 'wishes',
        type: 'json',
        default: '',
        description: 'What Read Time Wishes found, or null. Empty: what it found in this execution.',
        displayOptions: { show: { operation: ['freeTimes'] } },
      },
      {
        displayName: 'Busy Times',
        name: 'busy',
        type: 'json',
        default: '',
        description:
          'Busy times per seller, or null when unknown: nothing is offered then. Empty: what comes in, else as the API dispatched them.',
        displayOptions: { show: { operation: ['freeTimes', 'brief', 'agentTimes'] } },
      },
      {
        displayName: 'Brief',
        name: 'brief',
        type: 'json',
        default: '',
        description:
          'What the sales prompt is told besides the times. Empty: as the API dispatched it, with why the last try could not be used.',
        displayOptions: { show: { operation: ['freeTimes', 'brief', 'agentTimes'] } },
      },
    ],
  }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const isBranch =
      this.getNodeParameter('operation', 0) === 'readWishes' &&
      this.getNodeParameter('branch', 0, false) === true
    const output = this.getInputData().map((_item, index): INodeExecutionData => {
      try {
        return { json: work(this, index), pairedItem: { item: index } }
      } catch (error) {
        // n8n sends on what a node throws as if nothing had happened; only an item with `error` alone takes the error output.
        const message = error instanceof Error ? error.message : String(error)
        if (!isBranch && !this.continueOnFail())
          throw new NodeOperationError(this.getNode(), message, { itemIndex: index })
        return { json: { error: message }, pairedItem: { item: index } }
      }
    })
    if (!isBranch) return [output]
    // A way out of its own instead of n8n's error output: for that n8n reads `outputs` while it runs, in a sandbox made for it.
    const ways: INodeExecutionData[][] = [[], [], []]
    for (const item of output)
      ways['error' in item.json ? 2 : item.json['askGoogle'] === true ? 1 : 0]?.push(item)
    return ways
  }
}

function work(context: IExecuteFunctions, index: number): IDataObject {
  const calendar = readOrFind(
    context,
    'calendar',
    index,
    turnCalendarSchema,
    () => readTurn(context, index).calendar,
  )
  const classification = readOrFind(
    context,
    'classification',
    index,
    classificationSchema.nullable(),
    () => readClassifier(context, index)?.['output'] ?? null,
  )
  const given = { context, index, calendar, classification }
  switch (context.getNodeParameter('operation', index)) {
    case 'readWishes':
      return readWishes(classification, calendar)
    case 'brief':
      return briefAgent(given)
    case 'agentTimes':
      return agentTimes(given)
    default:
      return freeTimes(given)
  }
}

type Given = {
  context: IExecuteFunctions
  index: number
  calendar: TurnCalendar
  classification: Classification | null
}

const readBusy = ({ context, index, calendar }: Given) =>
  readOrFind(
    context,
    'busy',
    index,
    busySchema.nullable(),
    () => context.getInputData()[index]?.json['busy'] ?? calendar.busy,
  )
const readBrief = ({ context, index }: Given) =>
  readOrFind(context, 'brief', index, briefSchema, () => ({
    ...readTurn(context, index).brief,
    problem: readProblem(context, index),
  }))

/** A pick that code read stands above the model's label. */
function withPick({ classification, calendar: { picked, offered } }: Given): Classification | null {
  if (!classification || !offered.some(({ id }) => id === picked)) return classification
  return { ...classification, intent: 'picks_time', pickedOfferId: picked }
}

/** What the next message is for. */
const planOf = ({ calendar }: Given, heard: Classification | null, brief: Brief, wishes: Wishes | null) =>
  planMessage({
    kind: brief.kind,
    hasMeeting: brief.meeting !== null,
    known: brief.facts,
    classification: heard,
    saysTime: calendar.picked !== null || wishes?.unclear === true || (wishes?.wishes.length ?? 0) > 0,
    standing: brief.standing,
  })

function freeTimes(given: Given) {
  const { context, index, calendar } = given
  const wishes = readOrFind(context, 'wishes', index, wishesSchema.nullable(), () =>
    readTimeWishes(context, index),
  )
  const brief = readBrief(given)
  const free = findFreeTimes(calendar, readBusy(given), wishes)
  const heard = withPick(given)
  const plan = planOf(given, heard, brief, wishes)
  const hasList = calendar.offered.length > 0
  return { ...free, plan, prompt: salesPrompt(brief, heard, free, { plan, hasList }) }
}

function briefAgent(given: Given) {
  const brief = readBrief(given)
  const heard = withPick(given)
  const wishes = heard && readWishes(heard, given.calendar)
  const plan = planOf(given, heard, brief, wishes)
  return { prompt: agentPrompt(brief, heard, plan), plan, busy: readBusy(given) }
}

/** All that was found stays with the execution: what the agent proposes is held against it, not against what it says was found. */
function agentTimes(given: Given): IDataObject {
  const { context, index, calendar } = given
  const said = String(context.getNodeParameter('said', index, '') ?? '')
  const { told, found } = findAgentTimes(
    {
      calendar,
      busy: readBusy(given),
      classification: withPick(given),
      brief: readBrief(given),
      plan: readParameter(context, 'plan', index, planSchema),
    },
    said,
  )
  context.getContext('node')['found'] = found
  return told as IDataObject
}
