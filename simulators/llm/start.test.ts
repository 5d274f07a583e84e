import assert from 'node:assert/strict'
import test from 'node:test'
import Anthropic, { AuthenticationError, BadRequestError } from '@anthropic-ai/sdk'
import OpenAI, { APIConnectionError, APIConnectionTimeoutError } from 'openai'
import { classifierPrompt, control, journal, n8nSchema, startForTest, turnText } from './test-world.ts'

test('an unmodified openai client gets a chat completion', async (t) => {
  const sim = await startForTest(t)
  const client = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1` })
  const answer = await client.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: 'Hello model' }],
  })
  assert.match(answer.choices[0]?.message.content ?? '', /Hello model/)
  assert.equal(answer.choices[0]?.finish_reason, 'stop')
  assert.equal(answer.usage?.prompt_tokens, 3)
  assert.ok((answer.usage?.completion_tokens ?? 0) > 3)
  assert.deepEqual(
    (await journal(sim)).map(({ kind, status, vendor, prompt }) => ({ kind, status, vendor, prompt })),
    [
      { kind: 'completion', status: undefined, vendor: 'openai', prompt: 'other' },
      { kind: 'request', status: 200, vendor: 'openai', prompt: undefined },
    ],
  )
})

test('openai chat streams the same text, with usage when asked', async (t) => {
  const sim = await startForTest(t)
  const client = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1` })
  const stream = await client.chat.completions.create({
    model: 'gpt-4.1-mini',
    messages: [{ role: 'user', content: 'Расскажите длинную историю про заявки' }],
    stream: true,
    stream_options: { include_usage: true },
  })
  let text = ''
  let usage = 0
  let chunks = 0
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? ''
    usage += chunk.usage?.total_tokens ?? 0
    chunks += 1
  }
  assert.equal(text, 'Спасибо! Вы написали: «Расскажите длинную историю про заявки».')
  assert.ok(usage > 10 && chunks > 4)
})

test('openai responses: plain, streaming and as a function call', async (t) => {
  const sim = await startForTest(t)
  const client = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1` })
  const ask = { model: 'gpt-5-mini', instructions: 'Be kind', input: 'Hello responses' }
  const plain = await client.responses.create(ask)
  assert.match(plain.output_text, /Hello responses/)
  assert.equal(plain.status, 'completed')
  const streamed = await client.responses.stream(ask).finalResponse()
  assert.equal(streamed.output_text, plain.output_text)
  const called = await client.responses.create({
    ...ask,
    input: [
      { role: 'system', content: classifierPrompt },
      { role: 'user', content: turnText({ newMessages: [{ text: 'стоп' }] }) },
    ],
    tools: [{ type: 'function', name: 'format_final_json_response', parameters: n8nSchema, strict: false }],
  })
  const item = called.output[0]
  assert.ok(item?.type === 'function_call')
  assert.equal(JSON.parse(item.arguments).output.intent, 'opt_out')
})

test('an unmodified anthropic client gets a message, and streams', async (t) => {
  const sim = await startForTest(t)
  const client = new Anthropic({ apiKey: 'mock', baseURL: sim.url })
  const ask = {
    model: 'claude-haiku-4-5',
    max_tokens: 500,
    system: 'Be kind',
    messages: [{ role: 'user' as const, content: 'Hello Claude' }],
  }
  const plain = await client.messages.create(ask)
  assert.deepEqual(plain.content, [{ type: 'text', text: 'Thank you! You wrote: "Hello Claude".' }])
  assert.equal(plain.stop_reason, 'end_turn')
  const streamed = await client.messages.stream(ask).finalMessage()
  assert.deepEqual(streamed.content, plain.content)
  assert.equal(streamed.usage.output_tokens, plain.usage.output_tokens)
})

test('anthropic tools: the asked tool is called, plain and streaming', async (t) => {
  const sim = await startForTest(t)
  const client = new Anthropic({ apiKey: 'mock', baseURL: sim.url })
  const ask: Anthropic.MessageCreateParamsNonStreaming = {
    model: 'claude-haiku-4-5',
    max_tokens: 500,
    system: classifierPrompt,
    messages: [{ role: 'user', content: turnText({ newMessages: [{ text: 'Позовите менеджера' }] }) }],
    tools: [{ name: 'label', input_schema: n8nSchema }],
    tool_choice: { type: 'tool', name: 'label' },
  }
  for (const message of [
    await client.messages.create(ask),
    await client.messages.stream(ask).finalMessage(),
  ]) {
    const [block] = message.content
    assert.ok(block?.type === 'tool_use' && message.stop_reason === 'tool_use')
    assert.equal((block.input as { output: { intent: string } }).output.intent, 'wants_human')
  }
})

test('both vendors list models', async (t) => {
  const sim = await startForTest(t)
  const openai = await new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1` }).models.list()
  assert.ok(openai.data.some(({ id }) => id === 'gpt-4.1-mini'))
  const anthropic = await new Anthropic({ apiKey: 'mock', baseURL: sim.url }).models.list()
  assert.ok(anthropic.data.some(({ id }) => id === 'claude-haiku-4-5'))
})

