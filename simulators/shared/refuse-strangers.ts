import { isIP } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Simulators trust whoever reaches them, so a page of somebody else in the same browser must not: it may not write (another origin),
 * and may not read under a name of its own that it lets point here (DNS rebinding).
 */
export function refuseStrangers(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const reason = strange(request)
    if (!reason) return
    await reply
      .code(403)
      .type('application/problem+json')
      .send({ type: 'about:blank', title: 'Refused', status: 403, detail: reason })
  })
}

function strange({ method, headers }: FastifyRequest): string | null {
  const host = headers.host ?? ''
  if (host && !isOurs(host))
    return 'The simulator answers under localhost, an address, or a name without dots'
  if (reading.has(method)) return null
  if (headers.origin !== undefined && hostOf(headers.origin) !== host)
    return 'A page of another origin may not write here'
  return headers['sec-fetch-site'] === 'cross-site' ? 'A page of another site may not write here' : null
}

/** Nobody can own a name without dots, or one under localhost: containers and this machine are called so. */
function isOurs(host: string): boolean {
  const name = hostnameOf(host)
  if (name === null) return false
  return isIP(name.replace(/^\[|\]$/g, '')) !== 0 || !name.includes('.') || name.endsWith('.localhost')
}

function hostnameOf(host: string): string | null {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : null
}

/** `null`: an origin that hides itself, or none that can be read. */
const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)
