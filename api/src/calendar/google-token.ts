import { request } from 'undici'
import { z } from 'zod'
import type { Ports } from '../app.ts'
import { type ActingAccount, assertionForm } from '../secrets/service-account.ts'
import { parseJson } from '../text/parse-json.ts'
import { errorText } from '../text/storable.ts'

/** What a token endpoint answered: handed on as it is, so that n8n sees Google's own refusals. Null: Google did not answer. */
export type TokenAnswer = { status: number; text: string }

const givenSchema = z.looseObject({ access_token: z.string().min(1), expires_in: z.number().positive() })
const refusedSchema = z.looseObject({ error: z.string(), error_description: z.string().optional() })

const totalMs = 10_000
/**
 * n8n keeps a token and asks again only when Google refuses it, all executions at once. Those share one answer; who asks later than
 * that was refused with it, and must not get it again.
 */
const sharedMs = 60_000
/** A token that ends sooner is not given any more. */
const leastLeftMs = 120_000

type Given = { answer: TokenAnswer; until: number }

/** Access tokens of a service account, one exchange with Google for all who ask within a minute. */
export function createGoogleTokens(acting: ActingAccount, { now, log }: Ports<'now' | 'log'>) {
  let given: Given | null = null
  let asking: Promise<TokenAnswer | null> | null = null

  async function ask(): Promise<TokenAnswer | null> {
    const answer = await exchange(acting, now()).catch((error: unknown) => {
      log.warn({ url: acting.tokenUrl, reason: errorText(error) }, "Google's token endpoint does not answer")
      return null
    })
    if (!answer) return null
    const token = answer.status === 200 ? givenSchema.safeParse(parseJson(answer.text)) : null
    if (token?.success) {
      const at = now().getTime()
      given = { answer, until: Math.min(at + sharedMs, at + token.data.expires_in * 1000 - leastLeftMs) }
    } else {
      const { data } = refusedSchema.safeParse(parseJson(answer.text))
      log.error(
        { status: answer.status, error: data?.error, description: data?.error_description },
        'Google gives the service account no access token: npm run google -- check says how to mend it',
      )
    }
    return answer
  }

  return async (): Promise<TokenAnswer | null> => {
    if (given && given.until > now().getTime()) return given.answer
    asking ??= ask().finally(() => (asking = null))
    return asking
  }
}

const exchange = (acting: ActingAccount, now: Date): Promise<TokenAnswer> =>
  request(acting.tokenUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(assertionForm(acting, now)).toString(),
    signal: AbortSignal.timeout(totalMs),
  }).then(async ({ statusCode, body }) => ({ status: statusCode, text: await body.text() }))
