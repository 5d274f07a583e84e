import type { FastifyInstance, FastifyRequest } from 'fastify'
import { insufficientPermissions, invalidCredentials, loginRequired, sendJson } from './errors.ts'
import { exchangeCode } from './consent.ts'
import { type OAuthClient, scopePrefix } from './oauth-client.ts'
import type { Acting } from './known-account.ts'
import { jwtBearer, readAssertion } from './service-accounts.ts'
import type { Google } from './world.ts'

/** Seconds. */
export const tokenLife = 3599

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Calendar scopes (without their common prefix) of which the token must have one. */
    scopes?: string[]
  }
}

type TokenError = [status: number, error: string, description: string]

/** The token endpoint: `POST /token`, a form; the client's id and secret in the form or as Basic auth. */
export function addTokenRoute(app: FastifyInstance, google: Google, client: OAuthClient): void {
  const { world, journal, changed } = google
  app.post('/token', (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams()
    const grant = form.get('grant_type')
    const exchanged = grant === 'authorization_code' ? exchangeCode(google, form, client) : null
    const read = grant === jwtBearer ? readAssertion(google, form, audiencesOf(request), Date.now()) : null
    const acting = Array.isArray(read) ? null : read
    const failure: TokenError | undefined = Array.isArray(read)
      ? read
      : typeof exchanged === 'string'
        ? [400, exchanged, 'Malformed auth code.']
        : exchanged || acting
          ? undefined
          : refusal(form, request.headers.authorization, client, world.refreshRevoked)
    journal.add('token', { grant, ok: !failure, ...(failure && { error: failure[1] }) })
    if (failure) return sendJson(reply, { error: failure[1], error_description: failure[2] }, failure[0])

    const token = `ya29.sim-${++world.counter}`
    forgetExpired(world)
    world.tokens[token] = Date.now() + tokenLife * 1000
    if (acting) world.acting = { ...world.acting, [token]: acting }
    changed()
    if (acting) return sendJson(reply, { access_token: token, expires_in: tokenLife, token_type: 'Bearer' })
    return sendJson(reply, {
      access_token: token,
      expires_in: tokenLife,
      scope: (world.scopes ?? client.scopes).join(' '),
      token_type: 'Bearer',
      ...(typeof exchanged === 'object' ? exchanged : {}),
    })
  })
}

function refusal(
  form: URLSearchParams,
  header: string | undefined,
  client: OAuthClient,
  isRevoked: boolean,
): TokenError | undefined {
  const [id, secret] = basicAuth(header) ?? [form.get('client_id'), form.get('client_secret')]
  const grant = form.get('grant_type')
  const token = form.get('refresh_token')
  if (!grant) return [400, 'invalid_request', 'Required parameter is missing: grant_type']
  if (id !== client.clientId) return [401, 'invalid_client', 'The OAuth client was not found.']
  if (secret !== client.clientSecret) return [401, 'invalid_client', 'Unauthorized']
  if (grant !== 'refresh_token') return [400, 'unsupported_grant_type', `Invalid grant_type: ${grant}`]
  if (!token) return [400, 'invalid_request', 'Missing required parameter: refresh_token']
  if (token !== client.refreshToken) return [400, 'invalid_grant', 'Bad Request']
  if (isRevoked) return [400, 'invalid_grant', 'Token has been expired or revoked.']
  return undefined
}

function basicAuth(header: string | undefined): [id: string, secret: string] | undefined {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1]
  if (!encoded) return undefined
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':')
  return [formDecoded(id), formDecoded(secret.join(':'))]
}

// OAuth asks for form encoding inside Basic auth; many clients send the plain text.
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Google's own name, which the simulator has too, and where it really is. */
const audiencesOf = ({ host, protocol }: FastifyRequest) => [
  `${protocol}://${host}/token`,
  'https://oauth2.googleapis.com/token',
]

function forgetExpired({ tokens, acting }: Google['world']): void {
  const now = Date.now()
  for (const [token, expires] of Object.entries(tokens)) {
    if (expires > now) continue
    delete tokens[token]
    delete acting?.[token]
  }
}

function tokenOf(request: FastifyRequest): unknown {
  const { access_token: inQuery } = request.query as Record<string, unknown>
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? inQuery
}

/** What a service account's token may; null for a token that a person gave. */
export function actingBy({ world }: Google, request: FastifyRequest): Acting | null {
  const token = tokenOf(request)
  return typeof token === 'string' && world.acting && Object.hasOwn(world.acting, token)
    ? (world.acting[token] ?? null)
    : null
}

/** Lets a request pass only with a live access token that has one of the route's scopes. @throws GoogleError 401, 403 */
export function checkAccess(google: Google, client: OAuthClient, request: FastifyRequest): void {
  const token = tokenOf(request)
  if (typeof token !== 'string') throw loginRequired()
  const { tokens } = google.world
  if (!Object.hasOwn(tokens, token) || tokens[token]! <= Date.now()) throw invalidCredentials()
  const wanted = request.routeOptions.config.scopes ?? []
  const acting = actingBy(google, request)
  const granted = acting?.scopes ?? google.world.scopes ?? client.scopes
  const isAllowed = wanted.some((scope) => granted.includes(scopePrefix + scope))
  if (wanted.length > 0 && !isAllowed) throw insufficientPermissions()
}
