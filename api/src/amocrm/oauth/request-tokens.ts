import { request } from 'undici'
import { z } from 'zod'
import { AmocrmError } from '../amocrm-error.ts'
import { readErrorAnswer } from '../error-answer.ts'
import { parseJson } from '../../text/parse-json.ts'

export type OauthSettings = {
  clientId: string
  clientSecret: string
  redirectUri: string
  /** What the first tokens are made of: the code of the consent page, or a refresh token. */
  seed: { kind: 'authorization_code' | 'refresh_token'; value: string }
}
export type Grant = OauthSettings['seed']
export type Tokens = { access: string; refresh: string; expiresInSec: number }

const tokensSchema = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
})
/** Below the time that others wait for the lock. */
const totalMs = 10_000

/**
 * Asks amoCRM for a new pair of tokens. A refresh token works once.
 * @throws AmocrmError; `retry` false: the code or token is used up or revoked, only a human can give a new one
 */
export async function requestTokens(baseUrl: string, settings: OauthSettings, grant: Grant): Promise<Tokens> {
  const answer = await request(`${baseUrl}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: settings.clientId,
      client_secret: settings.clientSecret,
      redirect_uri: settings.redirectUri,
      grant_type: grant.kind,
      ...(grant.kind === 'refresh_token' ? { refresh_token: grant.value } : { code: grant.value }),
    }),
    signal: AbortSignal.timeout(totalMs),
  })
    .then(async ({ statusCode, headers, body }) => ({ statusCode, headers, text: await body.text() }))
    .catch((error: Error) => {
      throw new AmocrmError(0, `the token endpoint: ${error.message}`)
    })
  if (answer.statusCode >= 300) {
    const error = readErrorAnswer(answer.statusCode, answer.headers, answer.text)
    const final = [400, 401, 403].includes(answer.statusCode)
    throw new AmocrmError(answer.statusCode, withoutSecrets(error.message, settings, grant), {
      retry: !final,
    })
  }
  const parsed = tokensSchema.safeParse(parseJson(answer.text))
  if (!parsed.success) throw new AmocrmError(502, 'an answer of the token endpoint that does not fit')
  return {
    access: parsed.data.access_token,
    refresh: parsed.data.refresh_token,
    expiresInSec: parsed.data.expires_in,
  }
}

const withoutSecrets = (text: string, { clientSecret }: OauthSettings, grant: Grant) =>
  text.replaceAll(clientSecret, '[hidden]').replaceAll(grant.value, '[hidden]')
