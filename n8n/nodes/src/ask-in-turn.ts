import { type ModelCall, type Vendor, vendors, vendorTimeoutMs } from '@lead/contract'
import { judgeError, judgeReply, readReply, textOf, tokensOf } from './judge-model.ts'

/** As much of LangChain's chat model as is used: n8n's model nodes give one each. */
export type ChatModel = {
  invoke: (
    messages: ['system' | 'human', string][],
    options: { signal: AbortSignal; maxRetries: 0 },
  ) => Promise<unknown>
  model?: string
}

export type Asking = {
  models: Record<Vendor, ChatModel>
  /** Whom to ask, the first one first. */
  ask: Vendor[]
  step: ModelCall['step']
  system: string
  text: string
  /** Reads the answer. @throws when it is none */
  parse: (text: string) => Promise<object>
  /** Hears of each call as soon as it has ended. */
  report: (call: ModelCall) => Promise<void>
  /** Ends the waiting. */
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

export type Answered = { output: object; vendor: Vendor; calls: ModelCall[]; ask: Vendor[] }

/** Nobody had an answer that can be used. Its message has what each said. */
export class NobodyAnswered extends Error {
  override name = 'NobodyAnswered'
  readonly calls: ModelCall[]
  constructor(calls: ModelCall[]) {
    super(
      calls
        .map(({ model, outcome, reason }) => `${model}: ${outcome}${reason ? ` (${reason})` : ''}`)
        .join('; '),
    )
    this.calls = calls
  }
}

/**
 * Asks one vendor after the other, each once, until an answer can be used: an error, a refusal, a cut, an empty or an unreadable
 * answer, and silence for a third of the turn's time, are all the same to the lead.
 * @throws NobodyAnswered
 */
export async function askInTurn(asking: Asking): Promise<Answered> {
  const calls: ModelCall[] = []
  for (const vendor of asking.ask) {
    const { call, output } = await askOne(asking, vendor)
    calls.push(call)
    await asking.report(call)
    if (output) return { output, vendor, calls, ask: goodFirst(asking.ask, calls) }
    asking.signal?.throwIfAborted()
  }
  throw new NobodyAnswered(calls)
}

/**
 * Asks one vendor about the same once more, where it may be asked and has not answered itself. Its answer counts; without one the first stays.
 */
export async function askOnceMore(asking: Asking, first: Answered, vendor: Vendor): Promise<Answered> {
  if (first.vendor === vendor || !asking.ask.includes(vendor)) return first
  const asked = first.calls.some((call) => call.vendor === vendor)
  if (asked) return first
  try {
    const better = await askInTurn({ ...asking, ask: [vendor] })
    return { ...better, calls: [...first.calls, ...better.calls], ask: first.ask }
  } catch (error) {
    if (error instanceof NobodyAnswered) return first
    throw error
  }
}

/** In the same execution the next step begins with who has just answered. */
function goodFirst(ask: Vendor[], calls: ModelCall[]): Vendor[] {
  const failed = new Set(calls.filter(({ outcome }) => outcome !== 'ok').map(({ vendor }) => vendor))
  return [...ask.filter((vendor) => !failed.has(vendor)), ...ask.filter((vendor) => failed.has(vendor))]
}

async function askOne(
  { models, step, system, text, parse, signal, timeoutMs = vendorTimeoutMs }: Asking,
  vendor: Vendor,
): Promise<{ call: ModelCall; output: object | null }> {
  const model = models[vendor]
  const begun = performance.now()
  const timeout = AbortSignal.timeout(timeoutMs)
  const known = { step, vendor, model: model.model ?? vendor, tokens: null }
  const ms = () => Math.round(performance.now() - begun)
  try {
    const given = await model.invoke(
      [
        ['system', system],
        ['human', text],
      ],
      { signal: signal ? AbortSignal.any([signal, timeout]) : timeout, maxRetries: 0 },
    )
    const reply = readReply(given)
    const call = { ...known, ms: ms(), tokens: tokensOf(reply) }
    const judged = judgeReply(reply)
    if (judged) return { call: { ...call, ...judged }, output: null }
    try {
      return { call: { ...call, outcome: 'ok', reason: null }, output: await parse(textOf(reply)) }
    } catch {
      const reason = 'the answer does not have the form that was asked for'
      return { call: { ...call, outcome: 'unreadable', reason }, output: null }
    }
  } catch (error) {
    const judged = timeout.aborted
      ? { outcome: 'timeout' as const, reason: `no answer in ${Math.round(timeoutMs / 1000)} s` }
      : judgeError(error)
    return { call: { ...known, ms: ms(), ...judged }, output: null }
  }
}

/** n8n gives connected models the last one first. */
export const byVendor = (connected: ChatModel[]): Record<Vendor, ChatModel> | null => {
  const [openai, anthropic] = connected.toReversed()
  return openai && anthropic && connected.length === vendors.length ? { openai, anthropic } : null
}
