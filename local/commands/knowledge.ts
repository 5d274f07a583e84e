import { findUrls } from '../settings/service-environments.ts'
import { loadOrEnd, readArguments } from './command-line.ts'

const help = `
npm run knowledge -- questions
npm run knowledge -- answer ID "the answer" [--title "what it is about"]
npm run knowledge -- add "the answer" [--title "what it is about"]
npm run knowledge -- search "a question"

What the assistant may state as facts: config/knowledge/*.md, faq in config/business.yaml, and answers of people, which are kept in the
database. Asks the running API server.
  questions  what leads asked and the assistant does not know
  answer     saves the answer to such a question: from now on the assistant says it to everybody
  add        the same without a question
  search     which items are found for a text, with their scores

  --by NAME        who answers (default: the user of this machine)
  --api URL        another server (default: API_URL, else this machine)
  --token TOKEN    its API_TOKEN (default: from .env or .data/secrets.json)
  --json           JSON instead of lines
`

const { values, positionals } = readArguments(help, {
  title: { type: 'string', default: '' },
  by: { type: 'string', default: process.env['USER'] ?? 'operator' },
  api: { type: 'string' },
  token: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
})
const [action = '', ...rest] = positionals
const fits: Record<string, boolean> = {
  questions: rest.length === 0,
  answer: rest.length === 2 && /^\d+$/.test(rest[0] ?? ''),
  add: rest.length === 1,
  search: rest.length === 1,
}
if (values.help || !fits[action]) {
  console.log(help.trim())
  process.exit(values.help ? 0 : 2)
}

const config = loadOrEnd()
const base = (values.api ?? findUrls(config).api).replace(/\/$/, '')
const token = values.token ?? config.settings.API_TOKEN

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await fetch(base + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer = (await response.json()) as Answer & { detail?: string; title?: string }
  if (!response.ok) throw new Error(answer.detail ?? answer.title)
  return answer
}

const show = <Row>(rows: Row[], line: (row: Row) => string, none: string): void => {
  if (values.json) console.log(JSON.stringify(rows))
  else console.log(rows.length === 0 ? none : rows.map(line).join('\n'))
}

async function save(questionId: number | null, text: string): Promise<void> {
  const { title, by } = values
  const saved = await ask<{ id: string }>('/knowledge/answers', { questionId, title, text, by })
  console.log(values.json ? JSON.stringify(saved) : `Saved as ${saved.id}`)
}

const actions: Record<string, () => Promise<void>> = {
  questions: async () =>
    show(
      await ask<{ id: number; leadId: number; text: string }[]>('/knowledge/questions'),
      ({ id, leadId, text }) => `${id}  lead ${leadId}  ${text.replaceAll(/\s+/g, ' ')}`,
      'Nobody waits for an answer',
    ),
  answer: () => save(Number(rest[0]), rest[1] ?? ''),
  add: () => save(null, rest[0] ?? ''),
  search: async () =>
    show(
      await ask<{ id: string; text: string; score: number }[]>(
        `/knowledge?text=${encodeURIComponent(rest[0] ?? '')}`,
      ),
      ({ id, text, score }) => `${score.toFixed(2)}  ${id}  ${text.replaceAll(/\s+/g, ' ')}`,
      'There is no knowledge',
    ),
}
try {
  await actions[action]?.()
} catch (error) {
  const { message, cause } = error as Error
  console.error(cause ? `${base} does not answer: is the system running? (npm start)` : message)
  process.exitCode = 1
}
