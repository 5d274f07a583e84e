import { request } from 'undici'
import { z } from 'zod'
import type { Config } from '../settings/config.ts'
import { readJson } from '../text/parse-json.ts'

const answerSchema = z.object({ text: z.string() })
const answerMs = 60_000

/** Turns speech into text at an OpenAI-compatible service. Null when there are no words in it. @throws when it does not answer well */
export async function transcribe(
  { url, key, model }: NonNullable<Config['transcription']>,
  content: Buffer,
  mimeType: string,
): Promise<string | null> {
  const form = new FormData()
  const name = mimeType.startsWith('video/') ? 'message.mp4' : 'message.ogg'
  form.set('file', new Blob([new Uint8Array(content)], { type: mimeType }), name)
  form.set('model', model)
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
  return answerSchema.parse(readJson(text)).text.trim() || null
}
