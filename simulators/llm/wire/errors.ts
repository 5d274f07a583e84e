import type { FastifyError, FastifyInstance } from 'fastify'
import type { Journal } from '../../shared/journal.ts'
import { sendError } from './vendor-error.ts'
import { vendorOf } from './vendor-of.ts'

/** Unknown routes and unreadable bodies, in the vendor's shape; what nobody expected is journaled as `unexpected`. */
export function addErrors(app: FastifyInstance, journal: Journal): void {
  app.setNotFoundHandler((request, reply) => {
    journal.add('unexpected', { method: request.method, path: request.url.split('?')[0] })
    const vendor = vendorOf(request)
    return sendError(
      reply,
      vendor,
      404,
      vendor === 'openai' ? `Invalid URL (${request.method} ${request.url})` : 'Not Found',
    )
  })

  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500
    if (status < 500)
      return sendError(
        reply,
        vendorOf(request),
        status,
        'We could not parse the JSON body of your request. The body must be a JSON object.',
      )
    journal.add('unexpected', {
      method: request.method,
      path: request.url.split('?')[0],
      error: error.message,
    })
    return sendError(reply, vendorOf(request), 500, 'The server had an error while processing your request.')
  })
}
