import type { FastifyInstance } from 'fastify'
import { Problem } from './problem.ts'

const titles: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'ErrInternalServer',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** Gives a fault that names only a status the body that the service sends with it. */
export function addFaultBody(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const status = request.fault?.status
    if (status === undefined || request.fault?.body !== undefined || payload) return payload
    void reply.type('application/problem+json')
    const more = status === 500 ? { trace_id: '0123456789abcdef' } : {}
    return JSON.stringify(new Problem(status, titles[status] ?? 'Error', 'Asked for by a fault', more).body)
  })
}
