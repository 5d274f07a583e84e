import { type ModelCall, modelOutcomes, salesSchema, type Vendor } from '@lead/contract'
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startLlm } from '../../simulators/llm/start.ts'
import { control, salesPrompt, turnText } from '../../simulators/llm/test-world.ts'
import { askInTurn, byVendor, type ChatModel } from '../../n8n/nodes/src/ask-in-turn.ts'
import { NobodyAnswered } from '../../n8n/nodes/src/ask-vendors.ts'

/** The chat models that n8n's own model nodes make, with n8n's own handling of errors. */
const load = createRequire(join(import.meta.dirname, '../../n8n/runtime/package.json'))
type Make = new (fields: object) => ChatModel
const { ChatOpenAI } = load('@langchain/openai') as { ChatOpenAI: Make }
const { ChatAnthropic } = load('@langchain/anthropic') as { ChatAnthropic: Make }
const { makeN8nLlmFailedAttemptHandler } = load('@n8n/ai-utilities') as {
  makeN8nLlmFailedAttemptHandler: (context: object) => (error: Error) => void
}

/** Short only where silence is what is tried: the other vendor has to answer within it, too. */
const timeoutMs = 4000
const patientMs = 60_000
const openaiName = 'gpt-4.1-mini'
const claudeName = 'claude-haiku-4-5'

describe('one vendor after the other, with the models of n8n', () => {
  let sim: Awaited<ReturnType<typeof startLlm>>
  let models: Record<Vendor, ChatModel>
  before(async () => {
    sim = await startLlm({ port: 0 })
    const onFailedAttempt = makeN8nLlmFailedAttemptHandler({ getNode: () => ({ name: 'Model' }) })
    const openai = new ChatOpenAI({
      model: openaiName,
      apiKey: 'mock',
      configuration: { baseURL: `${sim.url}/v1` },
      timeout: 60_000,
      maxRetries: 0,
      onFailedAttempt,
    })
    const claude = new ChatAnthropic({
      model: claudeName,
      anthropicApiKey: 'mock',
      anthropicApiUrl: sim.url,
      onFailedAttempt,
    })
    // n8n gives the last one first.
    models = byVendor([claude, openai]) ?? assert.fail()
  })
  after(() => sim.close())
  beforeEach(() => control(sim, 'reset', {}))

  async function play(modes: Partial<Record<Vendor, string>>, ask: Vendor[] = ['openai', 'anthropic']) {
    for (const [vendor, mode] of Object.entries(modes)) await control(sim, 'mode', { vendor, mode })
    const reported: ModelCall[] = []
    const end = await askInTurn({
      models,
      ask,
      step: 'sales',
      system: salesPrompt,
      text: turnText({ newMessages: [{ text: 'Интересно, расскажите' }], offers: [] }),
      parse: async (text) => salesSchema.parse(JSON.parse(text)),
      report: async (call) => void reported.push(call),
      timeoutMs: Object.values(modes).includes('hanging') ? timeoutMs : patientMs,
    }).catch((error: unknown) => error)
    return { end, reported }
  }

  /** What happens, and what it is noted as. LangChain drops the words of an OpenAI refusal: an empty answer is left. */
  const rows: [mode: string, outcome: ModelCall['outcome']][] = [
    ['refusing', 'empty'],
    ['short', 'length'],
    ['empty', 'empty'],
    ['broken', 'unreadable'],
    ['hanging', 'timeout'],
    ['overloaded', 'overloaded'],
    ['unpaid', 'unpaid'],
    ['locked', 'denied'],
  ]
  for (const [mode, outcome] of rows) {
    test(`OpenAI is ${mode}: Claude answers`, async () => {
      const { end, reported } = await play({ openai: mode })
      assert.ok(!(end instanceof Error), String(end))
      assert.deepEqual(
        reported.map((call) => [call.vendor, call.outcome]),
        [
          ['openai', outcome],
          ['anthropic', 'ok'],
        ],
      )
      assert.equal((end as { vendor: string }).vendor, 'anthropic')
      assert.deepEqual((end as { ask: string[] }).ask, ['anthropic', 'openai'])
      const [failed, good] = reported
      // Given up in time, and not asked again meanwhile.
      if (mode === 'hanging') assert.ok(failed && failed.ms >= timeoutMs - 50 && failed.ms < timeoutMs * 3)
      assert.ok(failed?.reason)
      assert.equal(good?.model, claudeName)
      assert.ok(good?.tokens && good.tokens.input > 10 && good.tokens.output > 5)
    })

    test(`Claude is ${mode} and asked first: OpenAI answers`, async () => {
      const { end, reported } = await play({ anthropic: mode }, ['anthropic', 'openai'])
      assert.ok(!(end instanceof Error), String(end))
      const expected = mode === 'refusing' ? 'refusal' : outcome
      assert.deepEqual(
        reported.map((call) => call.outcome),
        [expected, 'ok'],
      )
    })
  }

  test('both fail: each is asked once, and the error has what each said', async () => {
    const { end, reported } = await play({ openai: 'overloaded', anthropic: 'unpaid' })
    assert.ok(end instanceof NobodyAnswered)
    assert.equal(reported.length, 2)
    assert.match(
      end.message,
      /^gpt-4\.1-mini: overloaded \(503: .+\); claude-haiku-4-5: unpaid \(400: .*credit balance/,
    )
  })

  test('a vendor that is left out is not asked', async () => {
    const { reported } = await play({}, ['anthropic'])
    assert.deepEqual(
      reported.map(({ vendor, outcome }) => [vendor, outcome]),
      [['anthropic', 'ok']],
    )
  })

  test('a service that is not there is away, at once, and no secret is in the reason', async () => {
    const nobody = 'http://127.0.0.1:1'
    const key = 'secret-key-0123456789'
    const calls: ModelCall[] = []
    await askInTurn({
      models: {
        openai: new ChatOpenAI({ apiKey: key, configuration: { baseURL: `${nobody}/v1` }, maxRetries: 0 }),
        anthropic: new ChatAnthropic({ anthropicApiKey: key, anthropicApiUrl: nobody, model: claudeName }),
      },
      ask: ['openai', 'anthropic'],
      step: 'classifier',
      system: salesPrompt,
      text: 'Hello',
      parse: async () => ({}),
      report: async (call) => void calls.push(call),
      timeoutMs: patientMs,
    }).catch(() => {})
    assert.deepEqual(
      calls.map((call) => call.outcome),
      ['unreachable', 'unreachable'],
    )
    assert.doesNotMatch(JSON.stringify(calls), /secret-key/)
  })

  test('every outcome but ok has somebody at fault', () => {
    for (const [name, { fault }] of Object.entries(modelOutcomes)) assert.equal(fault === null, name === 'ok')
  })
})
