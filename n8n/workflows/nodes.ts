/** The few kinds of node that our workflows are made of, so that a workflow reads as its steps and not as parameters. */
import {
  languageModel,
  type NodeConfig,
  newCredential,
  node,
  outputParser,
  sticky as stickyNote,
  tool,
  trigger,
} from '@n8n/workflow-sdk'
import { z } from 'zod'
import { type ModelCall, type Operation, type Rehearsal, vendorTimeoutMs } from '@lead/contract'
import { modelExpressions } from './model-parameters.ts'
import { googleApi } from './workflow-content.ts'

/** Ids of the credentials in n8n/credentials/. */
export const credentials = {
  leadApi: newCredential('Lead Processing API', 'leadApi000000001'),
  turnWebhook: newCredential('Turn webhook', 'turnWebhook00001'),
  openAi: newCredential('OpenAI', 'openAi0000000001'),
  anthropic: newCredential('Anthropic', 'anthropic0000001'),
  google: newCredential('Google Calendar', 'googleCalendar01'),
}

/** Position by column and row; a step is one column. */
export const at = (column: number, row: number): [number, number] => [column * 240, row * 200]

/** Node ids are made from names, so that the emitted JSON is the same on every machine. */
const idOf = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

const make = (type: string, version: number, name: string, config: NodeConfig) =>
  node({ type, version, config: { id: idOf(name), name, ...config } } as Parameters<typeof node>[0])

type Place = { position: [number, number] }

export const webhook = (
  name: string,
  config: Place & {
    webhookId: string
    parameters: Record<string, unknown>
    credentials?: NodeConfig['credentials']
  },
) =>
  trigger({
    type: 'n8n-nodes-base.webhook',
    version: 2.1,
    config: { id: idOf(name), name, ...config },
  } as Parameters<typeof trigger>[0])

export const everyMinute = (name: string, config: Place) =>
  trigger({
    type: 'n8n-nodes-base.scheduleTrigger',
    version: 1.2,
    config: {
      id: idOf(name),
      name,
      parameters: { rule: { interval: [{ field: 'minutes', minutesInterval: 1 }] } },
      ...config,
    },
  } as Parameters<typeof trigger>[0])

export const errorTrigger = (name: string, config: Place) =>
  trigger({
    type: 'n8n-nodes-base.errorTrigger',
    version: 1,
    config: { id: idOf(name), name, parameters: {}, ...config },
  } as Parameters<typeof trigger>[0])

/** Where a person begins the workflow by hand. */
export const manualTrigger = (name: string, config: Place) =>
  trigger({
    type: 'n8n-nodes-base.manualTrigger',
    version: 1,
    config: { id: idOf(name), name, parameters: {}, ...config },
  } as Parameters<typeof trigger>[0])

/** Where wires meet: does nothing. */
export const meet = (name: string, config: Place) =>
  make('n8n-nodes-base.noOp', 1, name, { ...config, parameters: {} })

/** One call of the API server. Tried again while the server restarts; then the lease of the turn decides. */
export const leadApi = (
  name: string,
  operation: Operation,
  config: Place & { data?: string; rehearsal?: Rehearsal; branch?: true },
) =>
  make('n8n-nodes-lead-processing.leadApi', 1, name, {
    parameters: {
      operation,
      ...(config.data && { data: config.data }),
      ...(config.rehearsal && { rehearsal: config.rehearsal }),
      ...(config.branch && { branch: true }),
    },
    credentials: { leadProcessingApi: credentials.leadApi },
    position: config.position,
    retryOnFail: true,
    maxTries: 5,
    waitBetweenTries: 2000,
  })

/** Says where a turn begins. */
export const turnBranch = (name: string, config: Place) =>
  make('n8n-nodes-lead-processing.turnBranch', 1, name, { ...config, parameters: {} })

/** The door for hooks. Its path is `<webhookId>/amocrm/:secret`. */
export const hookTrigger = (name: string, config: Place) =>
  trigger({
    type: 'n8n-nodes-lead-processing.hookIntakeTrigger',
    version: 2,
    config: {
      id: idOf(name),
      name,
      parameters: {},
      credentials: { leadProcessingApi: credentials.leadApi },
      ...config,
    },
  } as Parameters<typeof trigger>[0])

