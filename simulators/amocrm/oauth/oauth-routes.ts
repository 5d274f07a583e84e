import type { FastifyInstance } from 'fastify'
import type { Amocrm } from '../amocrm.ts'
import { Problem } from '../api/problem.ts'
import { accountId } from '../seed.ts'
import { exchange } from './exchange.ts'
import { oauthProblem } from './oauth-problem.ts'
import { issueCode } from './tokens.ts'

type Consent = { client_id?: string; state?: string; redirect_uri?: string; account?: string }

/** What the service has outside of `/api/v4` for tokens: the consent page, the token endpoint, the account of a token. */
export function addOAuthRoutes(app: FastifyInstance, amo: Amocrm): void {
  /**
   * The admin's consent. The real page asks a person; this one says yes at once. The service knows the address from the
   * integration's settings, the simulator has none and takes it from `redirect_uri`.
   */
  app.get<{ Querystring: Consent }>('/oauth', (request, reply) => {
    const { client_id: clientId, state, redirect_uri: redirectUri } = request.query
    if (!clientId || !redirectUri || !/^https?:/.test(redirectUri) || !URL.canParse(redirectUri))
      throw new Problem(400, 'Bad Request', 'client_id and redirect_uri are needed')
    const back = new URL(redirectUri)
    back.searchParams.set('code', issueCode(amo, { clientId, redirectUri }))
    if (state !== undefined) back.searchParams.set('state', state)
    back.searchParams.set('referer', request.host)
    back.searchParams.set('client_id', clientId)
    return reply.redirect(back.href)
  })

  app.post('/oauth2/access_token', (request, reply) => {
    const { grant_type: grant } = (request.body ?? {}) as { grant_type?: unknown }
    try {
      const pair = exchange(amo, request.body, request.host)
      amo.journal.add('token', { grant, ok: true })
      return reply.type('application/json').send(pair)
    } catch (error) {
      const body = error instanceof Problem ? error.body : {}
      amo.journal.add('token', { grant, ok: false, status: body.status, hint: body.hint ?? null })
      throw error
    }
  })

  app.get('/oauth2/account/current/subdomain', (request, reply) => {
    const given = request.headers['x-refresh-token']
    const known = amo.world.oauth.refresh.find((one) => one.token === given && one.state === 'live')
    if (!known) throw oauthProblem(401, 'The refresh token is invalid.', 'Token has been revoked')
    return reply
      .type('application/json')
      .send({ id: accountId, subdomain: amo.subdomain, domain: request.host, top_level_domain: 'ru' })
  })
}
