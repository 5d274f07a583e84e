import { setTimeout as wait } from 'node:timers/promises'
import { agentStep } from './agent.ts'
import { classify } from '../classifier/classify.ts'
import { keepToLabels } from '../classifier/told-labels.ts'
import { languageOf } from '../classifier/language.ts'
import { review } from '../reviewer/review.ts'
import { sell } from '../assistant/sell.ts'
import { billOf } from '../wire/prices.ts'
import { type Mode, modeOf, type Sim, type World } from '../world.ts'
import { type Known, attack } from './attack.ts'
import { type JsonSchema, sampleOf, wrapLike } from './json-schema.ts'
import { type Completion, type ModelRequest, countTokens } from './model-request.ts'
import { readCached } from './prompt-cache.ts'
import { type Prompt, readPrompt } from './read-prompt.ts'

/** Answers one request in the current mode and writes the journal's `completion`. Waits first in `slow`. */
export async function complete(sim: Sim, request: ModelRequest): Promise<Completion> {
  const { world } = sim
  const { mode, delayMs = 0 } = modeOf(world, request.vendor)
  if (mode === 'slow') await wait(delayMs, undefined, { ref: false })

  const number = ++world.completions
  const prompt = readPrompt(request)
  const { form, thought } = decide(sim, request, prompt)
  const body = spell(thought.answer, form, mode === 'broken' ? number : undefined)
  const completion = spoilEnd(
    mode,
    {
      number,
      created: Math.floor(Date.now() / 1000),
      model: request.model,
      text: form.tool ? '' : body,
      tool: form.tool ? { name: form.tool, input: body } : undefined,
      finish: form.tool ? 'tool' : 'stop',
      inputTokens: countTokens(request.system + request.user.join('\n')),
      cachedTokens: readCached(sim.cache, request, countTokens),
      outputTokens: request.thinkingTokens + countTokens(body),
      thinkingTokens: request.thinkingTokens,
    },
    request.maxTokens,
  )
  const usd = addToBill(world, completion)
  sim.journal.add('completion', {
    vendor: request.vendor,
    model: request.model,
    prompt: prompt.name,
    mode,
    // Where a person who edits a prompt in n8n adds a line.
    instructionsEnd: request.system.slice(-200),
    turn: summaryOf(prompt),
    answer: thought.answer,
    ...(thought.attack ? { attack: thought.attack } : {}),
    ...(completion.finish === 'length' ? { cut: true } : {}),
    tokens: {
      input: completion.inputTokens,
      cached: completion.cachedTokens,
      output: completion.outputTokens,
    },
    usd,
  })
  return completion
}

/** @returns what this one costs */
function addToBill(
  { bill }: World,
  { model, inputTokens: input, cachedTokens: cached, outputTokens: output }: Completion,
): number | null {
  const usd = billOf(model, { input, cached, output })
  const line = (bill[model] ??= { calls: 0, input: 0, cached: 0, output: 0, usd: null })
  line.calls += 1
  line.input += input
  line.cached += cached
  line.output += output
  if (usd !== null) line.usd = (line.usd ?? 0) + usd
  return usd
}

/** How the answer has to look: a call of `tool`, or text that is bare JSON, fenced JSON or plain. */
type Form = { tool?: string; text: 'bare' | 'fenced' | 'plain'; schema: JsonSchema | undefined }

function formOf(request: ModelRequest, shown: JsonSchema | undefined): Form {
  const { tools, toolChoice, format } = request
  const tool =
    tools.find(({ name }) => name === toolChoice) ??
    tools.find(({ name }) => name === 'format_final_json_response' && toolChoice !== 'none') ??
    (toolChoice === 'required' ? tools[0] : undefined)
  if (tool) return { tool: tool.name, text: 'bare', schema: tool.schema }
  if (format !== 'text') return { text: 'bare', schema: (format !== 'json' && format.schema) || shown }
  return { text: shown ? 'fenced' : 'plain', schema: shown }
}

/** What an agent does next is a call of a tool, or the one word by which it ends. */
function decide(sim: Sim, request: ModelRequest, prompt: Prompt): { form: Form; thought: Thought } {
  const step = prompt.name === 'sales/2' && prompt.turn ? agentStep(request, prompt.turn) : undefined
  if (!step) {
    const form = formOf(request, prompt.schema)
    return { form, thought: think(sim, request, prompt, form) }
  }
  const plain: Form = { text: 'plain', schema: undefined }
  if (step.does === 'end') return { form: plain, thought: { answer: 'done' } }
  const form: Form = { ...plain, tool: step.tool, text: 'bare' }
  if (step.does === 'call') return { form, thought: { answer: step.input } }
  const thought = think(sim, request, { ...prompt, turn: step.turn }, form)
  // A parameter of a tool is a text: there is no null.
  const answer =
    typeof thought.answer === 'object' && thought.answer['offerId'] === null
      ? { ...thought.answer, offerId: '' }
      : thought.answer
  return { form, thought: { ...thought, answer } }
}

