import type { FastifyInstance } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { Problem } from './problem.ts'
import { branch, type Query } from './query.ts'

/** Paths that only an admin's token opens, and writes that only an admin makes. */
const adminReads = /^\/api\/v4\/(?:webhooks|users)\b/
const adminWrites = /^\/api\/v4\/(?:leads|contacts)\/(?:custom_fields|pipelines|loss_reasons|tags)\b/

/** What the account has paid for and what the token's user may do, by its traits. */
export function addAccountTraits(api: FastifyInstance, amo: Amocrm): void {
  api.addHook('preHandler', async (request) => {
    const { traits } = amo.world
    const path = request.url.split('?')[0] ?? ''
    const isWebhooks = path === '/api/v4/webhooks'
    const needsAdmin = adminReads.test(path) || (request.method !== 'GET' && adminWrites.test(path))
    if (traits.rights === 'user' && needsAdmin)
      throw new Problem(403, 'Forbidden', 'You are not an administrator')
    if (isWebhooks && request.method === 'POST' && traits.webhooks !== 'allowed') {
      throw traits.webhooks === 'refused 402'
        ? new Problem(402, 'Payment Required', 'The tariff has no webhooks')
        : new Problem(422, 'Unprocessable Entity', 'Webhooks are not available')
    }
    if (request.method !== 'GET' || isWebhooks) return
    const query = request.query as Query
    if (traits.order === 'ignored') delete query['order']
    if (traits.filters === 'work' || Object.keys(branch(query, 'filter')).length === 0) return
    if (traits.filters === 'ignored') {
      delete query['filter']
      return
    }
    const status = Number(traits.filters.split(' ')[1])
    throw new Problem(status, 'Refused', 'Filters are not available in this account')
  })
}
