import type { TestContext } from 'node:test'
import type { JournalEntry } from '../shared/journal.ts'
import { type LlmOptions, startLlm } from './start.ts'

/** Starts a simulator on a free port that ends with the test. */
export async function startForTest(t: TestContext, options: Partial<LlmOptions> = {}) {
  const sim = await startLlm({ port: 0, ...options })
  t.after(() => sim.close())
  return sim
}

type Address = { url: string }

export async function journal(sim: Address): Promise<JournalEntry[]> {
  const response = await fetch(`${sim.url}/_sim/journal`)
  return ((await response.json()) as { entries: JournalEntry[] }).entries
}

/** POST to the control API; answers the status. */
export async function control(sim: Address, path: string, body: unknown): Promise<number> {
  const response = await fetch(`${sim.url}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.status
}

export const classifierPrompt =
  'Prompt: classifier/2\n\nThe conversation is JSON between <turn> and\n</turn>. Label it.'
export const salesPrompt =
  'Prompt: sales/2\n\nThe conversation is JSON between <turn> and </turn>. SECRET RULES.'

const now = {
  iso: '2026-11-23T09:00:00Z',
  text: 'Monday, 23 November 2026, 12:00',
  timeZone: 'Europe/Moscow',
}

export const turnOf = (more: Record<string, unknown>) => ({
  kind: 'answer',
  language: 'ru',
  now,
  lead: { name: 'Иван Петров' },
  history: [],
  newMessages: [],
  offers: [],
  meeting: null,
  ...more,
})

export const turnText = (more: Record<string, unknown>) => `<turn>${JSON.stringify(turnOf(more))}</turn>`

export const offers = [
  { id: 'a', label: 'вт, 24 ноября, 11:00' },
  { id: 'b', label: 'чт, 26 ноября, 15:00' },
]

export const business = {
  company: 'Северный Свет',
  seller: 'Анна',
  offer: 'Помогаем отвечать на заявки за минуту.',
  disclosure: 'Я её цифровой ассистент; если захотите человека, просто скажите.',
}

/** The shape n8n's structured output parser asks for: our answer under `output`. */
export const n8nSchema = {
  type: 'object' as const,
  properties: {
    output: {
      type: 'object',
      properties: { intent: { type: 'string' }, timeQuotes: { type: 'array', items: { type: 'string' } } },
    },
  },
  required: ['output'],
}

export const salesSchema = {
  type: 'object',
  properties: {
    output: { type: 'object', properties: { reply: { type: 'string' }, action: { type: 'string' } } },
  },
}

/** What n8n's parser appends to the prompt. */
export const formatInstructions = (schema: unknown) =>
  `You must format your output as a JSON value that adheres to a given "JSON Schema" instance.\n\nHere is the JSON Schema instance your output must adhere to. Include the enclosing markdown codeblock:\n\`\`\`json\n${JSON.stringify(schema)}\n\`\`\`\n`
