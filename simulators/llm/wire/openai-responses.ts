import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { complete } from '../brain/complete.ts'
import { jsonSchema } from '../brain/json-schema.ts'
import type { Completion, ModelRequest } from '../brain/model-request.ts'
import type { Sim } from '../world.ts'
import { checkKey } from './check-key.ts'
import { content, textOf } from './content-text.ts'
import { openAiThinking } from './families.ts'
import { parseBody } from './parse-body.ts'
import { namedEvent, piecesOf, sendEvents } from './sse.ts'
import { troubles } from './troubles.ts'
import { sendError } from './vendor-error.ts'

const responsesBody = z.looseObject({
  model: z.string().min(1),
  input: z.union([
    z.string(),
    z.array(
      z.looseObject({ type: z.string().optional(), role: z.string().optional(), content: content.nullish() }),
    ),
  ]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  tools: z
    .array(z.looseObject({ type: z.string(), name: z.string().optional(), parameters: jsonSchema.nullish() }))
    .nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ name: z.string().optional() })]).nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: jsonSchema.optional() }).nullish() })
    .nullish(),
  max_output_tokens: z.number().int().positive().nullish(),
  temperature: z.number().nullish(),
  reasoning: z.looseObject({ effort: z.unknown().optional() }).nullish(),
})
type ResponsesBody = z.infer<typeof responsesBody>

/** POST /v1/responses, plain and streaming. Nothing is stored: `previous_response_id` is ignored. */
export function addOpenAiResponses(app: FastifyInstance, sim: Sim): void {
  app.post('/v1/responses', { preHandler: [checkKey, troubles(sim.world)] }, async (request, reply) => {
    const body = parseBody('openai', responsesBody, request, reply)
    if (!body) return reply
    const { model, temperature, reasoning } = body
    const { tokens, refusal } = openAiThinking({ model, temperature, reasoning_effort: reasoning?.effort })
    if (refusal) return sendError(reply, 'openai', 400, refusal.message, refusal)
    const completion = await complete(sim, toRequest(body, tokens))
    return body.stream
      ? sendEvents(reply, toEvents(completion, body))
      : reply.send(toResponse(completion, body, 'done'))
  })
}

function toRequest(body: ResponsesBody, thinkingTokens: number): ModelRequest {
  const items = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input
  const textsOf = (...roles: string[]) =>
    items.filter(({ role }) => roles.includes(role ?? '')).map((item) => textOf(item.content))
  const format = body.text?.format
  const choice = body.tool_choice
  return {
    vendor: 'openai',
    model: body.model,
    system: [body.instructions ?? '', ...textsOf('system', 'developer')].join('\n').trim(),
    user: textsOf('user'),
    tools: (body.tools ?? []).flatMap((tool) =>
      tool.type === 'function' && tool.name
        ? [{ name: tool.name, schema: tool.parameters ?? undefined }]
        : [],
    ),
    toolResults: [],
    toolChoice: (typeof choice === 'string' ? choice : choice?.name) ?? 'auto',
    format:
      format?.type === 'json_schema'
        ? { schema: format.schema }
        : format?.type === 'json_object'
          ? 'json'
          : 'text',
    maxTokens: body.max_output_tokens ?? undefined,
    thinkingTokens,
  }
}

const numbered = (prefix: string, { number }: Completion) => `${prefix}_sim${String(number).padStart(8, '0')}`

const textPart = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })

const partOf = ({ finish, text }: Completion) =>
  finish === 'refusal' ? { type: 'refusal', refusal: text } : textPart(text)

/** The one output item: at the start of a stream it is empty. */
function itemOf(completion: Completion, status: 'in_progress' | 'completed') {
  const done = status === 'completed'
  if (completion.tool)
    return {
      type: 'function_call',
      id: numbered('fc', completion),
      call_id: numbered('call', completion),
      name: completion.tool.name,
      arguments: done ? completion.tool.input : '',
      status,
    }
  return {
    type: 'message',
    id: numbered('msg', completion),
    role: 'assistant',
    status,
    content: done ? [partOf(completion)] : [],
  }
}

function toResponse(completion: Completion, body: ResponsesBody, stage: 'started' | 'done') {
  const done = stage === 'done'
  const cut = done && completion.finish === 'length'
  const { inputTokens, cachedTokens, outputTokens, thinkingTokens } = completion
  return {
    id: numbered('resp', completion),
    object: 'response',
    created_at: completion.created,
    status: cut ? 'incomplete' : done ? 'completed' : 'in_progress',
    error: null,
    incomplete_details: cut ? { reason: 'max_output_tokens' } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    model: completion.model,
    output: done ? [itemOf(completion, 'completed')] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: body.tool_choice ?? 'auto',
    tools: body.tools ?? [],
    top_p: 1,
    truncation: 'disabled',
    usage: done
      ? {
          input_tokens: inputTokens,
          input_tokens_details: { cached_tokens: cachedTokens },
          output_tokens: outputTokens,
          output_tokens_details: { reasoning_tokens: thinkingTokens },
          total_tokens: inputTokens + outputTokens,
        }
      : null,
    metadata: {},
  }
}

function toEvents(completion: Completion, body: ResponsesBody): string[] {
  const item = itemOf(completion, 'completed')
  const at = { item_id: item.id, output_index: 0 }
  const part = { ...at, content_index: 0 }
  const { text, tool } = completion
  const inner = tool
    ? [
        ...piecesOf(tool.input).map((delta) => ({
          type: 'response.function_call_arguments.delta',
          ...at,
          delta,
        })),
        { type: 'response.function_call_arguments.done', ...at, name: tool.name, arguments: tool.input },
      ]
    : [
        { type: 'response.content_part.added', ...part, part: textPart('') },
        ...piecesOf(text).map((delta) => ({
          type: 'response.output_text.delta',
          ...part,
          delta,
          logprobs: [],
        })),
        { type: 'response.output_text.done', ...part, text, logprobs: [] },
        { type: 'response.content_part.done', ...part, part: textPart(text) },
      ]
  const started = toResponse(completion, body, 'started')
  const done = toResponse(completion, body, 'done')
  return [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
    { type: 'response.output_item.added', output_index: 0, item: itemOf(completion, 'in_progress') },
    ...inner,
    { type: 'response.output_item.done', output_index: 0, item },
    { type: `response.${done.status}`, response: done },
  ].map((event, sequence) => namedEvent({ ...event, sequence_number: sequence }))
}
