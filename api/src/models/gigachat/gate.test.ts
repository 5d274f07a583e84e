import assert from 'node:assert/strict'
import { createServer as createHttpServer } from 'node:http'
import { after, test } from 'node:test'
import { createServer } from '../../http/server.ts'
import { gigachatGateKey, gigachatGatePath } from '../../secrets/gigachat-gate.ts'
import { createClient } from '../../testing/http-client.ts'
import { startTestApp } from '../../testing/test-app.ts'
import { testConfig } from '../../testing/test-config.ts'

/** GigaChat as its reference has it, in a few lines: the strict one is the simulator's, local/models/providers.test.ts. */
const seen: string[] = []
const gigachat = createHttpServer((request, response) => {
  seen.push(`${request.method} ${request.url}`)
  const body = request.url?.endsWith('/oauth')
    ? { access_token: 'secret-token', expires_at: Date.now() + 1_800_000 }
    : {
        choices: [{ message: { role: 'assistant', content: 'Да' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 9, completion_tokens: 1, precached_prompt_tokens: 5, total_tokens: 5 },
      }
  request.resume().on('end', () => response.end(JSON.stringify(body)))
})
await new Promise<void>((resolve) => gigachat.listen(0, '127.0.0.1', resolve))
after(() => gigachat.close())
const address = gigachat.address()
const port = typeof address === 'object' && address ? address.port : 0
const app = await startTestApp({
  config: testConfig({ GIGACHAT_AUTH_KEY: 'mock_gigachat', SIM_LLM_PORT: String(port) }),
})
const server = await createServer(app)
after(() => server.close())
const client = createClient(server, app.config.apiToken)
const path = `${gigachatGatePath}/chat/completions`
const said = { model: 'GigaChat-2-Max', messages: [{ role: 'user', content: 'Привет' }] }

test('the gate opens for its own key only, answers as OpenAI does, and shows no token', async () => {
  for (const token of [null, 'wrong', app.config.apiToken]) {
    const refused = await client.post(path, said, { token })
    assert.equal(refused.status, 401, String(token))
  }
  assert.deepEqual(seen, [])
  const key = gigachatGateKey(app.config.apiToken)
  const answer = await client.post(path, said, { token: key })
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body['usage'], {
    prompt_tokens: 9,
    completion_tokens: 1,
    total_tokens: 10,
    prompt_tokens_details: { cached_tokens: 5 },
  })
  assert.deepEqual(seen, ['POST /gigachat/api/v2/oauth', 'POST /gigachat/api/v1/chat/completions'])
  assert.equal((await client.post(path, said, { token: key })).status, 200)
  assert.equal(seen.length, 3)
  assert.doesNotMatch([...client.seen, ...app.logged].join('\n'), /secret-token/)
  // The key opens nothing else.
  assert.equal((await client.ask('GET', '/metrics', { token: key })).status, 401)
  assert.equal((await client.post(path, { model: '' }, { token: key })).status, 400)
})

test('without GIGACHAT_AUTH_KEY the gate says so', async () => {
  const other = await createServer({ ...app, config: testConfig() })
  const answer = await createClient(other, app.config.apiToken).post(path, said, {
    token: gigachatGateKey(app.config.apiToken),
  })
  assert.equal(answer.status, 409)
  assert.match(String(answer.body['detail']), /GIGACHAT_AUTH_KEY/)
  await other.close()
})
