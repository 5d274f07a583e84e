import { request } from 'undici'
import type { z } from 'zod'
import type { Access } from './access.ts'
import { AmocrmError } from './amocrm-error.ts'
import { readErrorAnswer } from './error-answer.ts'
import type { Gate, HoldKind } from './gate.ts'
import { parseJson } from '../text/parse-json.ts'
import { errorText } from '../text/storable.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'
type Answer = { status: number; headers: Record<string, unknown>; text: string }
export type CallerPorts = {
  baseUrl: string
  access: Access
  gate: Gate
  /** Told once when the gate closes: a human should look. */
  alert: (kind: HoldKind, detail: string) => void
  /** Why nothing may be sent at all: the account is not ours. Null: it may. */
  refusal: () => string | null
}

const totalMs = 20_000

const holdKinds: Partial<Record<number, HoldKind>> = {
  401: 'unauthorized',
  402: 'unpaid',
  403: 'forbidden',
  429: 'rate',
}

export type Caller = ReturnType<typeof createCaller>

/**
 * Makes the function that every request to amoCRM's API goes through: its place in the gate, the token, the times, the errors.
 * @returns undefined for 204, which amoCRM says for an empty list and for an unknown id
 */
export function createCaller({ baseUrl, access, gate, alert, refusal }: CallerPorts) {
  async function send(method: Method, path: string, body: unknown, token: string): Promise<Answer> {
    try {
      const answer = await request(`${baseUrl}/api/v4${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'user-agent': 'lead-processing-system',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(totalMs),
      })
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
    } catch (error) {
      throw new AmocrmError(0, errorText(error))
    }
  }

  /** One request with a valid token: a refused one is renewed once. */
  async function sendWithToken(method: Method, path: string, body: unknown): Promise<Answer> {
    const token = await access.token()
    const answer = await send(method, path, body, token)
    return answer.status === 401 ? send(method, path, body, await access.renew(token)) : answer
  }

  async function close(error: AmocrmError, fromProbe: boolean): Promise<void> {
    const kind = holdKinds[error.status]
    if (!kind) return
    const closed = await gate.hold({
      kind,
      detail: error.message,
      fromProbe,
      ...(error.retryAfterMs === undefined ? {} : { forMs: error.retryAfterMs }),
    })
    // A first 402 or 403 may be about one card or one paid option: only a refused probe says that it is the account.
    const sure = kind === 'unauthorized' || fromProbe
    if (closed && kind !== 'rate' && sure) alert(kind, error.message)
  }

  /** The one try after a hold. @returns whether amoCRM takes us again */
  async function probe(): Promise<void> {
    const answer = await sendWithToken('GET', '/account', undefined).catch(async (error: AmocrmError) => {
      await close(error, true)
      throw error
    })
    if (holdKinds[answer.status]) {
      const error = readErrorAnswer(answer.status, answer.headers, answer.text)
      await close(error, true)
      throw new AmocrmError(error.status, error.message, { unsent: true, retryAfterMs: 1000 })
    }
    await gate.release()
  }

  async function pass(): Promise<void> {
    while ((await gate.enter()) === 'probe') await probe()
  }

  /** @returns the answer, or the refusal, of which the gate knows by then */
  async function askOnce(method: Method, path: string, body: unknown): Promise<Answer | AmocrmError> {
    await pass()
    const answer = await sendWithToken(method, path, body).catch(async (error: AmocrmError) => {
      await close(error, false)
      throw error
    })
    if (answer.status < 300) return answer
    const refused = readErrorAnswer(answer.status, answer.headers, answer.text)
    await close(refused, false)
    return refused
  }

  async function ask(method: Method, path: string, body: unknown): Promise<Answer> {
    const why = refusal()
    if (why) throw new AmocrmError(401, why, { unsent: true, retryAfterMs: 60_000 })
    let answer = await askOnce(method, path, body)
    // Others may ask in the same second. What 429 refuses was not done: it takes its place again, as long as the gate has patience.
    if (answer instanceof AmocrmError && answer.status === 429) answer = await askOnce(method, path, body)
    if (!(answer instanceof AmocrmError)) return answer
    if (answer.status !== 402 && answer.status !== 403) throw answer
    // Is it this card or option, or the whole account? The probe tells; when it is the account, `pass` throws that.
    await pass()
    throw answer
  }

  return async function call<Schema extends z.ZodType>(
    schema: Schema,
    method: Method,
    path: string,
    body?: unknown,
  ): Promise<z.output<Schema> | undefined> {
    const { status, text } = await ask(method, path, body)
    if (status === 204) return undefined
    const parsed = schema.safeParse(parseJson(text))
    if (!parsed.success)
      throw new AmocrmError(
        502,
        `an answer of ${path.split('?')[0]} that does not fit: ${parsed.error.message}`,
      )
    return parsed.data
  }
}
