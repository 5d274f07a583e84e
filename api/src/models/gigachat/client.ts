import { createHash, randomUUID } from 'node:crypto'
import { rootCertificates } from 'node:tls'
import { Agent, type Dispatcher, request } from 'undici'
import { z } from 'zod'
import type { Ports } from '../../app.ts'
import { parseJson } from '../../text/parse-json.ts'
import { errorText } from '../../text/storable.ts'
import type { GigachatSettings } from './settings.ts'

/** What the service answered, in its own words or in OpenAI's. */
export type Relayed = { status: number; body: unknown }

const tokenSchema = z.object({ access_token: z.string().min(1), expires_at: z.number() })
const totalMs = 60_000
/** A token that ends sooner is not used any more. */
const leastLeftMs = 60_000

/** The fields that the reference of POST /chat/completions names; others are left out, the service need not know them. */
const documented = [
  'model',
  'messages',
  'functions',
  'function_call',
  'temperature',
  'top_p',
  'stream',
  'max_tokens',
  'repetition_penalty',
  'update_interval',
] as const
const bodySchema = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).min(1),
  stream: z.boolean().nullish(),
})
const answerSchema = z.looseObject({
  choices: z.array(z.looseObject({ finish_reason: z.string().nullish() })),
  usage: z.looseObject({
    prompt_tokens: z.number(),
    completion_tokens: z.number(),
    precached_prompt_tokens: z.number().nullish(),
  }),
})

/**
 * GigaChat behind OpenAI's wire. The access token is fetched with the key, shared by all who ask, renewed before it ends and once when it is
 * refused; it is kept in the memory of this process only, so that neither n8n nor an execution ever has it.
 */
export function createGigachat(settings: GigachatSettings, { now, log }: Ports<'now' | 'log'>) {
  const dispatcher: Dispatcher | undefined = settings.ca
    ? new Agent({ connect: { ca: [...rootCertificates, settings.ca] } })
    : undefined
  const way = dispatcher ? { dispatcher } : {}
  let token: { text: string; until: number } | null = null
  let asking: Promise<string> | null = null

  async function fetchToken(): Promise<string> {
    const answer = await request(settings.oauthUrl, {
      ...way,
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
        authorization: `Basic ${settings.authKey}`,
        RqUID: randomUUID(),
      },
      body: new URLSearchParams({ scope: settings.scope }).toString(),
      signal: AbortSignal.timeout(totalMs),
    })
    const text = await answer.body.text()
    const given = tokenSchema.safeParse(parseJson(text))
    if (answer.statusCode !== 200 || !given.success) throw new TokenRefused(answer.statusCode, text)
    token = { text: given.data.access_token, until: given.data.expires_at - leastLeftMs }
    return token.text
  }

  const tokenNow = async (): Promise<string> => {
    if (token && token.until > now().getTime()) return token.text
    asking ??= fetchToken().finally(() => (asking = null))
    return asking
  }

  async function send(path: string, body: object | null, session: string): Promise<Relayed> {
    for (const isLast of [false, true]) {
      const used = await tokenNow()
      const answer = await request(`${settings.url}${path}`, {
        ...way,
        method: body ? 'POST' : 'GET',
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${used}`,
          ...(body && { 'content-type': 'application/json' }),
          // Requests with one beginning reach the cache that has it.
          ...(session && { 'X-Session-ID': session }),
        },
        ...(body && { body: JSON.stringify(body) }),
        headersTimeout: totalMs,
        bodyTimeout: totalMs,
      })
      const text = await answer.body.text()
      if (answer.statusCode !== 401 || isLast)
        return { status: answer.statusCode, body: parseJson(text) ?? text }
      // Ended before its time, or revoked: one that is new.
      if (token?.text === used) token = null
    }
    throw new Error('not reached')
  }

  /** Everything that goes wrong is an answer with a status, in OpenAI's form. */
  async function safely(work: () => Promise<Relayed>): Promise<Relayed> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof TokenRefused) {
        log.error({ status: error.status, reason: error.message }, 'GigaChat gives no access token')
        return problem(error.status === 400 ? 401 : error.status, error.message)
      }
      const reason = `GigaChat was not reached: ${errorText(error)}`
      log.warn({ reason }, 'GigaChat was not reached')
      return problem(503, reason)
    }
  }

  return {
    models: () => safely(() => send('/models', null, '')),
    chat: (given: unknown) =>
      safely(async () => {
        const parsed = bodySchema.safeParse(given)
        if (!parsed.success) return problem(400, z.prettifyError(parsed.error))
        if (parsed.data.stream) return problem(400, 'stream is not supported here')
        const body = toGigachat(parsed.data)
        const answer = await send('/chat/completions', body, sessionOf(body.messages))
        return answer.status === 200 ? { status: 200, body: fromGigachat(answer.body) } : inOpenAiForm(answer)
      }),
  }
}

class TokenRefused extends Error {
  readonly status: number
  constructor(status: number, text: string) {
    super(`the token endpoint answers ${status}: ${text.slice(0, 200)}`)
    this.status = status
  }
}

const problem = (status: number, message: string): Relayed => ({
  status,
  body: { error: { message, type: 'gigachat', param: null, code: null } },
})

type Body = z.infer<typeof bodySchema>

/** One system message, the first; contents as text. */
function toGigachat(body: Body): Record<string, unknown> & { messages: { role: string; content: string }[] } {
  const kept = Object.fromEntries(
    documented.filter((name) => body[name] != null).map((name) => [name, body[name]]),
  )
  const isSystem = ({ role }: { role: string }) => role === 'system' || role === 'developer'
  const system = body.messages.filter(isSystem).map(({ content }) => textOf(content))
  return {
    ...kept,
    messages: [
      ...(system.length > 0 ? [{ role: 'system', content: system.join('\n\n') }] : []),
      ...body.messages
        .filter((message) => !isSystem(message))
        .map(({ role, content }) => ({ role, content: textOf(content) })),
    ],
  }
}

const partSchema = z.looseObject({ text: z.string() })
const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : Array.isArray(content)
      ? content.map((part) => partSchema.safeParse(part).data?.text ?? '').join('')
      : ''

const sessionOf = (messages: { role: string; content: string }[]) => {
  const system = messages.find(({ role }) => role === 'system')?.content
  return system ? createHash('sha256').update(system).digest('hex').slice(0, 32) : ''
}

/** Its own names for what OpenAI calls otherwise. */
function fromGigachat(body: unknown): unknown {
  const parsed = answerSchema.safeParse(body)
  if (!parsed.success) return body
  const { usage, choices } = parsed.data
  const cached = usage.precached_prompt_tokens ?? 0
  return {
    ...parsed.data,
    choices: choices.map((choice) => ({
      ...choice,
      finish_reason: choice.finish_reason === 'blacklist' ? 'content_filter' : choice.finish_reason,
    })),
    usage: {
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: usage.completion_tokens,
      // Their total leaves the cached ones out, for they are not paid.
      total_tokens: usage.prompt_tokens + usage.completion_tokens,
      prompt_tokens_details: { cached_tokens: cached },
    },
  }
}

const refusalSchema = z.looseObject({ message: z.string() })
const inOpenAiForm = ({ status, body }: Relayed): Relayed =>
  problem(status, refusalSchema.safeParse(body).data?.message ?? `GigaChat answers ${status}`)
