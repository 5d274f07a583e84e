import type { FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { isGoodToken } from '../oauth/tokens.ts'
import type { Limits } from '../world.ts'
import { Problem } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The request was above the rate limit, or came while everything is blocked. */
    overLimit?: boolean
  }
}

/** Lets a request to the API in, or throws: 403 while blocked, 401 for a wrong token, 429 above the rate limit. */
export function createGuard(amo: Amocrm): (request: FastifyRequest) => void {
  let accepted: number[] = []
  return (request) => {
    const { world } = amo
    if (world.isBlocked) {
      request.overLimit = true
      throw refused(world.limits, 403, 'Forbidden', 'The account is blocked for too many requests')
    }
    checkToken(amo, request.headers.authorization)
    const { perSecond, retryAfter, blockAfter } = world.limits
    if (perSecond === null) return
    const now = Date.now()
    accepted = accepted.filter((at) => at > now - 1000)
    if (accepted.length >= perSecond) {
      request.overLimit = true
      world.violations += 1
      if (blockAfter !== null && world.violations >= blockAfter) {
        world.isBlocked = true
        amo.journal.add('blocked', { violations: world.violations })
      }
      amo.changed()
      const detail = `Too many requests: the limit is ${perSecond} per second`
      throw refused(world.limits, 429, 'Too Many Requests', detail, { retry_after: retryAfter })
    }
    accepted.push(now)
  }
}

function refused(limits: Limits, status: number, title: string, detail: string, more: object = {}): Problem {
  const problem = new Problem(status, title, detail, { ...more })
  if (limits.format === 'html') problem.html = webServerPage(status, title)
  return problem
}

const webServerPage = (status: number, title: string) => {
  const line = `${status} ${title}`
  return `<html>\r\n<head><title>${line}</title></head>\r\n<body>\r\n<center><h1>${line}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
}

function checkToken(amo: Amocrm, header: string | undefined): void {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (token === undefined || !isGoodToken(amo, token))
    throw new Problem(401, 'Unauthorized', 'The access token is missing or not valid')
}
