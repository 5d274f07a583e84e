import type { FastifyInstance, FastifyRequest } from 'fastify'

export type IdParams = { id: string }

/** Makes a route whose `{id}` is not a number an unknown route, as it is for the service. */
export function requireNumericIds(app: FastifyInstance): void {
  app.addHook('preValidation', async (request, reply) => {
    const { id } = request.params as Partial<IdParams>
    if (id === undefined || /^\d{1,15}$/.test(id)) return undefined
    reply.callNotFound()
    return reply
  })
}

export const idOf = (request: FastifyRequest<{ Params: IdParams }>): number => Number(request.params.id)
