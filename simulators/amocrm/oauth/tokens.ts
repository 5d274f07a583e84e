import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import type { Amocrm } from '../amocrm.ts'
import { clockNow } from '../clock.ts'
import { accountId, integrationUserId } from '../seed.ts'
import type { RefreshToken } from '../world.ts'

const kept = 500
const codeLifeMs = 20 * 60_000

export type Pair = { token_type: 'Bearer'; expires_in: number; access_token: string; refresh_token: string }
type Grant = { clientId: string; redirectUri: string }

/** A code as the admin's consent gives it: good once, for 20 minutes. */
export function issueCode(amo: Amocrm, { clientId, redirectUri }: Grant): string {
  const code = `def502${randomBytes(24).toString('hex')}`
  const expires = clockNow(amo.world) + codeLifeMs
  amo.world.oauth.codes = [
    ...amo.world.oauth.codes.slice(-kept),
    { code, clientId, redirectUri, expires, isUsed: false },
  ]
  amo.changed()
  return code
}

/** A new access token and its refresh token. `host` becomes the token's `api_domain`. */
export function issuePair(amo: Amocrm, grant: Grant, host: string): Pair {
  const { oauth } = amo.world
  const now = clockNow(amo.world)
  const access = jwt({
    aud: grant.clientId,
    jti: randomUUID(),
    iat: Math.floor(now / 1000),
    nbf: Math.floor(now / 1000),
    exp: Math.floor(now / 1000) + oauth.accessLife,
    sub: String(integrationUserId),
    grant_type: '',
    account_id: accountId,
    base_domain: 'amocrm.ru',
    version: 2,
    scopes: ['push_notifications', 'files', 'crm', 'files_delete', 'notifications'],
    api_domain: host,
  })
  const refresh: RefreshToken = {
    ...grant,
    token: `def502${randomBytes(32).toString('hex')}`,
    expires: now + oauth.refreshLife * 1000,
    state: 'live',
  }
  const { clientId } = grant
  oauth.access = [
    ...oauth.access.slice(-kept),
    { token: access, clientId, expires: now + oauth.accessLife * 1000 },
  ]
  oauth.refresh = [...oauth.refresh.slice(-kept), refresh]
  amo.changed()
  return {
    token_type: 'Bearer',
    expires_in: oauth.accessLife,
    access_token: access,
    refresh_token: refresh.token,
  }
}

/** Whether a bearer token is let in now: an issued one until it expires, else a long-lived one. */
export function isGoodToken(amo: Amocrm, token: string): boolean {
  const { oauth } = amo.world
  if (oauth.refuseAll) return false
  const issued = oauth.access.find((one) => one.token === token)
  if (issued) return issued.expires > clockNow(amo.world)
  if (amo.token) return token === amo.token
  return token !== '' && (endOf(token) ?? Number.POSITIVE_INFINITY) > clockNow(amo.world)
}

/** As an administrator makes it in the integration's Keys tab. `endsAt` in ms. */
export const longLivedToken = (claims: { accountId: number; domain: string; endsAt: number }): string =>
  jwt({
    aud: 'integration',
    jti: randomUUID(),
    exp: Math.floor(claims.endsAt / 1000),
    sub: String(integrationUserId),
    account_id: claims.accountId,
    base_domain: claims.domain,
    version: 2,
  })

/** When a long-lived token ends, in ms; undefined when it does not say. */
function endOf(token: string): number | undefined {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      exp?: number
    }
    return exp === undefined ? undefined : exp * 1000
  } catch {
    return undefined
  }
}

/** Nobody checks the signature of these tokens; it only has to look like one. */
function jwt(payload: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(payload)}`
  return `${body}.${createHmac('sha256', 'simulator').update(body).digest('base64url')}`
}