/** Settings of a workflow whose executions would only repeat what the API has anyway. */
export const keepNothing = {
  saveDataSuccessExecution: 'none',
  saveDataErrorExecution: 'none',
  saveExecutionProgress: false,
} as const

export const calendarHelpers = (
  name: string,
  operation: 'readWishes' | 'freeTimes' | 'brief',
  {
    parameters,
    ...config
  }: Place & { parameters?: Record<string, unknown>; onError?: 'continueErrorOutput' },
) =>
  make('n8n-nodes-lead-processing.calendarHelpers', 1, name, {
    ...config,
    parameters: { operation, ...parameters },
  })

/** The paths that are asked for. Of the turn come the ids, each as one part of the path, and `query`. */
const googlePaths = {
  freeBusy: () => 'freeBusy',
  events: (from: string) => `calendars/{{ encodeURIComponent(${from}.calendarId) }}/events`,
  event: (from: string) =>
    `calendars/{{ encodeURIComponent(${from}.calendarId) }}/events/{{ encodeURIComponent(${from}.eventId) }}`,
  'events or event': (from: string) =>
    `calendars/{{ encodeURIComponent(${from}.calendarId) }}/events{{ ${from}.eventId ? "/" + encodeURIComponent(${from}.eventId) : "" }}`,
}

/** The paths in short, for people. */
const googleNotes: Record<keyof typeof googlePaths, string> = {
  freeBusy: 'freeBusy',
  events: '{calendar}/events',
  event: 'events/{event}',
  'events or event': '{calendar}/events',
}

/**
 * A request to Google Calendar with the OAuth2 credential. Host and path are fixed here: nothing that comes with a turn can
 * send the credential elsewhere. The whole answer goes on, errors included: the API server decides what a 409 or a 404 means.
 * Only a broken connection or a dead credential takes the error output.
 */
export const google = (
  name: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: keyof typeof googlePaths,
  config: Place & { from?: string; body?: string },
) => {
  const { from = '$json.request', position } = config
  const url = `${googleApi}/calendar/v3/${googlePaths[path](from)}`
  return make('n8n-nodes-base.httpRequest', 4.5, name, {
    position,
    notes: `${method} …/${googleNotes[path]}`,
    notesInFlow: true,
    parameters: {
      method,
      url: url.includes('{{') ? `=${url}` : url,
      sendQuery: true,
      specifyQuery: 'json',
      jsonQuery: `={{ JSON.stringify(${from}.query ?? {}) }}`,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'googleCalendarOAuth2Api',
      ...(method === 'POST' || method === 'PATCH'
        ? {
            sendBody: true,
            contentType: 'json',
            specifyBody: 'json',
            jsonBody: config.body ?? `={{ JSON.stringify(${from}.body) }}`,
          }
        : {}),
      options: { timeout: 20_000, response: { response: { fullResponse: true, neverError: true } } },
    },
    credentials: { googleCalendarOAuth2Api: credentials.google },
    onError: 'continueErrorOutput',
  })
}

/** Asks the service that the API names about a lead. Whatever it answers goes on. */
export const lookUpElsewhere = (name: string, config: Place) =>
  make('n8n-nodes-base.httpRequest', 4.5, name, {
    position: config.position,
    notes: 'POST enrich.url',
    notesInFlow: true,
    parameters: {
      method: 'POST',
      url: "={{ $('Turn').first().json.body.url }}",
      sendBody: true,
      contentType: 'json',
      specifyBody: 'json',
      jsonBody: "={{ JSON.stringify($('Turn').first().json.body.about) }}",
      options: { timeout: "={{ $('Turn').first().json.body.timeoutMs }}" },
    },
    onError: 'continueRegularOutput',
  })

/** Ends an execution as a failed one, so that people see it among the others. `message` is an expression. */
export const stop = (name: string, message: string, config: Place) =>
  make('n8n-nodes-base.stopAndError', 1, name, {
    ...config,
    parameters: { errorType: 'errorMessage', errorMessage: message },
  })

/** What n8n says when a node's error output is taken. A dead Google credential: "... needs to be reconnected". */
export const errorText = 'String($json.error?.message ?? $json.error ?? "unknown").slice(0, 500)'

