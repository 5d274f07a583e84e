import type { FastifyInstance } from 'fastify'
import { checkKey } from './check-key.ts'
import { shutdownDateOf } from './families.ts'
import { sendError } from './vendor-error.ts'
import { vendorOf } from './vendor-of.ts'

const openAiModels = [
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-5.6-luna',
  'gpt-5.2',
  'gpt-5.1',
  'gpt-5-mini',
  'gpt-4.1',
  'gpt-4.1-mini',
  'gpt-4o',
  'gpt-4o-mini',
]
const anthropicModels = [
  'claude-sonnet-5-5',
  'claude-opus-5-5',
  'claude-haiku-5-5',
  'claude-opus-4-5',
  'claude-sonnet-5',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
]

/** GET /v1/models and /v1/models/{id} of both vendors. A completion accepts any model name. */
export function addModels(app: FastifyInstance): void {
  app.get('/v1/models', { preHandler: checkKey }, (request) =>
    vendorOf(request) === 'openai'
      ? { object: 'list', data: openAiModels.map(openAiModel) }
      : {
          data: anthropicModels.map(anthropicModel),
          has_more: false,
          first_id: anthropicModels[0],
          last_id: anthropicModels.at(-1),
        },
  )

  app.get<{ Params: { id: string } }>('/v1/models/:id', { preHandler: checkKey }, (request, reply) => {
    const vendor = vendorOf(request)
    const { id } = request.params
    if (vendor === 'openai' && openAiModels.includes(id)) return openAiModel(id)
    if (vendor === 'anthropic' && anthropicModels.includes(id)) return anthropicModel(id)
    return vendor === 'openai'
      ? sendError(reply, vendor, 404, `The model '${id}' does not exist`, {
          param: 'model',
          code: 'model_not_found',
        })
      : sendError(reply, vendor, 404, `model: ${id}`)
  })
}

const openAiModel = (id: string) => ({
  id,
  object: 'model',
  created: 1_735_689_600,
  owned_by: 'system',
  shutdown_date: shutdownDateOf(id),
})
const anthropicModel = (id: string) => ({
  type: 'model',
  id,
  display_name: id,
  created_at: '2025-01-01T00:00:00Z',
})