test('bad keys, bodies and routes get the vendor’s error', async (t) => {
  const sim = await startForTest(t)
  const openai = (apiKey: string) => new OpenAI({ apiKey, baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const anthropic = (apiKey: string) => new Anthropic({ apiKey, baseURL: sim.url, maxRetries: 0 })
  const chat = { model: 'gpt-4.1-mini', messages: [] }
  const message = { model: 'claude-haiku-4-5', max_tokens: 10, messages: [] }
  await assert.rejects(openai('bad_key').chat.completions.create(chat), {
    status: 401,
    code: 'invalid_api_key',
  })
  await assert.rejects(openai('mock').chat.completions.create(chat), { status: 400, param: 'messages' })
  await assert.rejects(openai('mock').models.retrieve('none'), { status: 404, code: 'model_not_found' })
  await assert.rejects(openai('mock').embeddings.create({ model: 'm', input: 'x' }), { status: 404 })
  await assert.rejects(
    anthropic('bad_key').messages.create(message),
    (error) => error instanceof AuthenticationError && /authentication_error/.test(error.message),
  )
  await assert.rejects(
    anthropic('mock').messages.create(message),
    (error) => error instanceof BadRequestError && /invalid_request_error/.test(error.message),
  )
  const keyless = await fetch(`${sim.url}/v1/models`)
  assert.equal(keyless.status, 401)
  const unreadable = await fetch(`${sim.url}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': 'mock', 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: '{"model":',
  })
  assert.equal(unreadable.status, 400)
  assert.equal(((await unreadable.json()) as { error: { type: string } }).error.type, 'invalid_request_error')
  const unexpected = (await journal(sim)).filter(({ kind }) => kind === 'unexpected')
  assert.deepEqual(
    unexpected.map(({ path }) => path),
    ['/v1/embeddings'],
  )
})

test('faults: a bare status has the vendor’s error, a cut connection is journaled without a status', async (t) => {
  const sim = await startForTest(t)
  const openai = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const chat = { model: 'gpt-4.1-mini', messages: [{ role: 'user' as const, content: 'hi' }] }
  await control(sim, 'faults', [
    { match: { path: '/v1/chat/*' }, fault: { status: 429, headers: { 'retry-after': '1' } } },
    { match: { path: '/v1/chat/*' }, fault: { drop: true } },
    { match: { path: '/v1/chat/*' }, fault: { close: true } },
    { match: { path: '/v1/messages' }, fault: { status: 529 } },
  ])
  await assert.rejects(openai.chat.completions.create(chat), { status: 429, code: 'rate_limit_exceeded' })
  await assert.rejects(openai.chat.completions.create(chat), APIConnectionError)
  await assert.rejects(openai.chat.completions.create(chat), APIConnectionError)
  const anthropic = new Anthropic({ apiKey: 'mock', baseURL: sim.url, maxRetries: 0 })
  await assert.rejects(anthropic.messages.create({ model: 'm', max_tokens: 9, messages: chat.messages }), {
    status: 529,
    message: /overloaded_error/,
  })
  await openai.chat.completions.create(chat)
  const statuses = (await journal(sim)).filter(({ kind }) => kind === 'request').map(({ status }) => status)
  assert.deepEqual(statuses, [429, null, null, 529, 200])
})

test('a client that gives up gets a timeout, and a long answer is cut at max_tokens', async (t) => {
  const sim = await startForTest(t)
  await control(sim, 'mode', { mode: 'slow', delayMs: 60_000 })
  const hasty = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0, timeout: 100 })
  const chat = { model: 'gpt-4.1-mini', messages: [{ role: 'user' as const, content: 'Tell me all of it' }] }
  await assert.rejects(hasty.chat.completions.create(chat), APIConnectionTimeoutError)
  await control(sim, 'mode', { mode: 'modest' })
  const cut = await hasty.chat.completions.create({ ...chat, max_completion_tokens: 3 })
  assert.equal(cut.choices[0]?.finish_reason, 'length')
  assert.equal(cut.choices[0]?.message.content?.length, 12)
})

test('a taken port is refused', async (t) => {
  const sim = await startForTest(t)
  await assert.rejects(startForTest(t, { port: sim.port }), { code: 'EADDRINUSE' })
})