/** OpenAI first, Claude as the other, each with the name and the parameters that come with the turn, until an import writes them out. */
function chatModels(
  name: string,
  place: (offset: number) => [number, number],
  body: 'extraBody' | 'agentBody' = 'extraBody',
) {
  return [
    languageModel({
      type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
      version: 1.3,
      config: {
        id: idOf(`${name} openai`),
        name: `OpenAI (${name})`,
        position: place(-190),
        parameters: {
          model: { __rl: true, mode: 'id', value: modelExpressions.openaiName },
          responsesApiEnabled: false,
          options: {
            // The step gives a vendor up by itself; this is for who copies the model elsewhere.
            timeout: vendorTimeoutMs + 5000,
            maxRetries: 0,
            extraBody: modelExpressions[body],
          },
        },
        credentials: { openAiApi: credentials.openAi },
      },
    }),
    languageModel({
      type: '@n8n/n8n-nodes-langchain.lmChatAnthropic',
      version: 1.6,
      config: {
        id: idOf(`${name} claude`),
        name: `Claude (${name})`,
        position: place(-20),
        parameters: {
          model: { __rl: true, mode: 'id', value: modelExpressions.anthropicName },
          options: {
            maxTokensToSample: modelExpressions.maxTokens,
            thinkingMode: modelExpressions.thinking,
            effort: modelExpressions.effort,
          },
        },
        credentials: { anthropicApi: credentials.anthropic },
      },
    }),
  ]
}

/**
 * An AI step: our prompt, OpenAI first, Claude when OpenAI has no answer that can be used, and an answer that fits `schema`.
 */
export const ai = (
  name: string,
  config: {
    step: ModelCall['step']
    column: number
    row: number
    system: string
    schema: z.ZodType
    /** How far to the right its parts stand below it. */
    shift?: number
  },
) => {
  const { step, column, row, system, schema, shift = 0 } = config
  const below = (offset: number): [number, number] => [column * 240 + offset + shift, row * 200 + 240]
  return make('n8n-nodes-lead-processing.askModels', 1, name, {
    position: at(column, row),
    parameters: { step, system },
    credentials: { leadProcessingApi: credentials.leadApi },
    onError: 'continueErrorOutput',
    subnodes: {
      model: chatModels(name, below),
      outputParser: outputParser({
        type: '@n8n/n8n-nodes-langchain.outputParserStructured',
        version: 1.3,
        config: {
          id: idOf(`${name} answer`),
          name: `Answer (${name})`,
          position: below(150),
          parameters: {
            schemaType: 'manual',
            inputSchema: JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7' }), null, 2),
          },
        },
      }),
    },
  })
}

/** A tool for an agent: one of our nodes, whose parameters the agent fills where they say `$fromAI`. */
export const agentTool = (
  name: string,
  type: 'leadApi' | 'calendarHelpers',
  config: Place & { description: string; parameters: Record<string, unknown> },
) =>
  tool({
    type: `n8n-nodes-lead-processing.${type}Tool`,
    version: 1,
    config: {
      id: idOf(name),
      name,
      position: config.position,
      parameters: {
        descriptionType: 'manual',
        toolDescription: config.description,
        ...config.parameters,
      },
      ...(type === 'leadApi' && { credentials: { leadProcessingApi: credentials.leadApi } }),
    },
  } as Parameters<typeof tool>[0])

/** n8n's AI Agent with our two models and these tools. Its steps go on with its answer: `intermediateSteps`. */
export const agent = (
  name: string,
  config: {
    column: number
    row: number
    system: string
    text: string
    /** Whom to ask, an expression. */
    ask: string
    /** Calls of tools, and of models, that one turn may take. */
    mostSteps: number
    tools: ReturnType<typeof agentTool>[]
  },
) => {
  const { column, row, system, text, ask, mostSteps, tools } = config
  const place = (offset: number, rows: number): [number, number] => [
    column * 240 + offset,
    (row + rows) * 200,
  ]
  return make('@n8n/n8n-nodes-langchain.agent', 3.1, name, {
    position: at(column, row),
    parameters: {
      promptType: 'define',
      text,
      options: {
        systemMessage: system,
        maxIterations: mostSteps,
        returnIntermediateSteps: true,
        enableStreaming: false,
        autoSaveHighlightedData: false,
      },
    },
    onError: 'continueErrorOutput',
    subnodes: {
      model: languageModel({
        type: 'n8n-nodes-lead-processing.turnModels',
        version: 1,
        config: {
          id: idOf(`${name} models`),
          name: `Models (${name})`,
          position: place(-250, 1.1),
          parameters: { ask },
          credentials: { leadProcessingApi: credentials.leadApi },
          subnodes: { model: chatModels(name, (offset) => place(offset - 110, 2), 'agentBody') },
        },
      } as Parameters<typeof languageModel>[0]),
      tools,
    },
  })
}

