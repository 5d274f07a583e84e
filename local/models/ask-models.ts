import { z } from 'zod'
import { familyOf, modelRequests, type ModelTable } from '../../api/src/settings/models.ts'

/** The answers of a tiny question to one model. */
export type ModelAnswer = {
  model: string
  vendor: 'openai' | 'anthropic' | 'transcription'
  ok: boolean
  ms: number
  /** Tokens in and out, those of thinking included; null when the vendor did not say. */
  tokens: { input: number; output: number } | null
  /** US dollars; null when the price is not in the table. */
  cost: number | null
  /** YYYY-MM-DD, by the vendor's list when it says so, else by the table. */
  ends: string | null
  /** What is wrong, in the vendor's words, without the key. */
  problem: string | null
}

export type Asked = {
  openai: { url: string; key: string; model: string }
  anthropic: { url: string; key: string; model: string }
  transcription: { url: string; key: string | undefined; model: string } | null
}

const answerMs = 40_000
const question = 'Answer with the JSON object {"ok": true} and nothing else.'

/** One tiny call for each model, with the parameters that the workflow sends. Never throws: what fails is in its row. */
export async function askModels(table: ModelTable, asked: Asked): Promise<ModelAnswer[]> {
  const requests = modelRequests(table, { openai: asked.openai.model, anthropic: asked.anthropic.model })
  const { openai, anthropic, transcription } = asked
  const bearer = { authorization: `Bearer ${openai.key}` }
  const vendorHeaders = { 'x-api-key': anthropic.key, 'anthropic-version': '2023-06-01' }
  const { name, maxTokens, effort } = requests.anthropic
  const rows = [
    askOne({
      vendor: 'openai',
      model: openai.model,
      table,
      ask: () =>
        post(`${openai.url}/chat/completions`, bearer, {
          model: requests.openai.name,
          messages: [{ role: 'user', content: question }],
          ...requests.openai.extraBody,
        }),
      read: (body) => {
        const { choices, usage } = openAiAnswer.parse(body)
        const [choice] = choices
        return {
          text: choice?.message.content ?? '',
          ending: choice?.finish_reason ?? '',
          tokens: usage ? { input: usage.prompt_tokens, output: usage.completion_tokens } : null,
        }
      },
      ends: () => shutdownDate(`${openai.url}/models/${encodeURIComponent(openai.model)}`, bearer),
    }),
    askOne({
      vendor: 'anthropic',
      model: anthropic.model,
      table,
      ask: () =>
        post(`${anthropic.url}/v1/messages`, vendorHeaders, {
          model: name,
          max_tokens: maxTokens,
          messages: [{ role: 'user', content: question }],
          ...(effort && { thinking: { type: 'adaptive' }, output_config: { effort } }),
        }),
      read: (body) => {
        const { content, stop_reason: ending, usage } = anthropicAnswer.parse(body)
        const text = content.map((block) => block.text ?? '').join('')
        return { text, ending, tokens: { input: usage.input_tokens, output: usage.output_tokens } }
      },
      ends: async () => null,
    }),
  ]
  if (transcription) rows.push(askToListen(table, transcription))
  return Promise.all(rows)
}

type Reading = { text: string; ending: string; tokens: ModelAnswer['tokens'] }

async function askOne(one: {
  vendor: 'openai' | 'anthropic'
  model: string
  table: ModelTable
  ask: () => Promise<unknown>
  read: (body: unknown) => Reading
  ends: () => Promise<string | null>
}): Promise<ModelAnswer> {
  const { vendor, model, table } = one
  const family = familyOf(table, vendor, model)
  const started = performance.now()
  const row = (more: Partial<ModelAnswer>): ModelAnswer => ({
    model,
    vendor,
    ok: false,
    ms: Math.round(performance.now() - started),
    tokens: null,
    cost: null,
    ends: family?.ends ?? null,
    problem: null,
    ...more,
  })
  try {
    const { text, ending, tokens } = one.read(await one.ask())
    const price = family?.price
    const cost =
      price && tokens ? (tokens.input * price.input + tokens.output * price.output) / 1_000_000 : null
    const known = row({ tokens, cost })
    const told = await one.ends()
    const problem = text.trim() ? null : `an empty answer (${ending || 'no reason given'})`
    return { ...known, ends: told ?? known.ends, ok: problem === null, problem }
  } catch (error) {
    return row({ problem: describe(error) })
  }
}

async function askToListen(
  table: ModelTable,
  { url, key, model }: NonNullable<Asked['transcription']>,
): Promise<ModelAnswer> {
  const started = performance.now()
  const form = new FormData()
  form.set('file', new Blob([oneSecondOfSilence()], { type: 'audio/wav' }), 'check.wav')
  form.set('model', model)
  const problem = await fetch(`${url}/audio/transcriptions`, {
    method: 'POST',
    headers: key ? { authorization: `Bearer ${key}` } : {},
    body: form,
    signal: AbortSignal.timeout(answerMs),
  })
    .then(async (answer) => (answer.ok ? null : problemOf(answer.status, await answer.text())))
    .catch(describe)
  return {
    model,
    vendor: 'transcription',
    ok: problem === null,
    ms: Math.round(performance.now() - started),
    tokens: null,
    cost: null,
    ends: familyOf(table, 'transcription', model)?.ends ?? null,
    problem,
  }
}

const openAiAnswer = z.object({
  choices: z.array(
    z.object({
      message: z.object({ content: z.string().nullish() }),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
})
const anthropicAnswer = z.object({
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
  stop_reason: z.string(),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number() }),
})
const errorBody = z.object({ error: z.object({ message: z.string() }) })

async function post(url: string, headers: Record<string, string>, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerMs),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(problemOf(answer.status, text))
  return JSON.parse(text)
}

/** OpenAI's list of models says when one ends. */
async function shutdownDate(url: string, headers: Record<string, string>): Promise<string | null> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(answerMs) })
  const body = z
    .object({ shutdown_date: z.string().nullish() })
    .safeParse(await answer.json().catch(() => null))
  return body.success ? (body.data.shutdown_date ?? null) : null
}

const hints: Record<number, string> = {
  401: 'the key is not taken',
  403: 'the key may not use this model',
  404: 'there is no such model for this key',
  429: 'the quota or the rate is used up',
  529: 'overloaded: try again in some minutes',
}

function problemOf(status: number, text: string): string {
  let message = text.slice(0, 200)
  try {
    message = errorBody.parse(JSON.parse(text)).error.message
  } catch {
    // A proxy's page, say: its first words have to do.
  }
  return `${status}${hints[status] ? ` (${hints[status]})` : ''}: ${message}`
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${answerMs / 1000} s`
  const cause = error.cause instanceof Error ? error.cause.message : ''
  return cause ? `not reached: ${cause}` : error.message
}

function oneSecondOfSilence(): ArrayBuffer {
  const samples = 8000
  const wav = Buffer.alloc(44 + samples)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(36 + samples, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(samples, 24)
  wav.writeUInt32LE(samples, 28)
  wav.writeUInt16LE(1, 32)
  wav.writeUInt16LE(8, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples, 40)
  wav.fill(128, 44)
  return new Uint8Array(wav).buffer
}
