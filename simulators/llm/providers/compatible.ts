import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Journal } from '../../shared/journal.ts'
import { type ChatBody, chatSchema, lateSystem, relay } from './relay.ts'

type Refusal = { status: number; body: unknown }
type Provider = {
  /** Why a request is refused; null: it is answered. */
  refuse: (request: FastifyRequest, body: ChatBody) => Refusal | null
  /** What is sent on of the prompt: a server with a small context drops its beginning. */
  shorten?: (body: ChatBody) => ChatBody
  /** Of the prompt; undefined: the server says nothing of its cache. */
  cached?: (body: ChatBody) => number
}

const bearer = ({ headers }: FastifyRequest) =>
  /^(?:Bearer|Api-Key)\s+(.+)$/i.exec(headers.authorization ?? '')?.[1]
const openAiError = (
  status: number,
  message: string,
  type = 'invalid_request_error',
  code: string | null = null,
) => ({
  status,
  body: { error: { message, type, param: null, code } },
})

/**
 * Yandex AI Studio: a key, the folder as the project, and the model by its whole address in that folder.
 */
const yandex: Provider = {
  refuse: (request, { model }) => {
    if (!bearer(request)) return openAiError(401, 'Unauthorized', 'authentication_error')
    const [, folder] = /^gpt:\/\/([^/]+)\/[^/]+(?:\/(?:latest|rc|deprecated))?$/.exec(model) ?? []
    if (!folder) return openAiError(400, `Invalid model_uri ${model}: gpt://<folder ID>/<model>/<branch>`)
    const project = request.headers['openai-project']
    if (project !== folder)
      return openAiError(
        403,
        `Permission denied: the project ${String(project ?? '(none)')} is not the folder of the model`,
        'permission_error',
      )
    return null
  },
}

/** `vllm serve NAME --api-key token-abc123 --enable-prompt-tokens-details`: one model, one key, a chat template with the system text first. */
const servedModel = 'Qwen/Qwen3-8B'
const vllm: Provider = {
  refuse: (request, body) => {
    if (bearer(request) !== 'token-abc123') return { status: 401, body: { error: 'Unauthorized' } }
    if (body.model !== servedModel)
      return openAiError(404, `The model \`${body.model}\` does not exist.`, 'NotFoundError')
    if (lateSystem(body))
      return openAiError(400, 'System message must be at the beginning.', 'BadRequestError')
    return null
  },
  cached: (body) => Math.floor(String(body.messages[0]?.content ?? '').length / 64) * 16,
}

/** `OLLAMA_CONTEXT_LENGTH`: what is longer loses its beginning, without a word. In tokens. */
const ollamaContext = 32_768
const pulled = ['qwen3:8b', 'gpt-oss:20b']
const ollama: Provider = {
  refuse: (_request, { model }) =>
    pulled.includes(model)
      ? null
      : openAiError(404, `model "${model}" not found, try pulling it first`, 'api_error'),
  shorten: (body) => {
    let left = ollamaContext * 4
    const kept = body.messages.toReversed().map((message) => {
      const text = String(message.content ?? '')
      const end = text.slice(Math.max(0, text.length - left))
      left -= end.length
      return { ...message, content: end }
    })
    return { ...body, messages: kept.toReversed() }
  },
}

const providers: Record<string, Provider> = { yandex, vllm, ollama }

/** POST /yandex|vllm|ollama/v1/chat/completions: OpenAI's wire with what each of these services asks for besides. */
export function addCompatible(app: FastifyInstance, journal: Journal): void {
  for (const [name, provider] of Object.entries(providers)) {
    app.post(`/${name}/v1/chat/completions`, async (request, reply: FastifyReply) => {
      const parsed = chatSchema.safeParse(request.body)
      const refused = parsed.success
        ? provider.refuse(request, parsed.data)
        : openAiError(400, 'model and messages are needed')
      if (refused || !parsed.success) {
        journal.add(name, { status: refused?.status })
        return reply.code(refused?.status ?? 400).send(refused?.body)
      }
      const body = parsed.data
      const given = await relay(app, provider.shorten?.(body) ?? body)
      journal.add(name, { status: 'answer' in given ? 200 : given.status, model: body.model })
      if (!('answer' in given)) return reply.code(given.status).send(given.body)
      const { prompt_tokens, completion_tokens } = given.answer.usage
      return reply.send({
        ...given.answer,
        usage: {
          prompt_tokens,
          completion_tokens,
          total_tokens: prompt_tokens + completion_tokens,
          ...(provider.cached && { prompt_tokens_details: { cached_tokens: provider.cached(body) } }),
        },
      })
    })
  }
}
