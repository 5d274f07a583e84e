import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDoubtful, type ModelCall, type Vendor } from '@lead/contract'
import { type Asking, askInTurn, askOnceMore, type ChatModel } from '../../n8n/nodes/src/ask-in-turn.ts'

const doubt = { vendor: 'anthropic' as const, confidence: 0.5 }

test('what cannot be taken back is asked once more, and what the model is not sure of; the rest is not', () => {
  for (const intent of ['opt_out', 'cancel', 'complaint', 'wrong_person', 'auto_reply'] as const)
    assert.equal(isDoubtful({ intent, also: [], confidence: 0.99 }, doubt), true, intent)
  assert.equal(isDoubtful({ intent: 'question', also: ['complaint'], confidence: 0.99 }, doubt), true)
  assert.equal(isDoubtful({ intent: 'question', also: [], confidence: 0.4 }, doubt), true)
  for (const intent of ['question', 'interested', 'objection', 'picks_time', 'reschedule'] as const)
    assert.equal(isDoubtful({ intent, also: [], confidence: 0.9 }, doubt), false, intent)
})

const model = (answer: string | Error): ChatModel => ({
  model: 'm',
  invoke: async () => {
    if (answer instanceof Error) throw answer
    return { content: answer }
  },
})
async function play(
  openai: string | Error,
  anthropic: string | Error,
  ask: Vendor[] = ['openai', 'anthropic'],
) {
  const reported: ModelCall[] = []
  const asking: Asking = {
    models: { openai: model(openai), anthropic: model(anthropic) },
    ask,
    step: 'classifier',
    system: 's',
    text: 't',
    parse: async (text) => JSON.parse(text) as object,
    report: async (call) => void reported.push(call),
  }
  const answered = await askOnceMore(asking, await askInTurn(asking), 'anthropic')
  return { said: answered.output, asked: reported.map(({ vendor }) => vendor), next: answered.ask }
}

test('the better answer counts, each call is reported; without one the first stays', async () => {
  assert.deepEqual(await play('{"a":1}', '{"a":2}'), {
    said: { a: 2 },
    asked: ['openai', 'anthropic'],
    next: ['openai', 'anthropic'],
  })
  assert.deepEqual((await play('{"a":1}', new Error('away'))).said, { a: 1 })
  assert.deepEqual((await play('{"a":1}', 'no json')).said, { a: 1 })
})

test('nobody is asked twice: not who has answered, not who is away', async () => {
  assert.deepEqual((await play(new Error('away'), '{"a":2}')).asked, ['openai', 'anthropic'])
  assert.deepEqual((await play('{"a":1}', '{"a":2}', ['openai'])).asked, ['openai'])
})
