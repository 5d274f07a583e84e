import type { FastifyReply } from 'fastify'

/** Answers application/problem+json; `field` names the input that is to blame. */
export function problem(reply: FastifyReply, status: 404 | 409, title: string, field?: string): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .send({ type: 'about:blank', title, status, ...(field ? { errors: [{ field, detail: title }] } : {}) })
}
