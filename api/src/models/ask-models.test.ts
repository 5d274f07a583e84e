import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { readModels } from '../settings/models.ts'
import { askModels } from './ask-models.ts'

const table = readModels()

/** A vendor that answers with what the path of the request is mapped to, and keeps what it was asked. */
async function vendor(answers: Record<string, { status: number; body: unknown }>) {
  const asked: { path: string; body: string }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    asked.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString('latin1') })
    const { status, body } = answers[request.url ?? ''] ?? {
      status: 404,
      body: { error: { message: 'nothing here' } },
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const chat = (content: string, finish = 'stop') => ({
  status: 200,
  body: {
    choices: [{ message: { content }, finish_reason: finish }],
    usage: { prompt_tokens: 20, completion_tokens: 300 },
  },
})
const claude = (content: object[]) => ({
  status: 200,
  body: { content, stop_reason: 'end_turn', usage: { input_tokens: 20, output_tokens: 300 } },
})

test('each model is asked with the parameters of its family; time, cost and end are told', async () => {
  const { url, asked } = await vendor({
    '/chat/completions': chat('{"ok": true}'),
    '/models/gpt-6-luna': { status: 200, body: { id: 'gpt-6-luna', shutdown_date: '2028-01-01' } },
    '/v1/messages': claude([{ type: 'thinking' }, { type: 'text', text: '{"ok": true}' }]),
    '/audio/transcriptions': { status: 200, body: { text: '' } },
  })
  const rows = await askModels(table, {
    openai: { url, key: 'k', model: 'gpt-6-luna' },
    anthropic: { url, key: 'k', model: 'claude-sonnet-5-5' },
    transcription: { url, key: undefined, model: 'gpt-transcribe' },
  })
  assert.deepEqual(
    rows.map(({ ok, problem, cost, ends }) => ({ ok, problem, cost, ends })),
    [
      { ok: true, problem: null, cost: 0.000152, ends: '2028-01-01' },
      { ok: true, problem: null, cost: 0.00304, ends: null },
      { ok: true, problem: null, cost: 0.000075, ends: null },
    ],
  )
  const bodyOf = (path: string) => JSON.parse(asked.find((one) => one.path === path)?.body ?? '{}')
  assert.equal(bodyOf('/chat/completions').max_completion_tokens, 6000)
  assert.equal(bodyOf('/chat/completions').reasoning_effort, 'low')
  assert.deepEqual(bodyOf('/v1/messages').thinking, { type: 'adaptive' })
  assert.deepEqual(bodyOf('/v1/messages').output_config, { effort: 'low' })
})

test('what fails is told in words that help, one model does not hide the other, and no key is shown', async () => {
  const { url } = await vendor({
    '/chat/completions': { status: 401, body: { error: { message: 'Incorrect API key provided.' } } },
    '/v1/messages': claude([{ type: 'thinking' }]),
  })
  const [openai, anthropic] = await askModels(table, {
    openai: { url, key: 'secret-key', model: 'gpt-6-luna' },
    anthropic: { url, key: 'secret-key', model: 'claude-sonnet-5' },
    transcription: null,
  })
  assert.equal(openai?.problem, '401 (the key is not taken): Incorrect API key provided.')
  assert.equal(anthropic?.problem, 'an empty answer (end_turn)')
  const closed = await askModels(table, {
    openai: { url: 'http://127.0.0.1:1', key: 'secret-key', model: 'gpt-6-luna' },
    anthropic: { url: 'http://127.0.0.1:1', key: 'secret-key', model: 'claude-sonnet-5' },
    transcription: { url: 'http://127.0.0.1:1', key: 'secret-key', model: 'whisper-1' },
  })
  for (const { ok, problem } of closed) {
    assert.equal(ok, false)
    assert.doesNotMatch(problem ?? '', /secret-key/)
  }
  assert.equal(closed[2]?.ends, '2027-02-26')
})
