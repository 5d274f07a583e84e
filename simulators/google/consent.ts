import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseControl } from '../shared/control.ts'
import { type OAuthClient, scopePrefix } from './oauth-client.ts'
import type { Google } from './world.ts'

const weekSec = 604_799
const consentSchema = z.strictObject({
  says: z.enum(['yes', 'no', 'yes, without a part']).default('yes'),
  testing: z.boolean().default(false),
})

type Ask = Partial<
  Record<
    'client_id' | 'redirect_uri' | 'scope' | 'state' | 'access_type' | 'prompt' | 'code_challenge',
    string
  >
>

/** The consent page of Google, `/o/oauth2/v2/auth`: answers at once what `/_sim/consent` says that the person does. */
export function addConsent(app: FastifyInstance, google: Google, client: OAuthClient): void {
  const { world, changed } = google
  app.post('/_sim/consent', (request, reply) => {
    const consent = parseControl(consentSchema, request, reply)
    if (!consent) return reply
    world.consent = consent
    changed()
    return consent
  })

  app.get<{ Querystring: Ask }>('/o/oauth2/v2/auth', (request, reply) => {
    const {
      client_id: id,
      redirect_uri: address,
      scope = '',
      state,
      access_type: access,
      prompt,
    } = request.query
    if (id !== client.clientId) return reply.code(401).send('Error 401: invalid_client')
    if (!address || !/^http:\/\/127\.0\.0\.1:\d+(?:\/|$)/.test(address))
      return reply.code(400).send('Error 400: redirect_uri_mismatch')
    const back = new URL(address)
    if (state !== undefined) back.searchParams.set('state', state)
    const { says } = world.consent ?? { says: 'yes' }
    if (says === 'no') back.searchParams.set('error', 'access_denied')
    else {
      const asked = scope.split(' ').filter(Boolean)
      const code = `4/0sim-${randomBytes(12).toString('hex')}`
      world.codes = {
        ...world.codes,
        [code]: {
          redirectUri: address,
          challenge: request.query.code_challenge ?? null,
          scopes: says === 'yes' ? asked : asked.slice(1),
          // Who consented before is asked nothing unless the client insists, and only a consent gives a lasting token.
          lasting: access === 'offline' && (prompt === 'consent' || !world.consented),
        },
      }
      world.consented = true
      back.searchParams.set('code', code)
    }
    changed()
    return reply.redirect(back.href)
  })
}

/** The exchange of a code: what goes into the token endpoint's answer besides the access token; a text is the error. */
export function exchangeCode(
  { world, changed }: Google,
  form: URLSearchParams,
  client: OAuthClient,
): { refresh_token?: string; refresh_token_expires_in?: number } | string {
  const name = form.get('code') ?? ''
  const code = world.codes?.[name]
  if (!code || code.redirectUri !== form.get('redirect_uri')) return 'invalid_grant'
  const verifier = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url')
  if (code.challenge !== null && code.challenge !== verifier) return 'invalid_grant'
  const { [name]: _used, ...left } = world.codes ?? {}
  world.codes = left
  world.scopes = code.scopes.map((scope) => (scope.includes('/') ? scope : scopePrefix + scope))
  world.refreshRevoked = false
  changed()
  if (!code.lasting) return {}
  return {
    refresh_token: client.refreshToken,
    ...(world.consent?.testing ? { refresh_token_expires_in: weekSec } : {}),
  }
}
