import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from './problems.ts'

const same = (given: string, wanted: string) => {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Whether the request carries API_TOKEN as a bearer token. */
export const hasToken = (request: FastifyRequest, token: string): boolean =>
  same(request.headers.authorization ?? '', `Bearer ${token}`)

/** @throws unauthorized */
export function requireToken(request: FastifyRequest, token: string): void {
  if (!hasToken(request, token))
    throw new Problem('unauthorized', 'Send the header Authorization: Bearer <API_TOKEN>')
}

/**
 * For pages that people open: the token may also be the password that the browser asks for, with any name.
 * @throws unauthorized, which makes a browser ask
 */
export function requireTokenOfPerson(request: FastifyRequest, reply: FastifyReply, token: string): void {
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ')
  const login = Buffer.from(scheme.toLowerCase() === 'basic' ? credentials : '', 'base64').toString()
  if (hasToken(request, token) || same(login.slice(login.indexOf(':') + 1), token)) return
  void reply.header('www-authenticate', 'Basic realm="Lead Processing API", charset="UTF-8"')
  throw new Problem('unauthorized', 'Any name, and API_TOKEN as the password')
}
