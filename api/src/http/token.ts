import type { FastifyReply, FastifyRequest } from 'fastify'
import { sameText } from './same-text.ts'
import type { WrongSecrets } from './wrong-secrets.ts'

/** Whether the request carries API_TOKEN as a bearer token. */
export const hasToken = (request: FastifyRequest, token: string): boolean =>
  sameText(request.headers.authorization ?? '', `Bearer ${token}`)

/** @throws unauthorized, or too-many-requests for somebody who guesses */
export function requireToken(request: FastifyRequest, token: string, wrongSecrets: WrongSecrets): void {
  if (hasToken(request, token)) return
  const detail = 'Send the header Authorization: Bearer <API_TOKEN>'
  wrongSecrets.refuse(request.ip, 'api', 'unauthorized', detail)
}

/**
 * For pages that people open: the token may also be the password that the browser asks for, with any name.
 * @throws unauthorized, which makes a browser ask
 */
export function requireTokenOfPerson(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  wrongSecrets: WrongSecrets,
): void {
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ')
  const login = Buffer.from(scheme.toLowerCase() === 'basic' ? credentials : '', 'base64').toString()
  if (hasToken(request, token) || sameText(login.slice(login.indexOf(':') + 1), token)) return
  void reply.header('www-authenticate', 'Basic realm="Lead Processing API", charset="UTF-8"')
  wrongSecrets.refuse(request.ip, 'api', 'unauthorized', 'Any name, and API_TOKEN as the password')
}
