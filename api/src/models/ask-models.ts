import { z } from 'zod'
import { type Language, type Texts, texts } from '../../../texts/index.ts'
import { costOf } from './cost-of.ts'
import { familyOf, type ModelTable, priceOf } from '../settings/models.ts'
import { askChat, type ChatPlace, VendorRefused } from './chat-wire.ts'
import { mendModel } from './mend-model.ts'

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
  /** The step that mends it; null when nothing is wrong. */
  next: string | null
}

/** Null: not asked. */
export type Asked = {
  openai: { url: string; key: string; model: string; project?: string | undefined } | null
  anthropic: { url: string; key: string; model: string } | null
  transcription: { url: string; key: string | undefined; model: string } | null
}

type Words = Texts['terminal']['checks']['models']

const answerMs = 40_000
const question = 'Answer with the JSON object {"ok": true} and nothing else.'

/** One tiny call for each model, with the parameters that the workflow sends. Never throws: what fails is in its row. */
export async function askModels(
  table: ModelTable,
  asked: Asked,
  language: Language = 'en',
): Promise<ModelAnswer[]> {
  const words = texts[language].terminal.checks.models
  const { openai, anthropic, transcription } = asked
  const rows: Promise<ModelAnswer>[] = []
  if (openai) {
    const bearer = { authorization: `Bearer ${openai.key}` }
    rows.push(
      askOne({
        table,
        words,
        place: { vendor: 'openai', ...openai },
        ends: () => shutdownDate(`${openai.url}/models/${encodeURIComponent(openai.model)}`, bearer),
      }),
    )
  }
  if (anthropic)
    rows.push(askOne({ table, words, place: { vendor: 'anthropic', ...anthropic }, ends: async () => null }))
  if (transcription) rows.push(askToListen(table, transcription, words))
  return Promise.all(rows)
}

async function askOne(one: {
  table: ModelTable
  words: Words
  place: ChatPlace
  ends: () => Promise<string | null>
}): Promise<ModelAnswer> {
  const { table, words, place } = one
  const { vendor, model } = place
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
    next: null,
    ...more,
  })
  try {
    const { text, ending, tokens } = await askChat(
      table,
      place,
      { user: question },
      AbortSignal.timeout(answerMs),
    )
    const known = row({ tokens, cost: costOf(table, { vendor, model, tokens }) })
    const told = await one.ends()
    const problem = text.trim() ? null : words.empty(ending || words.noReason)
    const next = problem === null ? null : mendModel(table, vendor, null, words)
    return { ...known, ends: told ?? known.ends, ok: problem === null, problem, next }
  } catch (error) {
    return row({ problem: describe(error, words), next: mendModel(table, vendor, error, words) })
  }
}

async function askToListen(
  table: ModelTable,
  { url, key, model }: NonNullable<Asked['transcription']>,
  words: Words,
): Promise<ModelAnswer> {
  const started = performance.now()
  const form = new FormData()
  form.set('file', new Blob([oneSecondOfSilence()], { type: 'audio/wav' }), 'check.wav')
  form.set('model', model)
  const error: unknown = await fetch(`${url}/audio/transcriptions`, {
    method: 'POST',
    headers: key ? { authorization: `Bearer ${key}` } : {},
    body: form,
    signal: AbortSignal.timeout(answerMs),
  })
    .then(async (answer) => (answer.ok ? null : new VendorRefused(answer.status, await answer.text())))
    .catch((thrown: unknown) => thrown)
  const ok = error === null
  const family = familyOf(table, 'transcription', model)
  const price = priceOf(family, model)
  return {
    model,
    vendor: 'transcription',
    ok,
    ms: Math.round(performance.now() - started),
    tokens: null,
    cost: ok && price ? price.minute / 60 : null,
    ends: family?.ends ?? null,
    problem: ok ? null : describe(error, words),
    next: ok ? null : mendModel(table, 'transcription', error, words),
  }
}

/** OpenAI's list of models says when one ends. */
async function shutdownDate(url: string, headers: Record<string, string>): Promise<string | null> {
  const answer = await fetch(url, { headers, signal: AbortSignal.timeout(answerMs) })
  const body = z
    .object({ shutdown_date: z.string().nullish() })
    .safeParse(await answer.json().catch(() => null))
  return body.success ? (body.data.shutdown_date ?? null) : null
}

function describe(error: unknown, words: Words): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return words.late(answerMs / 1000)
  if (error instanceof VendorRefused) {
    const hints: Partial<Record<number, string>> = words.status
    const hint = hints[error.status]
    return `${error.status}${hint ? ` (${hint})` : ''}: ${error.said}`
  }
  const cause = error.cause instanceof Error ? error.cause.message : ''
  return cause ? words.notReached(cause) : error.message
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
