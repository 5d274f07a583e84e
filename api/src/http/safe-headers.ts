import type { Server } from './server-type.ts'

/** Answers here are data about people, not pages: nobody may guess a type, keep them, frame them or run what is in them. */
const always = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}
const yearSec = 31_536_000

/**
 * Puts the headers on every answer, errors included. A page that brings a policy of its own keeps it. HSTS only where the
 * request came by TLS: the proxy says so.
 */
export function addSafeHeaders(server: Server): void {
  server.addHook('onSend', async (request, reply) => {
    for (const [name, value] of Object.entries(always))
      if (!reply.hasHeader(name)) void reply.header(name, value)
    if (request.headers['x-forwarded-proto'] === 'https')
      void reply.header('strict-transport-security', `max-age=${yearSec}; includeSubDomains`)
  })
}
