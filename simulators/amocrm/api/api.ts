import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addAccountTraits } from './account-traits.ts'
import { addCatalogRoutes } from './catalog-routes.ts'
import { addChatLinkRoutes } from './chat-link-routes.ts'
import { addComplexRoutes } from './complex-routes.ts'
import { addContactRoutes } from './contact-routes.ts'
import { addFieldRoutes } from './field-routes.ts'
import { createGuard } from './guard.ts'
import { addLeadRoutes } from './lead-routes.ts'
import { addLinkRoutes } from './link-routes.ts'
import { addNameRoutes } from './name-routes.ts'
import { addNoteRoutes } from './note-routes.ts'
import { requireNumericIds } from './params.ts'
import { addPipelineRoutes } from './pipeline-routes.ts'
import { Problem, routeNotFound } from './problem.ts'
import { addTaskRoutes } from './task-routes.ts'
import { addUnsortedRoutes } from './unsorted-routes.ts'
import { addWebhookRoutes } from './webhook-routes.ts'

/** Everything under `/api/v4`: bearer token, rate limit, `application/hal+json` answers. */
export function addApi(app: FastifyInstance, amo: Amocrm): void {
  const guard = createGuard(amo)
  void app.register(
    async (api) => {
      api.addHook('onRequest', async (request) => guard(request))
      api.addHook('preHandler', async (_request, reply) => void reply.type('application/hal+json'))
      addAccountTraits(api, amo)
      requireNumericIds(api)
      addAccountRoutes(api, amo)
      addCatalogRoutes(api, amo)
      addFieldRoutes(api, amo)
      addComplexRoutes(api, amo)
      addLeadRoutes(api, amo)
      addChatLinkRoutes(api, amo)
      addContactRoutes(api, amo)
      addLinkRoutes(api, amo)
      addNameRoutes(api, amo)
      addNoteRoutes(api, amo)
      addTaskRoutes(api, amo)
      addPipelineRoutes(api, amo)
      addUnsortedRoutes(api, amo)
      addWebhookRoutes(api, amo)
      api.setNotFoundHandler((request, reply) => unknownRoute(amo, request, reply))
    },
    { prefix: '/api/v4' },
  )
  app.setNotFoundHandler((request, reply) => unknownRoute(amo, request, reply))
  app.setErrorHandler((error, request, reply) => {
    const problem = asProblem(error)
    if (problem.status === 500) {
      amo.journal.add('unexpected', { method: request.method, path: request.url, error: String(error) })
    }
    return sendProblem(reply, problem)
  })
}

function unknownRoute(amo: Amocrm, request: FastifyRequest, reply: FastifyReply) {
  amo.journal.add('unexpected', { method: request.method, path: request.url })
  const address = `${request.protocol}://${request.host}${request.url}`
  return sendProblem(reply, routeNotFound(request.method, address))
}

const sendProblem = (reply: FastifyReply, problem: Problem) =>
  problem.html === undefined
    ? reply.code(problem.status).type('application/problem+json').send(problem.body)
    : reply.code(problem.status).type('text/html').send(problem.html)

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500)
    return new Problem(status, 'Bad Request', String((error as Error).message))
  return new Problem(500, 'ErrInternalServer', 'Internal error of the simulator', { trace_id: '0' })
}
