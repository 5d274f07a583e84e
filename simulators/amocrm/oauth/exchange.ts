import { z } from 'zod'
import type { Amocrm } from '../amocrm.ts'
import { clockNow } from '../clock.ts'
import { Problem, validationProblem, requiredFilled } from '../api/problem.ts'
import { oauthProblem } from './oauth-problem.ts'
import { type Pair, issuePair } from './tokens.ts'

const text = z.string().min(1)
const client = { client_id: text, client_secret: text, redirect_uri: text }
const schema = z.discriminatedUnion('grant_type', [
  z.looseObject({ ...client, grant_type: z.literal('authorization_code'), code: text }),
  z.looseObject({ ...client, grant_type: z.literal('refresh_token'), refresh_token: text }),
])
type Request = z.output<typeof schema>

/** Turns a code or a refresh token into a new pair; both are good once. @throws Problem 400 or 401 */
export function exchange(amo: Amocrm, body: unknown, host: string): Pair {
  const parsed = schema.safeParse(body)
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => requiredFilled(issue.path.join('.')))
    throw validationProblem([{ request_id: '0', errors }])
  }
  const request = parsed.data
  if (amo.clientSecret !== undefined && request.client_secret !== amo.clientSecret) {
    throw oauthProblem(401, 'Client authentication failed')
  }
  if (request.grant_type === 'refresh_token') useRefreshToken(amo, request)
  else useCode(amo, request)
  return issuePair(amo, { clientId: request.client_id, redirectUri: request.redirect_uri }, host)
}

type CodeRequest = Extract<Request, { grant_type: 'authorization_code' }>
type RefreshRequest = Extract<Request, { grant_type: 'refresh_token' }>

function useCode(amo: Amocrm, request: CodeRequest): void {
  const known = amo.world.oauth.codes.find((one) => one.code === request.code)
  if (!known) throw oauthProblem(400, invalidGrant, 'Cannot decrypt the authorization code')
  if (known.isUsed) throw oauthProblem(400, invalidGrant, 'Authorization code has been revoked')
  if (known.expires <= clockNow(amo.world))
    throw oauthProblem(400, invalidGrant, 'Authorization code has expired')
  checkClient(known, request)
  known.isUsed = true
}

/**
 * A refresh token that starts with `mock_` and was never seen is taken as the one an installation starts with, so that a
 * demo needs no consent first.
 */
function useRefreshToken(amo: Amocrm, request: RefreshRequest): void {
  const { refresh } = amo.world.oauth
  const known = refresh.find((one) => one.token === request.refresh_token)
  if (!known) {
    if (!request.refresh_token.startsWith('mock_'))
      throw oauthProblem(401, invalidToken, 'Cannot decrypt the refresh token')
    refresh.push({
      token: request.refresh_token,
      clientId: request.client_id,
      redirectUri: request.redirect_uri,
      expires: 0,
      state: 'used',
    })
    return
  }
  if (known.state !== 'live') throw oauthProblem(401, invalidToken, 'Token has been revoked')
  if (known.expires <= clockNow(amo.world)) throw oauthProblem(401, invalidToken, 'Token has expired')
  checkClient(known, request)
  known.state = 'used'
}

function checkClient(known: { clientId: string; redirectUri: string }, request: Request): void {
  if (known.clientId !== request.client_id)
    throw oauthProblem(401, invalidToken, 'Token is not linked to client')
  if (known.redirectUri !== request.redirect_uri) {
    throw new Problem(400, 'Bad Request', 'The redirect_uri is not the one the token was given for', {
      hint: 'Invalid redirect URI',
    })
  }
}

const invalidGrant =
  'The provided authorization grant is invalid, expired, revoked, or was issued to another client.'
const invalidToken = 'The refresh token is invalid.'
