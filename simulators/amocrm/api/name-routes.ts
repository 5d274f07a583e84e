import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { nextId } from '../next-id.ts'
import { readItems } from './body.ts'
import { selfLink, sendPage, sendWritten } from './hal.ts'
import { Problem } from './problem.ts'

const named = z.strictObject({
  name: z.string().min(1).max(255),
  sort: z.int().optional(),
  color: z.string().optional(),
  request_id: z.union([z.string(), z.int()]).optional(),
})

/** What is little more than a name: tags of leads, loss reasons. */
export function addNameRoutes(app: FastifyInstance, amo: Amocrm): void {
  const { world } = amo

  app.get('/leads/tags', (request, reply) => {
    const tags = world.tags.filter((tag) => tag.entity === 'leads')
    const view = ({ id, name }: (typeof tags)[number]) => ({ id, name, color: null })
    return sendPage(request, reply, 'tags', tags, view)
  })
  app.post('/leads/tags', (request) => {
    const written = readItems(named, request.body).map(({ body: { name }, requestId }) => {
      const known = world.tags.find((tag) => tag.entity === 'leads' && tag.name === name)
      const tag = known ?? { id: nextId(world, 'tag'), name, entity: 'leads' as const }
      if (!known) world.tags.push(tag)
      return { id: tag.id, name, request_id: requestId }
    })
    amo.changed()
    return sendWritten(request, 'tags', written)
  })

  app.post('/leads/loss_reasons', (request) => {
    if (!world.isLossReasonEnabled)
      throw new Problem(400, 'Bad Request', 'Loss reasons are switched off in this account')
    const written = readItems(named, request.body).map(({ body, requestId }) => {
      const reason = { id: nextId(world, 'lossReason'), name: body.name, sort: world.lossReasons.length + 1 }
      world.lossReasons.push(reason)
      return {
        ...reason,
        request_id: requestId,
        ...selfLink(request, `/api/v4/leads/loss_reasons/${reason.id}`),
      }
    })
    amo.changed()
    return sendWritten(request, 'loss_reasons', written)
  })
}