/** Items with this as their JSON, an expression. */
export const become = (name: string, json: string, config: Place) =>
  make('n8n-nodes-base.set', 3.4, name, {
    ...config,
    parameters: { mode: 'raw', jsonOutput: json, options: {} },
  })

/** Begins a run of n8n's Evaluations: once for each row of a data table. */
export const evaluationTrigger = (name: string, config: Place & { table: string }) =>
  trigger({
    type: 'n8n-nodes-base.evaluationTrigger',
    version: 4.7,
    config: {
      id: idOf(name),
      name,
      position: config.position,
      parameters: { source: 'dataTable', dataTableId: tableOf(config.table) },
    },
  } as Parameters<typeof trigger>[0])

/** Writes columns of the row that is evaluated. Values are expressions. */
export const evaluationOutputs = (
  name: string,
  config: Place & { table: string; outputs: Record<string, string> },
) =>
  make('n8n-nodes-base.evaluation', 4.8, name, {
    position: config.position,
    parameters: {
      operation: 'setOutputs',
      source: 'dataTable',
      dataTableId: tableOf(config.table),
      outputs: {
        values: Object.entries(config.outputs).map(([outputName, outputValue]) => ({
          outputName,
          outputValue,
        })),
      },
    },
  })

/** Numbers of which n8n shows the mean over all rows. Values are expressions. */
export const evaluationMetrics = (name: string, config: Place & { metrics: Record<string, string> }) =>
  make('n8n-nodes-base.evaluation', 4.8, name, {
    position: config.position,
    parameters: {
      operation: 'setMetrics',
      metric: 'customMetrics',
      metrics: {
        assignments: Object.entries(config.metrics).map(([metric, value]) => ({
          id: idOf(metric),
          name: metric,
          value,
          type: 'number',
        })),
      },
    },
  })

const tableOf = (id: string) => ({ __rl: true, mode: 'id', value: id })

/** A two-way branch on one boolean expression. Output 0: true, 1: false. */
export const branch = (name: string, expression: string, config: Place) =>
  make('n8n-nodes-base.if', 2.3, name, {
    ...config,
    parameters: { conditions: conditions([truth(expression)]), options: {} },
  })

/** A branch on a text. Output k: the k-th of `cases`; what fits none goes nowhere. */
export const route = (name: string, expression: string, cases: string[], config: Place) =>
  make('n8n-nodes-base.switch', 3.4, name, {
    ...config,
    parameters: {
      mode: 'rules',
      rules: {
        values: cases.map((value) => ({
          conditions: conditions([equals(expression, value)]),
          renameOutput: true,
          outputKey: value,
        })),
      },
      options: {},
    },
  })

const conditions = (list: object[]) => ({
  options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 3 },
  conditions: list,
  combinator: 'and',
})
const truth = (leftValue: string) => ({
  id: 'is-true',
  leftValue,
  rightValue: '',
  operator: { type: 'boolean', operation: 'true', singleValue: true },
})
const equals = (leftValue: string, rightValue: string) => ({
  id: `is-${rightValue}`,
  leftValue,
  rightValue,
  operator: { type: 'string', operation: 'equals' },
})

/** For who imports a workflow into an n8n of their own: what its question marks mean. */
export const whenNodesAreMissing =
  '\n\nNodes with a question mark: this n8n lacks the package `n8n-nodes-lead-processing` (not on npm). `docs/n8n.md`, *Use your own n8n*, has the steps.'

/** A note on the canvas. Size in columns and rows. */
export const note = (
  name: string,
  text: string,
  place: { column: number; row: number; columns: number; rows: number; color?: number },
) =>
  stickyNote(text, [], {
    id: idOf(name),
    name,
    position: [place.column * 240 - 40, place.row * 200 - 60],
    width: place.columns * 240 - 20,
    height: place.rows * 200 - 20,
    color: place.color ?? 7,
  })
