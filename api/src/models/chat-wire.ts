import { z } from 'zod'
import { modelRequests, type ModelTable } from '../settings/models.ts'

type Vendor = 'openai' | 'anthropic'

/** A chat model of one vendor. `url` is the vendor's base, OpenAI's with its /v1. */
export type ChatPlace = {
  vendor: Vendor
  url: string
  key: string
  model: string
  /** Sent as OpenAI-Project. */
  project?: string | undefined
}
export type ChatSaid = { system?: string; user: string }
export type ChatAnswer = {
  text: string
  /** Why it ended, in the vendor's word; empty when it did not say. */
  ending: string
  refusal: string | null
  /** `input` has those of the cache in it, `output` those of thinking. null: the vendor did not say. */
  tokens: { input: number; cached: number; output: number } | null
}

/** The vendor answered with a status that is no answer, in these words. */
export class VendorRefused extends Error {
  override name = 'VendorRefused'
  readonly status: number
  readonly said: string
  constructor(status: number, text: string) {
    const said = messageIn(text)
    super(`${status}: ${said}`)
    this.status = status
    this.said = said
  }
}

/**
 * One question to a chat model, with the parameters that the workflow sends.
 * @throws VendorRefused, and what fetch throws
 */
export async function askChat(
  table: ModelTable,
  place: ChatPlace,
  said: ChatSaid,
  signal: AbortSignal,
): Promise<ChatAnswer> {
  const wire = wires[place.vendor]
  const answer = await fetch(`${place.url}${wire.path}`, {
    method: 'POST',
    headers: {
      ...wire.headers(place.key),
      ...(place.project && { 'OpenAI-Project': place.project }),
      'content-type': 'application/json',
    },
    body: JSON.stringify(wire.body(table, place.model, said)),
    signal,
  })
  const text = await answer.text()
  if (!answer.ok) throw new VendorRefused(answer.status, text)
  return wire.read(JSON.parse(text))
}

type Wire = {
  path: string
  headers: (key: string) => Record<string, string>
  body: (table: ModelTable, model: string, said: ChatSaid) => object
  read: (body: unknown) => ChatAnswer
}

const openAiAnswer = z.object({
  choices: z.array(
    z.object({
      message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish(),
    })
    .nullish(),
})
const anthropicAnswer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string(),
  usage: z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
  }),
})

const wires: Record<Vendor, Wire> = {
  openai: {
    path: '/chat/completions',
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    body: (table, model, { system, user }) => ({
      model,
      messages: [
        ...(system === undefined ? [] : [{ role: 'system', content: system }]),
        { role: 'user', content: user },
      ],
      ...modelRequests(table, { openai: model, anthropic: model }).openai.extraBody,
    }),
    read: (body) => {
      const { choices, usage } = openAiAnswer.parse(body)
      const [choice] = choices
      return {
        text: choice?.message.content ?? '',
        ending: choice?.finish_reason ?? '',
        refusal: choice?.message.refusal ?? null,
        tokens: usage
          ? {
              input: usage.prompt_tokens,
              cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
              output: usage.completion_tokens,
            }
          : null,
      }
    },
  },
  anthropic: {
    path: '/v1/messages',
    headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
    body: (table, model, { system, user }) => {
      const { maxTokens, effort } = modelRequests(table, { openai: model, anthropic: model }).anthropic
      return {
        model,
        max_tokens: maxTokens,
        ...(system !== undefined && { system }),
        messages: [{ role: 'user', content: user }],
        ...(effort && { thinking: { type: 'adaptive' }, output_config: { effort } }),
      }
    },
    read: (body) => {
      const { content, stop_reason: ending, usage } = anthropicAnswer.parse(body)
      const cached = usage.cache_read_input_tokens ?? 0
      return {
        text: content.map((block) => block.text ?? '').join(''),
        ending,
        refusal: null,
        // Anthropic counts what it read from its cache beside the rest.
        tokens: { input: usage.input_tokens + cached, cached, output: usage.output_tokens },
      }
    },
  },
}

const errorBody = z.object({ error: z.object({ message: z.string() }) })

/** The vendor's own words in the body of an error. */
function messageIn(text: string): string {
  try {
    return errorBody.parse(JSON.parse(text)).error.message
  } catch {
    // A proxy's page, say: its first words have to do.
    return text.slice(0, 200)
  }
}
