import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPrompts } from '../../eval/read-prompts.ts'
import { repository } from '../../local/settings/config.ts'

export const variants = ['floor', 'agent', 'agent with calendar', 'agent with our rules'] as const
export type Variant = (typeof variants)[number]

type Credentials = { postgres: string; openAi: string }
type Node = Record<string, unknown> & { name: string }

/** What a template's agent is told: who it is, and everything that is known, in each call. */
const systemMessage = (variant: Variant) =>
  [
    variant === 'agent with our rules'
      ? readPrompts().sales
      : 'You are a sales assistant of our company in Telegram. Be brief and friendly. Answer in the language of the lead. Find out what they need, answer their questions from what you know, and book a call with a seller. When the lead asks for a time, look into the calendar and offer free times.',
    ...globSync('config/knowledge/**/*.{md,yaml}', { cwd: repository }).map((file) =>
      readFileSync(join(repository, file), 'utf8'),
    ),
  ].join('\n\n')

/**
 * The usual public template: a webhook, an agent with a model and PostgreSQL memory, a request that sends. `floor`: the same without the agent;
 * `agent with our rules`: told what our assistant is told of selling, to come to the same ends.
 */
export function workflowOf(
  variant: Variant,
  { outside, credentials }: { outside: string; credentials: Credentials },
) {
  const hook = node('Message', 'n8n-nodes-base.webhook', 2, {
    httpMethod: 'POST',
    path: pathOf(variant),
    responseMode: 'lastNode',
  })
  const send = (text: string) =>
    node('Send', 'n8n-nodes-base.httpRequest', 4.2, {
      method: 'POST',
      url: `${outside}/send`,
      sendBody: true,
      specifyBody: 'json',
      jsonBody: `={{ JSON.stringify({ chat: $('Message').item.json.body.chat, text: ${text} }) }}`,
      options: {},
    })
  const main = (to: string) => ({ main: [[{ node: to, type: 'main', index: 0 }]] })
  const settings = { executionOrder: 'v1' }
  if (variant === 'floor') {
    const set = node('Words', 'n8n-nodes-base.set', 3.4, {
      assignments: {
        assignments: [{ id: 'text', name: 'text', type: 'string', value: '={{ $json.body.text }}' }],
      },
      options: {},
    })
    return {
      name: variant,
      settings,
      nodes: [hook, set, send('$json.text')],
      connections: { Message: main('Words'), Words: main('Send') },
    }
  }
  const agent = node('AI Agent', '@n8n/n8n-nodes-langchain.agent', 2, {
    promptType: 'define',
    text: '={{ $json.body.text }}',
    options: { systemMessage: systemMessage(variant) },
  })
  const model = node(
    'Model',
    '@n8n/n8n-nodes-langchain.lmChatOpenAi',
    1.2,
    { model: { __rl: true, mode: 'id', value: 'gpt-4.1-mini' }, options: { baseURL: `${outside}/v1` } },
    { openAiApi: { id: credentials.openAi, name: 'model' } },
  )
  const memory = node(
    'Memory',
    '@n8n/n8n-nodes-langchain.memoryPostgresChat',
    1.3,
    {
      sessionIdType: 'customKey',
      sessionKey: "={{ $('Message').item.json.body.chat }}",
      tableName: 'chat_memory',
      contextWindowLength: 20,
    },
    { postgres: { id: credentials.postgres, name: 'memory' } },
  )
  const calendar = node('Calendar', 'n8n-nodes-base.httpRequestTool', 4.2, {
    toolDescription: 'Free times of the sellers for a call',
    url: `${outside}/calendar`,
    options: {},
  })
  const into = (type: string) => ({ [type]: [[{ node: 'AI Agent', type, index: 0 }]] })
  const hasCalendar = variant !== 'agent'
  return {
    name: variant,
    settings,
    nodes: [hook, agent, model, memory, ...(hasCalendar ? [calendar] : []), send('$json.output')],
    connections: {
      Message: main('AI Agent'),
      'AI Agent': main('Send'),
      Model: into('ai_languageModel'),
      Memory: into('ai_memory'),
      ...(hasCalendar && { Calendar: into('ai_tool') }),
    },
  }
}

export const pathOf = (variant: Variant) => variant.replaceAll(' ', '-')

function node(
  name: string,
  type: string,
  typeVersion: number,
  parameters: object,
  credentials?: object,
): Node {
  return {
    id: name,
    name,
    type,
    typeVersion,
    position: [0, 0],
    parameters,
    ...(credentials && { credentials }),
    ...(type.endsWith('.webhook') && { webhookId: String((parameters as { path: string }).path) }),
  }
}
