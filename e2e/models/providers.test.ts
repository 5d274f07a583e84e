import assert from 'node:assert/strict'
import { createServer as createHttps } from 'node:https'
import { after, beforeEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeCertificate } from '../proxy/certificate.ts'
import { createGigachat } from '../../api/src/models/gigachat/client.ts'
import { readModels } from '../../api/src/settings/models.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { askModels } from '../../api/src/models/ask-models.ts'

const table = readModels()
const simulator = await startLlm({ port: 0 })
after(() => simulator.close())
const logged: string[] = []
const ports = (now = () => new Date()) =>
  ({
    now,
    log: {
      warn: (one: object) => logged.push(JSON.stringify(one)),
      error: (one: object) => logged.push(JSON.stringify(one)),
    },
  }) as unknown as Parameters<typeof createGigachat>[1]
const authKey = Buffer.from('client:secret').toString('base64')
const settings = {
  authKey,
  scope: 'GIGACHAT_API_PERS',
  oauthUrl: `${simulator.url}/gigachat/api/v2/oauth`,
  url: `${simulator.url}/gigachat/api/v1`,
  ca: null,
}
const said = {
  model: 'GigaChat-2-Max',
  messages: [
    { role: 'system', content: 'Be kind. '.repeat(40) },
    { role: 'user', content: [{ type: 'text', text: 'Привет' }] },
  ],
  max_tokens: 200,
  // What a client of OpenAI's sends besides.
  frequency_penalty: 0,
  user: 'n8n',
}
type Entry = { kind: string; status?: number; cached?: number }
const journal = async (kind: string): Promise<Entry[]> => {
  const all = (await (await fetch(`${simulator.url}/_sim/journal`)).json()) as Entry[] | { entries: Entry[] }
  return (Array.isArray(all) ? all : all.entries).filter((entry) => entry.kind === kind)
}
beforeEach(async () => {
  logged.length = 0
  await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
})

const ask = async (path: string, model: string, key: string, project?: string) =>
  (
    await askModels(table, {
      openai: { url: `${simulator.url}${path}`, key, model, project },
      anthropic: null,
      transcription: null,
    })
  )[0]!

test('YandexGPT: the folder goes with the key; without it, or with a short name, the refusal says what is missing', async () => {
  const model = 'gpt://b1gfolder/yandexgpt/latest'
  assert.equal((await ask('/yandex/v1', model, 'AQVN-key', 'b1gfolder')).ok, true)
  const alone = await ask('/yandex/v1', model, 'AQVN-key')
  assert.match(alone.problem ?? '', /403.*project/)
  const short = await ask('/yandex/v1', 'yandexgpt', 'AQVN-key', 'b1gfolder')
  assert.match(short.problem ?? '', /gpt:\/\//)
})

test('vLLM: the served name and its key; calls cost nothing', async () => {
  const fine = await ask('/vllm/v1', 'Qwen/Qwen3-8B', 'token-abc123')
  assert.deepEqual([fine.ok, fine.cost], [true, 0])
  assert.match((await ask('/vllm/v1', 'Qwen/Other', 'token-abc123')).problem ?? '', /404.*does not exist/)
  assert.match((await ask('/vllm/v1', 'Qwen/Qwen3-8B', 'sk-other')).problem ?? '', /401/)
})

test('Ollama: any key, a model that was pulled', async () => {
  const fine = await ask('/ollama/v1', 'qwen3:8b', 'ollama')
  assert.deepEqual([fine.ok, fine.cost], [true, 0])
  assert.match((await ask('/ollama/v1', 'qwen3:70b', 'ollama')).problem ?? '', /try pulling it first/)
})

test('GigaChat: one token for all who ask, its own fields and words, the cache by one session', async () => {
  const gigachat = createGigachat(settings, ports())
  const answers = await Promise.all([gigachat.chat(said), gigachat.chat(said), gigachat.chat(said)])
  for (const { status, body } of answers) {
    assert.equal(status, 200, JSON.stringify(body))
    assert.match(JSON.stringify(body), /Привет/)
  }
  assert.equal((await journal('gigachat-token')).length, 1)
  const { body } = await gigachat.chat(said)
  const { usage } = body as {
    usage: {
      prompt_tokens: number
      total_tokens: number
      completion_tokens: number
      prompt_tokens_details: { cached_tokens: number }
    }
  }
  assert.ok(usage.prompt_tokens_details.cached_tokens > 50)
  assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens)
})

