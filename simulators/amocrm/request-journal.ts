import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Journal } from '../shared/journal.ts'

/**
 * Journals each request from outside before its answer leaves; a request whose connection is cut before that gets
 * status 0. The simulator's own page and control routes are left out.
 */
export function addRequestJournal(app: FastifyInstance, journal: Journal): void {
  const seen = new WeakSet<FastifyRequest>()
  const add = (request: FastifyRequest, status: number) => {
    if (seen.has(request)) return
    seen.add(request)
    const [path, query] = request.url.split('?')
    const over = request.overLimit ? { overLimit: true } : {}
    journal.add('request', { method: request.method, path, ...(query ? { query } : {}), status, ...over })
  }
  app.addHook('onRequest', async (request, reply) => {
    if (isOwn(request.url)) seen.add(request)
    else reply.raw.once('close', () => add(request, 0))
  })
  app.addHook('onSend', async (request, reply, payload) => {
    add(request, reply.statusCode)
    return payload
  })
}

const isOwn = (url: string) => {
  const path = url.split('?')[0] ?? ''
  return path === '/' || path.startsWith('/_sim/') || path.startsWith('/page/')
}
