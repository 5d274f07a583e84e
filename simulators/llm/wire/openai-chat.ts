import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { complete } from '../brain/complete.ts'
import { jsonSchema } from '../brain/json-schema.ts'
import { type Completion, type ModelRequest, readToolResult } from '../brain/model-request.ts'
import type { Sim } from '../world.ts'
import { checkKey } from './check-key.ts'
import { content, textOf } from './content-text.ts'
import { openAiThinking } from './families.ts'
import { parseBody } from './parse-body.ts'
import { piecesOf, sendEvents } from './sse.ts'
import { troubles } from './troubles.ts'
import { sendError } from './vendor-error.ts'

const functionChoice = z.looseObject({ function: z.looseObject({ name: z.string() }) })
const chatBody = z.looseObject({
  model: z.string().min(1),
  messages: z
    .array(
      z.looseObject({
        role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
        content: content.nullish(),
        tool_call_id: z.string().optional(),
        tool_calls: z
          .array(z.looseObject({ id: z.string(), function: z.looseObject({ name: z.string() }) }))
          .nullish(),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  tools: z
    .array(
      z.looseObject({
        type: z.string(),
        function: z.looseObject({ name: z.string(), parameters: jsonSchema.optional() }).optional(),
      }),
    )
    .nullish(),
  tool_choice: z.union([z.string(), functionChoice, z.looseObject({})]).nullish(),
  response_format: z
    .looseObject({
      type: z.string(),
      json_schema: z.looseObject({ schema: jsonSchema.optional() }).optional(),
    })
    .nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  temperature: z.number().nullish(),
  stop: z.unknown().optional(),
  reasoning_effort: z.unknown().optional(),
})
type ChatBody = z.infer<typeof chatBody>

/** POST /v1/chat/completions, plain and streaming. */
export function addOpenAiChat(app: FastifyInstance, sim: Sim): void {
  app.post(
    '/v1/chat/completions',
    { preHandler: [checkKey, troubles(sim.world)] },
    async (request, reply) => {
      const body = parseBody('openai', chatBody, request, reply)
      if (!body) return reply
      const { tokens, refusal } = openAiThinking(body)
      if (refusal) return sendError(reply, 'openai', 400, refusal.message, refusal)
      const completion = await complete(sim, toRequest(body, tokens))
      if (!body.stream) return reply.send(toChatCompletion(completion))
      return sendEvents(reply, toChunks(completion, body.stream_options?.include_usage ?? false))
    },
  )
}

function toRequest(body: ChatBody, thinkingTokens: number): ModelRequest {
  const textsOf = (...roles: string[]) =>
    body.messages.filter(({ role }) => roles.includes(role)).map((message) => textOf(message.content))
  const format = body.response_format
  const choice = functionChoice.safeParse(body.tool_choice)
  return {
    vendor: 'openai',
    model: body.model,
    system: textsOf('system', 'developer').join('\n'),
    user: textsOf('user'),
    tools: (body.tools ?? []).flatMap((tool) =>
      tool.function ? [{ name: tool.function.name, schema: tool.function.parameters }] : [],
    ),
    toolResults: toolResultsOf(body),
    toolChoice: choice.success
      ? choice.data.function.name
      : typeof body.tool_choice === 'string'
        ? body.tool_choice
        : 'auto',
    format:
      format?.type === 'json_schema'
        ? { schema: format.json_schema?.schema }
        : format?.type === 'json_object'
          ? 'json'
          : 'text',
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? undefined,
    thinkingTokens,
  }
}

function toolResultsOf({ messages }: ChatBody): ModelRequest['toolResults'] {
  const since = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
  const calls = since.flatMap((message) => message.tool_calls ?? [])
  return since
    .filter(({ role }) => role === 'tool')
    .map((message) => ({
      tool: calls.find(({ id }) => id === message.tool_call_id)?.function.name ?? '',
      result: readToolResult(textOf(message.content)),
    }))
}

const finishReasons = { stop: 'stop', length: 'length', tool: 'tool_calls', refusal: 'stop' }

const idOf = (completion: Completion) => `chatcmpl-sim${String(completion.number).padStart(8, '0')}`

const usageOf = ({ inputTokens, cachedTokens, outputTokens, thinkingTokens }: Completion) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
  prompt_tokens_details: { cached_tokens: cachedTokens, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: thinkingTokens, audio_tokens: 0 },
})

function toolCallOf({ number, tool }: Completion) {
  return { id: `call_sim${number}`, type: 'function', function: { name: tool?.name, arguments: tool?.input } }
}

/** A refusal is no content. */
const saidOf = ({ finish, text }: Completion) =>
  finish === 'refusal' ? { content: null, refusal: text } : { content: text, refusal: null }

function toChatCompletion(completion: Completion) {
  const message = completion.tool
    ? { role: 'assistant', content: null, refusal: null, tool_calls: [toolCallOf(completion)] }
    : { role: 'assistant', ...saidOf(completion), annotations: [] }
  return {
    id: idOf(completion),
    object: 'chat.completion',
    created: completion.created,
    model: completion.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReasons[completion.finish] }],
    usage: usageOf(completion),
    service_tier: 'default',
    system_fingerprint: null,
  }
}

function toChunks(completion: Completion, includeUsage: boolean): string[] {
  const chunk = (choices: unknown[], more: Record<string, unknown> = {}) => ({
    id: idOf(completion),
    object: 'chat.completion.chunk',
    created: completion.created,
    model: completion.model,
    system_fingerprint: null,
    choices,
    ...(includeUsage ? { usage: null } : {}),
    ...more,
  })
  const delta = (change: Record<string, unknown>, finish: string | null = null) =>
    chunk([{ index: 0, delta: change, logprobs: null, finish_reason: finish }])
  const call = toolCallOf(completion)
  const parts = completion.tool
    ? [
        delta({
          role: 'assistant',
          content: null,
          tool_calls: [{ index: 0, ...call, function: { ...call.function, arguments: '' } }],
        }),
        ...piecesOf(completion.tool.input).map((piece) =>
          delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] }),
        ),
      ]
    : [
        delta({ role: 'assistant', content: '', refusal: null }),
        ...piecesOf(completion.text).map((piece) =>
          delta(completion.finish === 'refusal' ? { refusal: piece } : { content: piece }),
        ),
      ]
  return [
    ...parts,
    delta({}, finishReasons[completion.finish]),
    ...(includeUsage ? [chunk([], { usage: usageOf(completion) })] : []),
  ]
    .map((data) => `data: ${JSON.stringify(data)}\n\n`)
    .concat('data: [DONE]\n\n')
}
