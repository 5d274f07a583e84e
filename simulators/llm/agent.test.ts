import assert from 'node:assert/strict'
import test from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { business, control, offers, salesPrompt, startForTest, turnText } from './test-world.ts'

const parameters = (...names: string[]) => ({
  type: 'object' as const,
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
})
const tools = {
  Find_free_times: parameters('said'),
  Look_up_knowledge: parameters('question'),
  Propose_a_decision: parameters('reply', 'action', 'offerId', 'note'),
}
/** What the tools answer, as n8n gives it to the model. */
const answers: Record<string, unknown> = {
  Find_free_times: { offers, wishFree: null, notFree: null, wishUnclear: false },
  Look_up_knowledge: { knowledge: '[#price] Стоимость от 1500 рублей в месяц.' },
  Propose_a_decision: { outcome: 'accepted' },
}
type Step = { tool: string; input: Record<string, string> }

const model = 'gpt-4.1-mini'
const talk = (intent: string, text: string, pickedOfferId: string | null = null) =>
  turnText({
    business,
    newMessages: [{ from: 'lead', text }],
    history: [
      { from: 'lead', text: 'Теряем заявки' },
      { from: 'assistant', text: 'Понимаю' },
    ],
    classification: { intent, pickedOfferId },
  })

/** Asks until the agent calls no tool any more. @returns the calls, and its last word */
async function playOpenAi(url: string, text: string, given = answers) {
  const client = new OpenAI({ apiKey: 'mock', baseURL: `${url}/v1` })
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'system', content: salesPrompt },
    { role: 'user', content: text },
  ]
  const steps: Step[] = []
  for (;;) {
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      tools: Object.entries(tools).map(([name, schema]) => ({
        type: 'function',
        function: { name, parameters: schema },
      })),
    })
    const said = choices[0]?.message ?? assert.fail('no answer')
    const [call] = said.tool_calls ?? []
    if (!call || call.type !== 'function' || steps.length > 8) return { steps, end: said.content }
    const tool = call.function.name
    steps.push({ tool, input: JSON.parse(call.function.arguments) as Step['input'] })
    messages.push(said, { role: 'tool', tool_call_id: call.id, content: JSON.stringify([given[tool]]) })
  }
}

const named = ({ steps }: { steps: Step[] }) => steps.map(({ tool }) => tool)

test('an agent that wants to offer times looks for them first, then proposes, then ends', async (t) => {
  const sim = await startForTest(t)
  const played = await playOpenAi(sim.url, talk('wants_meeting', 'Давайте созвонимся'))
  assert.deepEqual(named(played), ['Find_free_times', 'Propose_a_decision'])
  assert.equal(played.end, 'done')
  assert.equal(played.steps[1]?.input['action'], 'offer_times')
  assert.match(played.steps[1]?.input['reply'] ?? '', /\[TIMES\]/)
  assert.equal(played.steps[1]?.input['offerId'], '')
})

test('it takes a time that was found, looks up what it states, and needs no tool to greet', async (t) => {
  const sim = await startForTest(t)
  const picked = talk('picks_time', 'Второй подходит', 'b')
  const booking = await playOpenAi(sim.url, picked)
  assert.deepEqual(named(booking), ['Find_free_times', 'Propose_a_decision'])
  assert.deepEqual(
    [booking.steps[1]?.input['action'], booking.steps[1]?.input['offerId']],
    ['book', offers[1]?.id],
  )
  const asked = await playOpenAi(sim.url, talk('question', 'Сколько это стоит?'))
  assert.deepEqual(named(asked).slice(-2), ['Look_up_knowledge', 'Propose_a_decision'])
  assert.match(asked.steps.at(-1)?.input['reply'] ?? '', /1500/)
  const first = await playOpenAi(sim.url, turnText({ kind: 'first_touch', business }))
  assert.deepEqual(named(first), ['Propose_a_decision'])
})

test('a refused proposal is made again, a superseded one is not', async (t) => {
  const sim = await startForTest(t)
  const text = talk('greeting', 'Здравствуйте')
  const again = await playOpenAi(sim.url, text, {
    Propose_a_decision: { outcome: 'again', problem: 'the reply has a link' },
  })
  assert.ok(again.steps.length > 3)
  const over = await playOpenAi(sim.url, text, { Propose_a_decision: { outcome: 'superseded' } })
  assert.equal(over.steps.length, 1)
})

test('the same over Anthropic’s wire; an attack comes as a proposal, too', async (t) => {
  const sim = await startForTest(t)
  await control(sim, 'mode', { mode: 'hostile', attack: 'invent_discount' })
  const client = new Anthropic({ apiKey: 'mock', baseURL: sim.url })
  const ask = (messages: Anthropic.MessageParam[]) =>
    client.messages.create({
      model: 'claude-haiku-4-5',
      max_tokens: 1200,
      system: salesPrompt,
      messages,
      tools: Object.entries(tools).map(([name, input_schema]) => ({ name, input_schema })),
    })
  const messages: Anthropic.MessageParam[] = [
    { role: 'user', content: talk('wants_meeting', 'Давайте созвонимся') },
  ]
  const inputs: unknown[] = []
  for (;;) {
    const { content } = await ask(messages)
    const call = content.find((block) => block.type === 'tool_use')
    if (!call || inputs.length > 4) break
    inputs.push(call.input)
    messages.push(
      { role: 'assistant', content },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: call.id, content: JSON.stringify([answers[call.name]]) },
        ],
      },
    )
  }
  assert.equal(inputs.length, 2)
  assert.match(JSON.stringify(inputs[1]), /70%/)
})
