import { type ModelCall, type ModelOutcome, type ModelReply, modelReplySchema } from '@lead/contract'

export type Judged = { outcome: ModelOutcome; reason: string | null }

/** Why a reply is none to be used, by what the vendor itself says of its end; null: its text can be read. */
export function judgeReply(reply: ModelReply): Judged | null {
  const { finish_reason: finish, stop_reason: stop, status } = reply.response_metadata ?? {}
  const ends = [finish, stop]
  const refusal = reply.additional_kwargs?.refusal
  if (refusal || ends.some((end) => end === 'refusal' || end === 'content_filter'))
    return { outcome: 'refusal', reason: refusal?.slice(0, 300) ?? 'the model refused to answer' }
  if (ends.some((end) => end === 'length' || end === 'max_tokens') || status === 'incomplete')
    return { outcome: 'length', reason: 'the answer was cut at the limit of tokens' }
  if (textOf(reply).trim() === '' && !reply.tool_calls?.length)
    return { outcome: 'empty', reason: 'the answer is empty' }
  return null
}

/** What the model said, without its thinking. */
export function textOf({ text, content }: ModelReply): string {
  if (text !== undefined) return text
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((block: unknown) => (hasText(block) ? block.text : '')).join('')
}
const hasText = (block: unknown): block is { text: string } =>
  typeof block === 'object' && block !== null && 'text' in block && typeof block.text === 'string'

export function tokensOf({ usage_metadata: usage }: ModelReply): ModelCall['tokens'] {
  if (!usage) return null
  return {
    input: usage.input_tokens,
    cached: usage.input_token_details?.cache_read ?? 0,
    output: usage.output_tokens,
  }
}

/** The message of a chat model. @throws when it is none */
export const readReply = (given: unknown): ModelReply => modelReplySchema.parse(given)

const unpaid = /quota|billing|credit balance|payment/i

/** What an error of a chat model means: n8n and the vendors' clients each put the status elsewhere. */
export function judgeError(error: unknown): Judged {
  const status = statusOf(error)
  const reason = `${status === null ? '' : `${status}: `}${wordsOf(error)}`.slice(0, 300)
  if (status === null) return { outcome: 'unreachable', reason }
  if (status === 402 || ([400, 403, 429].includes(status) && unpaid.test(wordsOf(error) + codeOf(error))))
    return { outcome: 'unpaid', reason }
  if ([401, 403, 404].includes(status)) return { outcome: 'denied', reason }
  if (status >= 500 || [408, 409, 425, 429].includes(status)) return { outcome: 'overloaded', reason }
  return { outcome: 'rejected', reason }
}

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

/** From the outside to the cause, as deep as wrappers go. */
function* layersOf(error: unknown): Generator<unknown> {
  let layer = error
  for (let depth = 0; depth < 5 && layer; depth += 1) {
    yield layer
    layer = property(layer, 'cause')
  }
}

function statusOf(error: unknown): number | null {
  for (const layer of layersOf(error))
    for (const given of [
      property(layer, 'status'),
      property(layer, 'statusCode'),
      property(layer, 'httpCode'),
      property(property(layer, 'response'), 'status'),
    ]) {
      const status = Number(given)
      if (Number.isInteger(status) && status >= 400 && status < 600) return status
    }
  return null
}

/** The innermost words are the vendor's own. */
function wordsOf(error: unknown): string {
  const words = [...layersOf(error)].flatMap((layer) => {
    const inner = property(property(property(layer, 'error'), 'error'), 'message')
    const message = inner ?? property(property(layer, 'error'), 'message') ?? property(layer, 'message')
    return typeof message === 'string' && message !== '' ? [message] : []
  })
  return words.at(-1) ?? 'no reason given'
}

const codeOf = (error: unknown) =>
  [...layersOf(error)].map((layer) => String(property(layer, 'code') ?? '')).join(' ')
