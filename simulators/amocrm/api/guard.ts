import type { FastifyRequest } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { Problem } from './problem.ts'

/** Lets a request to the API in, or throws: 401 for a missing or wrong bearer token, 429 above the rate limit. */
export function createGuard(amo: Amocrm): (request: FastifyRequest) => void {
  let accepted: number[] = []
  return (request) => {
    checkToken(amo, request.headers.authorization)
    const { perSecond, retryAfter } = amo.world.limits
    if (perSecond === null) return
    const now = Date.now()
    accepted = accepted.filter((at) => at > now - 1000)
    if (accepted.length >= perSecond) {
      const detail = `Too many requests: the limit is ${perSecond} per second`
      throw new Problem(429, 'Too Many Requests', detail, { retry_after: retryAfter })
    }
    accepted.push(now)
  }
}

function checkToken(amo: Amocrm, header: string | undefined): void {
  const token = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  const right = amo.token ? token === amo.token : token !== undefined
  if (!right) throw new Problem(401, 'Unauthorized', 'The access token is missing or not valid')
}
