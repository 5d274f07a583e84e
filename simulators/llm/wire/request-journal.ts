import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Journal } from '../../shared/journal.ts'
import { statusMessages, vendorError } from './vendor-error.ts'
import { vendorOf } from './vendor-of.ts'

/**
 * Journals each call of the vendors' API with the status it gets, or null when the connection was cut without one. A
 * fault with a status and no body gets the vendor's error body. Must be added before the control's hooks, because they
 * cut connections.
 */
export function addRequestJournal(app: FastifyInstance, journal: Journal): void {
  const isOurs = ({ url }: FastifyRequest) => url.startsWith('/v1/')
  const seen = new WeakSet<FastifyRequest>()
  const add = (request: FastifyRequest, status: number | null) => {
    if (seen.has(request)) return
    seen.add(request)
    journal.add('request', {
      method: request.method,
      path: request.url.split('?')[0],
      status,
      vendor: vendorOf(request),
    })
  }

  app.addHook('onRequest', async (request, reply) => {
    if (!isOurs(request)) return
    reply.header(vendorOf(request) === 'openai' ? 'x-request-id' : 'request-id', `req_sim_${request.id}`)
    reply.raw.once('close', () => add(request, null))
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!isOurs(request)) return payload
    if (!request.fault?.close) add(request, reply.statusCode)
    const status = request.fault?.status
    if (!status || request.fault?.body !== undefined) return payload
    void reply.type('application/json')
    return JSON.stringify(
      vendorError(vendorOf(request), status, statusMessages[status] ?? `Status ${status}`),
    )
  })
}
