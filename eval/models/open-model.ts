import { isMock } from '../../api/src/settings/variables.ts'
import { readModels, type ModelTable } from '../../api/src/settings/models.ts'
import { costOf } from '../../api/src/models/cost-of.ts'
import type { Vendor } from '@lead/contract'
import type { z } from 'zod'
import type { Config } from '../../local/settings/config.ts'
import { findUrls, openAiKeyInUse } from '../../local/settings/service-environments.ts'
import { askChat, type ChatPlace } from '../../api/src/models/chat-wire.ts'
import { askInTurn, type ChatModel } from '../../n8n/nodes/src/ask-in-turn.ts'
import { startLlm } from '../../simulators/llm/start.ts'
import { formatInstructions } from './format-instructions.ts'
import { parseAnswer } from './parse-answer.ts'

/** Totals of the calls so far. `cost` in US dollars; null when a price is not in config/models.yaml. */
export type Spent = { calls: number; input: number; cached: number; output: number; cost: number | null }

export type EvalModel = {
  /** As the report names it: the simulator is no model. */
  name: string
  simulated: boolean
  /** Questions that may be open at once. */
  atOnce: number
  /** One question as the workflow asks it: same parameters, same schema, same reading. @throws NobodyAnswered */
  ask: <Schema extends z.ZodType<object>>(question: {
    step: 'classifier' | 'sales'
    system: string
    text: string
    schema: Schema
  }) => Promise<z.output<Schema>>
  spent: () => Spent
  close: () => Promise<void>
}

/**
 * The model that the workflow asks first, or the one that is named. With a mock_ key our LLM simulator plays it, started in this process
 * on a free port; with `mode` it always does, in that mode.
 */
export async function openModel(config: Config, named?: string, mode?: 'hostile'): Promise<EvalModel> {
  const { settings } = config
  const model = named ?? settings.OPENAI_MODEL
  const vendor: Vendor = /^claude/i.test(model) ? 'anthropic' : 'openai'
  const key = {
    openai: openAiKeyInUse(config),
    anthropic: settings.ANTHROPIC_API_KEY,
  }[vendor]
  const simulator = mode !== undefined || isMock(key) ? await startLlm({ port: 0 }) : null
  if (simulator && mode)
    await fetch(`${simulator.url}/_sim/mode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode }),
    })
  const urls = simulator ? { openai: `${simulator.url}/v1`, anthropic: simulator.url } : findUrls(config)
  const table = readModels()
  const { ask, spent } = countedAsk(table, {
    vendor,
    url: urls[vendor],
    key,
    model,
    ...(vendor === 'openai' && { project: settings.OPENAI_PROJECT }),
  })
  return {
    name: simulator ? 'simulator' : model,
    simulated: simulator !== null,
    atOnce: simulator ? 16 : 6,
    ask,
    spent,
    close: async () => void (await simulator?.close()),
  }
}

function countedAsk(table: ModelTable, place: ChatPlace): Pick<EvalModel, 'ask' | 'spent'> {
  const total: Spent = { calls: 0, input: 0, cached: 0, output: 0, cost: 0 }
  const model = chatModel(table, place)
  const models = { openai: model, anthropic: model }
  return {
    spent: () => ({ ...total }),
    ask: async ({ step, system, text, schema }) => {
      const read: { answer?: unknown } = {}
      await askInTurn({
        models,
        ask: [place.vendor],
        step,
        system: `${formatInstructions(schema)}\n\n${system}`,
        text,
        parse: async (answer) => (read.answer = parseAnswer(schema, answer)),
        report: async (call) => {
          const cost = costOf(table, call)
          total.calls += 1
          total.input += call.tokens?.input ?? 0
          total.cached += call.tokens?.cached ?? 0
          total.output += call.tokens?.output ?? 0
          total.cost = total.cost === null || cost === null ? null : total.cost + cost
        },
      })
      return schema.parse(read.answer)
    },
  }
}

/** As much of LangChain's model as *Ask Models* uses, on our own wire. */
export const chatModel = (table: ModelTable, place: ChatPlace): ChatModel => ({
  model: place.model,
  invoke: async (messages, { signal }) => {
    const part = (who: 'system' | 'human') =>
      messages
        .filter(([from]) => from === who)
        .map(([, text]) => text)
        .join('\n')
    const said = { system: part('system'), user: part('human') }
    const { text, ending, refusal, tokens } = await askChat(table, place, said, signal)
    return {
      content: text,
      additional_kwargs: { refusal },
      response_metadata: { finish_reason: ending, stop_reason: ending },
      ...(tokens && {
        usage_metadata: {
          input_tokens: tokens.input,
          output_tokens: tokens.output,
          input_token_details: { cache_read: tokens.cached },
        },
      }),
    }
  },
})
