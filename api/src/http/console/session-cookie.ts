import type { FastifyReply, FastifyRequest } from 'fastify'
import { sessionDays } from '../../console/sessions.ts'

/** Whether the browser speaks TLS with us or with the proxy before us. */
const isSecure = (request: FastifyRequest) => request.headers['x-forwarded-proto'] === 'https'

/** `__Host-`: a browser takes it only with Secure, for this host alone, so that no neighbour can set one. */
const nameOf = (request: FastifyRequest) => (isSecure(request) ? '__Host-lead_session' : 'lead_session')

/** The session's token that the browser sent, or null. */
export function readSessionCookie(request: FastifyRequest): string | null {
  const start = `${nameOf(request)}=`
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) || null
}

/** Gives the browser a token to keep; null takes it away. No script can read it, and no other site sends it along. */
export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string | null): void {
  const age = token === null ? 0 : sessionDays * 86_400
  const secure = isSecure(request) ? '; Secure' : ''
  void reply.header(
    'set-cookie',
    `${nameOf(request)}=${token ?? ''}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`,
  )
}
