import { request } from 'undici'
import { z } from 'zod'
import type { Config } from '../settings/config.ts'
import { readJson } from '../text/parse-json.ts'

const answerSchema = z.object({
  text: z.string(),
  segments: z
    .array(z.object({ avg_logprob: z.number().nullish(), no_speech_prob: z.number().nullish() }))
    .nullish(),
  logprobs: z.array(z.object({ logprob: z.number() })).nullish(),
})
const answerMs = 60_000

/** What was heard; `isUnsure`: by what the service itself says of it. */
export type Heard = { text: string; isUnsure: boolean }

/** Turns speech into text at an OpenAI-compatible service. Null when there are no words in it. @throws when it does not answer well */
export async function transcribe(
  { url, key, model, sureness }: NonNullable<Config['transcription']>,
  content: Buffer,
  mimeType: string,
): Promise<Heard | null> {
  const form = new FormData()
  const name = mimeType.startsWith('video/') ? 'message.mp4' : 'message.ogg'
  form.set('file', new Blob([new Uint8Array(content)], { type: mimeType }), name)
  form.set('model', model)
  if (sureness === 'segments') form.set('response_format', 'verbose_json')
  if (sureness === 'logprobs') form.set('include[]', 'logprobs')
  const body = new Response(form)
  const answer = await request(`${url}/audio/transcriptions`, {
    method: 'POST',
    headers: {
      ...Object.fromEntries(body.headers),
      ...(key ? { authorization: `Bearer ${key}` } : {}),
    },
    body: Buffer.from(await body.arrayBuffer()),
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
  })
  const text = await answer.body.text()
  if (answer.statusCode !== 200) throw new Error(`The transcription service answers ${answer.statusCode}`)
  const heard = answerSchema.parse(readJson(text))
  const words = heard.text.trim()
  return words === '' ? null : { text: words, isUnsure: isUnsure(heard) }
}

/** Below these Whisper itself calls a segment failed, or silence. */
const leastLogprob = -1
const mostSilence = 0.6
/** Of a token, on average: e to this is about a half. */
const leastTokenLogprob = -0.7

function isUnsure({ segments, logprobs }: z.infer<typeof answerSchema>): boolean {
  const sure = mean((segments ?? []).flatMap(({ avg_logprob: value }) => value ?? []))
  const silence = mean((segments ?? []).flatMap(({ no_speech_prob: value }) => value ?? []))
  const tokens = mean((logprobs ?? []).map(({ logprob }) => logprob))
  return (
    (sure !== null && sure < leastLogprob) ||
    (silence !== null && silence > mostSilence) ||
    (tokens !== null && tokens < leastTokenLogprob)
  )
}

const mean = (values: number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
