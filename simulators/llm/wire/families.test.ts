import assert from 'node:assert/strict'
import { test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { startForTest } from '../test-world.ts'

const messages = [{ role: 'user' as const, content: 'Hello' }]

test('each family of OpenAI refuses what it does not take, and names it', async (t) => {
  const sim = await startForTest(t)
  const client = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const ask = (model: string, more: object) => client.chat.completions.create({ model, messages, ...more })
  const refused: [string, object, string][] = [
    ['gpt-6-luna', { max_tokens: 100 }, 'max_tokens'],
    ['gpt-6-luna', { temperature: 0.2 }, 'temperature'],
    ['gpt-6-luna', { stop: ['x'] }, 'stop'],
    ['gpt-6-luna', { reasoning_effort: 'loud' }, 'reasoning_effort'],
    ['gpt-5-mini', { max_tokens: 100 }, 'max_tokens'],
    ['gpt-4.1-mini', { reasoning_effort: 'low' }, 'reasoning_effort'],
  ]
  for (const [model, more, param] of refused)
    await assert.rejects(ask(model, more), (error: unknown) => {
      assert.ok(error instanceof OpenAI.BadRequestError)
      assert.equal(error.param, param, `${model} ${JSON.stringify(more)}`)
      return true
    })
  const answer = await ask('gpt-6-luna', { max_completion_tokens: 6000, reasoning_effort: 'low' })
  assert.match(answer.choices[0]?.message.content ?? '', /Hello/)
  assert.equal(answer.usage?.completion_tokens_details?.reasoning_tokens, 300)
})

test('a model that thinks by itself spends a small limit on thinking, and says nothing', async (t) => {
  const sim = await startForTest(t)
  const openai = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const cut = await openai.chat.completions.create({
    model: 'gpt-6-luna',
    messages,
    max_completion_tokens: 1200,
  })
  assert.deepEqual([cut.choices[0]?.finish_reason, cut.choices[0]?.message.content], ['length', ''])

  const claude = new Anthropic({ apiKey: 'mock', baseURL: sim.url, maxRetries: 0 })
  const ask = (model: string, more: object) =>
    claude.messages.create({ model, messages, max_tokens: 1200, ...more })
  const empty = await ask('claude-sonnet-5', {})
  assert.deepEqual([empty.stop_reason, empty.content.map(({ type }) => type)], ['max_tokens', ['thinking']])
  const low = await ask('claude-sonnet-5-5', {
    max_tokens: 6000,
    thinking: { type: 'adaptive' },
    output_config: { effort: 'low' },
  })
  assert.deepEqual(
    low.content.map(({ type }) => type),
    ['thinking', 'text'],
  )
  await assert.rejects(
    ask('claude-sonnet-5-5', { thinking: { type: 'disabled' } }),
    Anthropic.BadRequestError,
  )
  await assert.rejects(
    ask('claude-sonnet-5', { thinking: { type: 'enabled', budget_tokens: 1024 } }),
    Anthropic.BadRequestError,
  )
  await assert.rejects(ask('claude-haiku-4-5', { thinking: { type: 'adaptive' } }), Anthropic.BadRequestError)
})

test('the list of models tells when one ends', async (t) => {
  const sim = await startForTest(t)
  const answer = (await (
    await fetch(`${sim.url}/v1/models/gpt-4.1-mini`, { headers: { authorization: 'Bearer mock' } })
  ).json()) as {
    shutdown_date: string
  }
  assert.equal(answer.shutdown_date, '2027-01-14')
})

test('OpenAI tells of each model when it ends, in the list and alone; no vendor tells a price there', async (t) => {
  const sim = await startForTest(t)
  const openai = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const listed = (await openai.models.list()).data.map((model) => [
    model.id,
    (model as { shutdown_date?: string | null }).shutdown_date,
  ])
  const ends = Object.fromEntries(listed) as Record<string, string | null>
  assert.deepEqual(
    ['gpt-6-luna', 'gpt-5.6-luna', 'gpt-5.1', 'gpt-5-mini', 'gpt-4.1-mini'].map((id) => ends[id]),
    [null, null, '2027-04-01', '2026-12-11', '2027-01-14'],
  )
  const alone = (await openai.models.retrieve('gpt-4.1-mini')) as { shutdown_date?: string | null }
  assert.equal(alone.shutdown_date, '2027-01-14')
  const claude = new Anthropic({ apiKey: 'mock', baseURL: sim.url, maxRetries: 0 })
  assert.ok((await claude.models.list()).data.some(({ id }) => id === 'claude-haiku-5-5'))
})

test('the bill: fresh tokens, what was read a moment ago, and thinking, each at its price', async (t) => {
  const sim = await startForTest(t)
  const openai = new OpenAI({ apiKey: 'mock', baseURL: `${sim.url}/v1`, maxRetries: 0 })
  const ask = (model: string, user: string) =>
    openai.chat.completions.create({
      model,
      messages: [
        { role: 'system', content: 'A long prompt. '.repeat(400) },
        { role: 'user', content: user },
      ],
      max_completion_tokens: 6000,
      reasoning_effort: 'low',
    })
  const usages = [await ask('gpt-6-luna', 'One'), await ask('gpt-6-luna', 'Two')].map(({ usage }) => usage!)
  assert.deepEqual(
    usages.map(({ prompt_tokens_details: details }) => details?.cached_tokens),
    [0, 1408],
  )
  const expected = usages.reduce(
    (sum, { prompt_tokens: input, completion_tokens: output, prompt_tokens_details: details }) => {
      const cached = details?.cached_tokens ?? 0
      return sum + ((input - cached) * 0.1 + cached * 0.01 + output * 0.5) / 1e6
    },
    0,
  )
  const bill = (await (await fetch(`${sim.url}/_sim/bill`)).json()) as Record<
    string,
    { calls: number; usd: number }
  >
  assert.equal(bill['gpt-6-luna']!.calls, 2)
  assert.ok(Math.abs(bill['gpt-6-luna']!.usd - expected) < 1e-12)
  assert.ok(usages.every(({ completion_tokens: output }) => output >= 300))
})
