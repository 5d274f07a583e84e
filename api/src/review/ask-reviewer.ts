import { type ModelCall, type Review, reviewSchema } from '@lead/contract'
import { request } from 'undici'
import { z } from 'zod'
import { parseJson } from '../text/parse-json.ts'
import { errorText } from '../text/storable.ts'
import type { ReviewerSettings } from './settings.ts'

export type ReviewCall = Pick<ModelCall, 'outcome' | 'ms' | 'tokens' | 'reason'> & { review: Review | null }

const count = z.number().int().min(0).max(10_000_000)
const answerSchema = z.object({
  choices: z
    .array(
      z.object({ message: z.object({ content: z.string().nullish() }), finish_reason: z.string().nullish() }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
    })
    .nullish(),
})
/** More than any verdict needs. */
const mostBytes = 200_000

/**
 * Asks the reviewer about one reply. Never throws: what cannot be used is a call without a review.
 * @param reply as the reviewer reads it; a refusal that quotes other words is none
 */
export async function askReviewer(
  { url, key, model, body, prompt }: ReviewerSettings,
  turn: { reply: string } & Record<string, unknown>,
  withinMs: number,
): Promise<ReviewCall> {
  const begun = performance.now()
  const timeout = AbortSignal.timeout(withinMs)
  const ended = (outcome: ModelCall['outcome'], reason: string | null, rest: Partial<ReviewCall> = {}) => ({
    outcome,
    reason,
    ms: Math.round(performance.now() - begun),
    tokens: null,
    review: null,
    ...rest,
  })
  try {
    const answer = await request(`${url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({
        model,
        ...body,
        messages: [
          { role: 'system', content: prompt },
          { role: 'user', content: `<turn>${JSON.stringify(turn)}</turn>` },
        ],
      }),
      signal: timeout,
    })
    const text = await readUpTo(answer.body, mostBytes)
    if (answer.statusCode !== 200) return ended(outcomeOf(answer.statusCode), `answers ${answer.statusCode}`)
    const given = answerSchema.safeParse(parseJson(text))
    if (!given.success) return ended('unreadable', 'no answer of a chat model')
    const { choices, usage } = given.data
    const tokens = usage
      ? {
          input: usage.prompt_tokens,
          cached: usage.prompt_tokens_details?.cached_tokens ?? 0,
          output: usage.completion_tokens,
        }
      : null
    const review = readReview(choices[0]?.message.content ?? '', turn.reply)
    return review
      ? ended('ok', null, { tokens, review })
      : ended('unreadable', 'no verdict, or one whose quote is not in the reply', { tokens })
  } catch (error) {
    if (timeout.aborted) return ended('timeout', `no answer in ${withinMs} ms`)
    return ended('unreachable', errorText(error).slice(0, 300))
  }
}

async function readUpTo(body: AsyncIterable<Buffer>, most: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += part.length
    if (size > most) throw new Error(`more than ${most} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString()
}

/** Some models put their JSON into a fence or a sentence. */
function readReview(text: string, reply: string): Review | null {
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
  const review = reviewSchema.safeParse(parseJson(json))
  if (!review.success) return null
  const { data } = review
  return data.verdict === 'refuse' && !plain(reply).includes(plain(data.quote)) ? null : data
}

const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, ' ').trim()

function outcomeOf(status: number): ModelCall['outcome'] {
  if (status === 402) return 'unpaid'
  if ([401, 403, 404].includes(status)) return 'denied'
  return status === 429 || status >= 500 ? 'overloaded' : 'rejected'
}