test('GigaChat: a token is renewed before its 30 minutes are over, and once when it is refused', async () => {
  let now = Date.now()
  const gigachat = createGigachat(
    settings,
    ports(() => new Date(now)),
  )
  assert.equal((await gigachat.chat(said)).status, 200)
  now += 28 * 60_000
  assert.equal((await gigachat.chat(said)).status, 200)
  assert.equal((await journal('gigachat-token')).length, 1)
  now += 90_000
  assert.equal((await gigachat.chat(said)).status, 200)
  assert.equal((await journal('gigachat-token')).length, 2)
  await fetch(`${simulator.url}/_sim/gigachat`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"expire":true}',
  })
  assert.equal((await gigachat.chat(said)).status, 200)
  assert.equal((await journal('gigachat-token')).length, 3)
})

test('GigaChat: refusals are told in words and in OpenAI’s form; no token and no key is in the log', async () => {
  const wrongScope = createGigachat({ ...settings, scope: 'GIGACHAT_API_NONE' }, ports())
  const refused = await wrongScope.chat(said)
  assert.equal(refused.status, 401)
  assert.match(JSON.stringify(refused.body), /scope from db/)
  const gigachat = createGigachat(settings, ports())
  const unknown = await gigachat.chat({ ...said, model: 'GigaChat-9' })
  assert.equal(unknown.status, 404)
  assert.match(JSON.stringify(unknown.body), /No such model/)
  assert.equal(
    (await createGigachat({ ...settings, url: 'http://127.0.0.1:1' }, ports()).chat(said)).status,
    503,
  )
  await fetch(`${simulator.url}/_sim/mode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"mode":"refusing"}',
  })
  const blacklisted = await gigachat.chat(said)
  assert.match(JSON.stringify(blacklisted.body), /content_filter/)
  const all = logged.join('\n')
  assert.ok(logged.length > 0)
  assert.doesNotMatch(all, new RegExp(authKey))
  assert.doesNotMatch(all, /sim-[0-9a-f-]{36}/)
})

test('GigaChat behind an authority of its own: with its certificate it is reached, without it it is not', async () => {
  const { key, cert } = makeCertificate(['localhost'])
  const front = createHttps({ key, cert }, (incoming, outgoing) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      void (async () => {
        const {
          host: _host,
          connection: _connection,
          'transfer-encoding': _te,
          ...headers
        } = incoming.headers
        const answer = await fetch(`${simulator.url}${incoming.url}`, {
          method: incoming.method ?? 'GET',
          headers: headers as Record<string, string>,
          ...(parts.length > 0 && { body: Buffer.concat(parts) }),
        })
        outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
      })()
    })
  })
  await new Promise<void>((resolve) => front.listen(0, resolve))
  try {
    const address = front.address()
    const root = `https://localhost:${typeof address === 'object' && address ? address.port : 0}`
    const there = { ...settings, oauthUrl: `${root}/gigachat/api/v2/oauth`, url: `${root}/gigachat/api/v1` }
    assert.equal((await createGigachat({ ...there, ca: cert }, ports()).chat(said)).status, 200)
    const without = await createGigachat(there, ports()).chat(said)
    assert.equal(without.status, 503)
    assert.match(JSON.stringify(without.body), /certificate/i)
  } finally {
    front.closeAllConnections()
    front.close()
    await sleep(1)
  }
})
