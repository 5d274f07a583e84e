import type { FastifyRequest } from 'fastify'

/** The bytes of a request in the scope of the hooks; undefined when it came without a body. */
export const rawBody = ({ body }: Pick<FastifyRequest, 'body'>): Buffer | undefined =>
  Buffer.isBuffer(body) ? body : undefined
