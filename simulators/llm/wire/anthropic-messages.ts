import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { complete } from '../brain/complete.ts'
import { jsonSchema } from '../brain/json-schema.ts'
import { type Completion, type ModelRequest, readToolResult } from '../brain/model-request.ts'
import type { Sim } from '../world.ts'
import { checkKey } from './check-key.ts'
import { content, textOf } from './content-text.ts'
import { anthropicThinking } from './families.ts'
import { parseBody } from './parse-body.ts'
import { namedEvent, piecesOf, sendEvents } from './sse.ts'
import { troubles } from './troubles.ts'
import { sendError } from './vendor-error.ts'

const format = z.looseObject({ type: z.string(), schema: jsonSchema.optional() }).nullish()
const messagesBody = z.looseObject({
  model: z.string().min(1),
  max_tokens: z.number().int().positive(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant']), content })).min(1),
  system: content.nullish(),
  stream: z.boolean().nullish(),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: jsonSchema.optional() })).nullish(),
  tool_choice: z.looseObject({ type: z.string(), name: z.string().optional() }).nullish(),
  output_config: z.looseObject({ format, effort: z.unknown().optional() }).nullish(),
  thinking: z.looseObject({ type: z.string() }).nullish(),
  temperature: z.number().nullish(),
  top_k: z.number().nullish(),
})
type MessagesBody = z.infer<typeof messagesBody>

/** POST /v1/messages, plain and streaming. */
export function addAnthropicMessages(app: FastifyInstance, sim: Sim): void {
  app.post('/v1/messages', { preHandler: [checkKey, troubles(sim.world)] }, async (request, reply) => {
    if (!request.headers['anthropic-version'])
      return sendError(reply, 'anthropic', 400, 'anthropic-version: header is required')
    const body = parseBody('anthropic', messagesBody, request, reply)
    if (!body) return reply
    const { tokens, refusal } = anthropicThinking(body)
    if (refusal) return sendError(reply, 'anthropic', 400, refusal)
    const completion = await complete(sim, toRequest(body, tokens))
    const message = toMessage(completion)
    if (body.stream) return sendEvents(reply, toEvents(completion, message))
    // What was thought comes first, without its text, as the newer models tell it by default.
    const thought = tokens > 0 ? [{ type: 'thinking', thinking: '', signature: 'c2ltdWxhdGVk' }] : []
    const said =
      completion.finish !== 'refusal' && (completion.text || completion.tool) ? message.content : []
    return reply.send({ ...message, content: [...thought, ...said] })
  })
}

function toRequest(body: MessagesBody, thinkingTokens: number): ModelRequest {
  const choice = body.tool_choice
  return {
    vendor: 'anthropic',
    model: body.model,
    system: textOf(body.system),
    user: body.messages.filter(({ role }) => role === 'user').map((message) => textOf(message.content)),
    tools: (body.tools ?? []).map((tool) => ({ name: tool.name, schema: tool.input_schema })),
    toolResults: toolResultsOf(body),
    toolChoice: choice?.name ?? (choice?.type === 'any' ? 'required' : (choice?.type ?? 'auto')),
    format:
      body.output_config?.format?.type === 'json_schema'
        ? { schema: body.output_config.format.schema }
        : 'text',
    maxTokens: body.max_tokens,
    thinkingTokens,
  }
}

const toolUse = z.looseObject({ type: z.literal('tool_use'), id: z.string(), name: z.string() })
const toolResult = z.looseObject({
  type: z.literal('tool_result'),
  tool_use_id: z.string(),
  content: content.nullish(),
})

function toolResultsOf({ messages }: MessagesBody): ModelRequest['toolResults'] {
  const blocks = messages.flatMap((message) => (typeof message.content === 'string' ? [] : message.content))
  const calls = blocks.flatMap((block) => toolUse.safeParse(block).data ?? [])
  return blocks.flatMap((block) => {
    const { data } = toolResult.safeParse(block)
    if (!data) return []
    const tool = calls.find(({ id }) => id === data.tool_use_id)?.name ?? ''
    return [{ tool, result: readToolResult(textOf(data.content)) }]
  })
}

const stopReasons = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use', refusal: 'refusal' }

function toMessage(completion: Completion) {
  const { number, tool } = completion
  return {
    id: `msg_sim${String(number).padStart(8, '0')}`,
    type: 'message',
    role: 'assistant',
    model: completion.model,
    content: [
      tool
        ? { type: 'tool_use', id: `toolu_sim${number}`, name: tool.name, input: readInput(tool.input) }
        : { type: 'text', text: completion.text },
    ],
    stop_reason: stopReasons[completion.finish],
    stop_sequence: null,
    usage: {
      input_tokens: completion.inputTokens,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: completion.outputTokens,
      service_tier: 'standard',
    },
  }
}

/** On this wire a tool's input is an object, so a broken one can only arrive in a field. */
function readInput(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch {
    return { broken: input }
  }
}

function toEvents(completion: Completion, message: ReturnType<typeof toMessage>): string[] {
  const { tool } = completion
  const [block] = message.content
  const delta = tool
    ? (piece: string) => ({ type: 'input_json_delta', partial_json: piece })
    : (piece: string) => ({ type: 'text_delta', text: piece })
  const pieces = piecesOf(tool ? JSON.stringify(readInput(tool.input)) : completion.text)
  return [
    {
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
    },
    {
      type: 'content_block_start',
      index: 0,
      content_block: { ...block, ...(tool ? { input: {} } : { text: '' }) },
    },
    { type: 'ping' },
    ...pieces.map((piece) => ({ type: 'content_block_delta', index: 0, delta: delta(piece) })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: { output_tokens: completion.outputTokens },
    },
    { type: 'message_stop' },
  ].map(namedEvent)
}
