import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { control, startForTest } from '../test-world.ts'

const messages = [{ role: 'user' as const, content: 'Hello, are you there?' }]
const clients = ({ url }: { url: string }) => {
  const openai = new OpenAI({ apiKey: 'mock', baseURL: `${url}/v1`, maxRetries: 0, timeout: 300 })
  const claude = new Anthropic({ apiKey: 'mock', baseURL: url, maxRetries: 0, timeout: 300 })
  return {
    chat: () => openai.chat.completions.create({ model: 'gpt-4.1-mini', messages }),
    responses: () => openai.responses.create({ model: 'gpt-4.1-mini', input: 'Hello, are you there?' }),
    claude: () => claude.messages.create({ model: 'claude-haiku-4-5', messages, max_tokens: 500 }),
  }
}

test('ends that are no answer, on each wire as its vendor tells them', async (t) => {
  const sim = await startForTest(t)
  const ask = clients(sim)
  const read = async (mode: string) => {
    assert.equal(await control(sim, 'mode', { mode }), 200)
    const chat = (await ask.chat()).choices[0]
    const response = await ask.responses()
    const claude = await ask.claude()
    return [
      [chat?.finish_reason, chat?.message.content === null, chat?.message.refusal !== null],
      [response.status, response.output_text === '', JSON.stringify(response.output).includes('"refusal"')],
      [claude.stop_reason, claude.content.length],
    ]
  }
  assert.deepEqual(await read('refusing'), [
    ['stop', true, true],
    ['completed', true, true],
    ['refusal', 0],
  ])
  assert.deepEqual(await read('short'), [
    ['length', false, false],
    ['incomplete', false, false],
    ['max_tokens', 1],
  ])
  assert.deepEqual(await read('empty'), [
    ['stop', false, false],
    ['completed', true, false],
    ['end_turn', 0],
  ])
})

test('one vendor is away while the other answers', async (t) => {
  const sim = await startForTest(t)
  const ask = clients(sim)
  await control(sim, 'mode', { mode: 'hanging', vendor: 'openai' })
  await assert.rejects(ask.chat(), OpenAI.APIConnectionTimeoutError)
  await assert.rejects(ask.responses(), OpenAI.APIConnectionTimeoutError)
  assert.equal((await ask.claude()).stop_reason, 'end_turn')

  await control(sim, 'mode', { mode: 'unpaid' })
  await assert.rejects(
    ask.chat(),
    (error) => error instanceof OpenAI.RateLimitError && error.code === 'insufficient_quota',
  )
  await assert.rejects(
    ask.claude(),
    (error) => error instanceof Anthropic.BadRequestError && /credit balance/.test(error.message),
  )
  await control(sim, 'mode', { mode: 'locked' })
  await assert.rejects(ask.chat(), OpenAI.AuthenticationError)
  await assert.rejects(ask.claude(), Anthropic.AuthenticationError)
})

test('an overload ends by itself', async (t) => {
  const sim = await startForTest(t)
  const ask = clients(sim)
  await control(sim, 'mode', { mode: 'overloaded', forMs: 400 })
  await assert.rejects(ask.chat(), (error) => error instanceof OpenAI.APIError && error.status === 503)
  await assert.rejects(ask.claude(), (error) => error instanceof Anthropic.APIError && error.status === 529)
  for (;;) {
    const answer = await ask.claude().catch(() => null)
    if (answer) break
    await sleep(50)
  }
  assert.equal((await ask.chat()).choices[0]?.finish_reason, 'stop')
})