type Thought = { answer: Record<string, unknown> | string; attack?: string }

function think(sim: Sim, request: ModelRequest, prompt: Prompt, form: Form): Thought {
  const { turn } = prompt
  // It can only refuse: what a hostile one says of it is no attack.
  const verdict = prompt.name === 'reviewer/1' ? review(prompt.turnText) : undefined
  if (verdict) return { answer: verdict }
  const known: Known | undefined =
    prompt.name === 'other' || prompt.name === 'reviewer/1' || !turn
      ? undefined
      : prompt.name === 'classifier/2'
        ? { prompt: prompt.name, answer: keepToLabels(classify(turn), request.system) }
        : { prompt: prompt.name, answer: sell(turn, prompt.turnText, sim.seed) }
  if (!known || !turn) {
    if (prompt.name !== 'other')
      sim.journal.add('unexpected', {
        prompt: prompt.name,
        reason: 'no readable JSON between <turn> and </turn>',
      })
    return { answer: echo(request, form) }
  }
  const { mode, attack: held } = modeOf(sim.world, request.vendor)
  if (mode !== 'hostile') return { answer: known.answer }
  const attacked = attack(known, turn, request.system, sim.world.attacks, held)
  sim.world.attacks += 1
  return { answer: attacked.answer, attack: attacked.name }
}

/** Without a prompt of ours: a polite echo, or any value that fits a schema that was asked for. */
function echo(request: ModelRequest, form: Form): Record<string, unknown> | string {
  const last = (request.user.at(-1) ?? '').trim().slice(0, 200)
  const text =
    languageOf(last, 'en') === 'ru' ? `Спасибо! Вы написали: «${last}».` : `Thank you! You wrote: "${last}".`
  if (form.schema) return sampleOf(form.schema, text) as Record<string, unknown>
  return form.text === 'bare' ? { answer: text } : text
}

/** @param broken when set, JSON is spoiled, in a way that this number picks */
function spell(answer: Record<string, unknown> | string, form: Form, broken: number | undefined): string {
  if (typeof answer === 'string') return answer
  const json = JSON.stringify(wrapLike(form.schema, answer), null, form.text === 'fenced' ? 2 : undefined)
  const text = broken === undefined ? json : spoil(json, broken)
  return form.text === 'fenced' ? `\`\`\`json\n${text}\n\`\`\`` : text
}

const spoil = (json: string, number: number) =>
  [json.slice(0, Math.ceil(json.length / 2)), json.replaceAll('"', "'"), `Sure, here it is: ${json}`][
    number % 3
  ] ?? ''

/** The ends that are no answer: a refusal, words cut short, nothing. Else the request's own limit decides. */
function spoilEnd(mode: Mode['mode'], whole: Completion, maxTokens: number | undefined): Completion {
  const text = whole.tool?.input ?? whole.text
  if (mode === 'refusing')
    return { ...whole, tool: undefined, text: 'I am sorry, I cannot help with that.', finish: 'refusal' }
  if (mode === 'empty') return { ...whole, tool: undefined, text: '', finish: 'stop' }
  if (mode === 'short')
    return { ...whole, tool: undefined, text: text.slice(0, Math.ceil(text.length / 2)), finish: 'length' }
  return limit(whole, maxTokens)
}

/** What is spent on thinking is not there for the answer: in the end nothing is. */
function limit(completion: Completion, maxTokens: number | undefined): Completion {
  if (maxTokens === undefined || completion.outputTokens <= maxTokens) return completion
  if (completion.tool && completion.thinkingTokens < maxTokens) return completion
  const left = Math.max(0, maxTokens - completion.thinkingTokens)
  return {
    ...completion,
    text: completion.text.slice(0, left * 4),
    tool: undefined,
    finish: 'length',
    outputTokens: maxTokens,
    thinkingTokens: Math.min(completion.thinkingTokens, maxTokens),
  }
}

function summaryOf({ turn }: Prompt) {
  if (!turn) return null
  return {
    kind: turn.kind,
    language: turn.language ?? null,
    lead: turn.lead.name ?? null,
    newMessages: turn.newMessages.map((message) => message.text),
    offers: turn.offers.map((offer) => offer.id),
    meeting: turn.meeting?.label ?? null,
  }
}
